namespace NetGen.Generators.Graph.Layers;

/// <summary>A convolution over the steps of a signal.</summary>
internal static class Conv1DLayer
{
    public static readonly LayerKind Kind = new("Conv1D", Build);

    private static void Build(LayerContext layer)
    {
        if (!Signals.IsSignal(layer))
            return;

        int inputs = layer.Input.Shape[0];
        int channels = layer.IntegerIn("channels", 1, Limits.MaximumExtent);
        SpatialAxis time = SpatialAxis.Read(layer, "", layer.Input.Shape[1], "kernel", defaultStride: 1, allowsCausal: true);
        int groups = layer.IntegerIn("Groups", 1, Limits.MaximumExtent, fallback: 1);
        if (layer.HasErrors || Convolution.Add(layer, Signals.AsRow(layer), channels, groups, null, time) is not { } row)
            return;

        Value output = Signals.FromRow(layer, "signal", row);
        layer.Finish(
            output,
            $"Conv1D({channels}, {time.Window}{SpatialAxis.Describe(time, 1)}{Convolution.Describe(groups, inputs)})",
            2L * output.Shape.Length * (inputs / groups * time.Window));
    }
}
