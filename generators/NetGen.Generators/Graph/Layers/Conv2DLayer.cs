namespace NetGen.Generators.Graph.Layers;

/// <summary>A convolution over the rows and columns of an image.</summary>
internal static class Conv2DLayer
{
    public static readonly LayerKind Kind = new("Conv2D", layer => Build(layer, isDepthwise: false)) { Implies = OneChannel.Before };

    /// <summary>Each input channel by itself, with so many kernels.</summary>
    public static readonly LayerKind DepthwiseKind = new("DepthwiseConv2D", layer => Build(layer, isDepthwise: true)) { Implies = OneChannel.Before };

    private static void Build(LayerContext layer, bool isDepthwise)
    {
        Value input = layer.Input;
        if (!SpatialAxis.IsImage(layer))
            return;

        int inputs = input.Shape[0];
        int channels = isDepthwise
            ? inputs * layer.IntegerIn("Multiplier", 1, Limits.MaximumExtent / inputs, fallback: 1)
            : layer.IntegerIn("channels", 1, Limits.MaximumExtent);
        SpatialAxis rows = SpatialAxis.Read(layer, "Height", input.Shape[1], "kernel", defaultStride: 1);
        SpatialAxis columns = SpatialAxis.Read(layer, "Width", input.Shape[2], "kernel", defaultStride: 1);
        int groups = isDepthwise ? inputs : layer.IntegerIn("Groups", 1, Limits.MaximumExtent, fallback: 1);
        if (layer.HasErrors || Convolution.Add(layer, input, channels, groups, rows, columns) is not { } output)
            return;
        layer.Finish(
            output,
            $"Conv2D({channels}, {rows.Window}×{columns.Window}{SpatialAxis.Describe(rows, columns, 1)}{Convolution.Describe(groups, inputs)})",
            2L * output.Shape.Length * (inputs / groups * rows.Window * columns.Window));
    }
}
