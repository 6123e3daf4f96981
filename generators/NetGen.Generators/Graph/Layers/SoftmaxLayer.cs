using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>eˣ / Σ eˣ along the channels, or the features of each step.</summary>
internal static class SoftmaxLayer
{
    public static readonly LayerKind Kind = new("Softmax", Build)
    {
        IsActivation = true, Range = new OutputRange("from 0 to 1", OutputMeaning.ClassProbabilities),
    };

    private static void Build(LayerContext layer)
    {
        if (layer.Input.Shape[layer.Input.Shape.LaneDimension] == 1)
            layer.Report(DiagnosticDescriptors.SoftmaxOfOne, null, layer.Input.Shape.ToString());
        Value output = layer.NewValue("softmax", layer.Input.Shape);
        layer.Add(new Softmax(layer.Name, output, layer.Input));
        layer.Finish(output, "Softmax", 5L * output.Shape.Length);
    }
}
