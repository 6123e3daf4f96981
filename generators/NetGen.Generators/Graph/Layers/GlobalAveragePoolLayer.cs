namespace NetGen.Generators.Graph.Layers;

/// <summary>y[c] = (1 / h·w) Σ_{i, j} x[c, i, j]; the output keeps its three dimensions, as PyTorch's does.</summary>
internal static class GlobalAveragePoolLayer
{
    public static readonly LayerKind Kind = new("GlobalAveragePool", Build) { Implies = OneChannel.Before };

    private static void Build(LayerContext layer)
    {
        Value input = layer.Input;
        if (!SpatialAxis.IsImage(layer))
            return;

        var c = new Axis("c", input.Shape[0]);
        var i = new Axis("i", input.Shape[1]);
        var j = new Axis("j", input.Shape[2]);
        Value output = layer.NewValue("mean", new Shape(input.Shape[0], 1, 1));
        layer.Add(new Reduce(
            layer.Name,
            new Access(output, [Index.Of(c), Index.Sum(0), Index.Sum(0)]),
            new Access(input, [Index.Of(c), Index.Of(i), Index.Of(j)]),
            1.0 / (input.Shape[1] * input.Shape[2])));
        layer.Finish(output, "GlobalAveragePool", input.Shape.Length);
    }
}
