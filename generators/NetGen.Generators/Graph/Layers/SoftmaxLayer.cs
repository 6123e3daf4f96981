using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>eˣ / Σ eˣ along the channels, or the features of each step.</summary>
internal static class SoftmaxLayer
{
    public static readonly LayerKind Kind = new("Softmax", Build)
    {
        IsActivation = true, MindsLength = true, Range = new OutputRange("from 0 to 1", OutputMeaning.ClassProbabilities),
    };

    private static void Build(LayerContext layer)
    {
        if (layer.Input.Shape[layer.Input.Shape.LaneDimension] == 1)
            layer.Report(DiagnosticDescriptors.SoftmaxOfOne, null, layer.Input.Shape.ToString());
        Value output = Add(layer);
        layer.Finish(output, "Softmax", 5L * output.Shape.Length);
    }

    /// <summary>
    /// Adds the softmax of the layer's input: of a vector, of each step of a sequence, or along channels, behind which whatever there is makes one
    /// row of an image.
    /// </summary>
    public static Value Add(LayerContext layer)
    {
        Value input = layer.Input;
        Value output = layer.NewValue("softmax", input.Shape);
        if (input.Shape.IsVector || input.Shape.IsImage || input.Shape.IsSequence)
        {
            layer.Add(new Softmax(layer.Name, output, input));
            return output;
        }

        var image = new Shape(input.Shape[0], 1, input.Shape.Length / input.Shape[0]);
        Value row = layer.NewValue("row", image), softmax = layer.NewValue("softmaxOfRow", image);
        layer.Add(new Reshape(layer.Name, row, input));
        layer.Add(new Softmax(layer.Name, softmax, row));
        layer.Add(new Reshape(layer.Name, output, softmax));
        return output;
    }
}
