namespace NetGen.Generators.Graph.Layers;

/// <summary>Reads [height, width] as the one channel of an image.</summary>
internal static class OneChannel
{
    private static readonly LayerKind s_kind = new("OneChannel", Build) { KeepsRange = true, IsModule = false };

    /// <summary>What is implied before a layer that works on images.</summary>
    public static LayerKind? Before(Shape shape) => shape.Rank == 2 ? s_kind : null;

    private static void Build(LayerContext layer)
    {
        Value output = layer.NewValue("image", new Shape(1, layer.Input.Shape[0], layer.Input.Shape[1]));
        layer.Add(new Reshape(layer.Name, output, layer.Input));
        layer.PassOn(new Flow(output));
    }
}
