using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The largest or mean value of each window.</summary>
internal static class Pool2DLayer
{
    public static readonly LayerKind[] Kinds =
    [
        new("MaxPool2D", layer => Build(layer, WindowKind.Max)) { Implies = OneChannel.Before },
        new("AveragePool2D", layer => Build(layer, WindowKind.Average)) { Implies = OneChannel.Before },
    ];

    private static void Build(LayerContext layer, WindowKind kind)
    {
        Value input = layer.Input;
        if (!SpatialAxis.IsImage(layer))
            return;

        SpatialAxis rows = SpatialAxis.Read(layer, "Height", input.Shape[1], "window", defaultStride: 0);
        SpatialAxis columns = SpatialAxis.Read(layer, "Width", input.Shape[2], "window", defaultStride: 0);
        if (layer.HasErrors || !rows.Fits(layer) || !columns.Fits(layer))
            return;

        foreach (SpatialAxis axis in new[] { rows, columns })
        {
            // A window that lay wholly in the padding would have no value at all.
            if (Math.Max(axis.PadBefore, axis.PadAfter) * 2 <= axis.Window)
                continue;
            layer.Report(DiagnosticDescriptors.PoolPaddingTooLarge, axis.ArgumentOf(layer, "Pad"),
                layer.Kind, Words.Of(axis.Window / 2), Words.Of(axis.PadBefore));
            return;
        }

        if (!SpatialAxis.PaddedInputFits(layer, input, rows, columns)
            || !layer.FitsInMemory("its output", input.Shape[0], rows.Output, columns.Output))
        {
            return;
        }

        bool countsPadding = layer.Flag("CountPadding", fallback: true);
        Value output = layer.NewValue("pool", new Shape(input.Shape[0], rows.Output, columns.Output));
        layer.Add(new Window(layer.Name, output, input, kind, new WindowGeometry(
            rows.Window, columns.Window, rows.Stride, columns.Stride, rows.PadBefore, columns.PadBefore,
            countsPadding)));
        layer.Finish(
            output,
            $"{layer.Kind}({rows.Window}×{columns.Window}{SpatialAxis.Describe(rows, columns, 0)}{(countsPadding ? "" : ", padding not counted")})",
            (long)output.Shape.Length * rows.Window * columns.Window);
    }
}
