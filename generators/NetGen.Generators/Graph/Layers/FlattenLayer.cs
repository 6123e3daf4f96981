namespace NetGen.Generators.Graph.Layers;

/// <summary>One dimension of all, channels outermost.</summary>
internal static class FlattenLayer
{
    public static readonly LayerKind Kind = new("Flatten", Build) { KeepsRange = true };

    private static void Build(LayerContext layer)
    {
        Value output = layer.NewValue("flat", new Shape(layer.Input.Shape.Length));
        layer.Add(new Reshape(layer.Name, output, layer.Input));
        layer.Finish(output, "Flatten");
    }
}
