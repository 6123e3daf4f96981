namespace NetGen.Generators.Graph.Layers;

/// <summary>y[c] = (1 / h·w) Σ_{i, j} x[c, i, j]; the output keeps its dimensions, as PyTorch's does.</summary>
internal static class GlobalAveragePoolLayer
{
    public static readonly LayerKind Kind = new("GlobalAveragePool", Build);

    private static void Build(LayerContext layer)
    {
        Value input = layer.Input;
        if (input.Shape.Rank != 2 && !SpatialAxis.IsImage(layer))
            return;

        Axis[] axes = Axis.Along(input.Shape);
        Value output = layer.NewValue("mean", new Shape([input.Shape[0], .. axes.Skip(1).Select(_ => 1)]));
        layer.Add(new Reduce(
            layer.Name,
            new Access(output, [Index.Of(axes[0]), .. axes.Skip(1).Select(_ => Index.Sum(0))]),
            new Access(input, [.. axes.Select(Index.Of)]),
            1.0 / (input.Shape.Length / input.Shape[0])));
        layer.Finish(output, "GlobalAveragePool", input.Shape.Length);
    }
}
