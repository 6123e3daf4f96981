namespace NetGen.Generators.Graph.Layers;

/// <summary>eˣ / Σ eˣ along the channels.</summary>
internal static class SoftmaxLayer
{
    public static void Build(LayerContext layer)
    {
        Value output = layer.NewValue("softmax", layer.Input.Shape);
        layer.Add(new Softmax(layer.Name, output, layer.Input));
        layer.Finish(output, "Softmax", 5L * output.Shape.Length);
    }
}
