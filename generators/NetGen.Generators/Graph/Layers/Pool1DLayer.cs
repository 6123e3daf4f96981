using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The largest or mean value of each window of a signal.</summary>
internal static class Pool1DLayer
{
    public static readonly LayerKind[] Kinds =
    [
        new("MaxPool1D", layer => Build(layer, WindowKind.Max)),
        new("AveragePool1D", layer => Build(layer, WindowKind.Average)),
    ];

    private static void Build(LayerContext layer, WindowKind kind)
    {
        if (!Signals.IsSignal(layer))
            return;
        Shape shape = layer.Input.Shape;
        SpatialAxis time = SpatialAxis.Read(layer, "", shape[1], "window", defaultStride: 0, allowsCausal: true);
        if (layer.HasErrors || !time.Fits(layer))
            return;
        // Whatever is padded causally, the step itself is in its window.
        if (!time.IsCausal && Math.Max(time.PadBefore, time.PadAfter) * 2 > time.Window)
        {
            layer.Report(DiagnosticDescriptors.PoolPaddingTooLarge, time.ArgumentOf(layer, "Pad"),
                layer.Kind, Words.Of(time.Window / 2), Words.Of(time.PadBefore));
            return;
        }

        bool countsPadding = layer.Flag("CountPadding", fallback: true);
        Value row = Signals.AsRow(layer);
        Value pooled = layer.NewValue("pool", new Shape(shape[0], 1, time.Output));
        layer.Add(new Window(layer.Name, pooled, row, kind, new WindowGeometry(
            1, time.Window, 1, time.Stride, 0, time.PadBefore, countsPadding)));
        Value output = Signals.FromRow(layer, "signal", pooled);
        layer.Finish(
            output, $"{layer.Kind}({time.Window}{SpatialAxis.Describe(time, 0)}{(countsPadding ? "" : ", padding not counted")})",
            (long)output.Shape.Length * time.Window);
    }
}
