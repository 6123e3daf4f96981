namespace NetGen.Generators.Graph.Layers;

/// <summary>y[c] = max_{i, j} x[c, i, j]; the output keeps its dimensions, as PyTorch's <c>AdaptiveMaxPool2d(1)</c> does.</summary>
internal static class GlobalMaxPoolLayer
{
    public static readonly LayerKind Kind = new("GlobalMaxPool", Build);

    private static void Build(LayerContext layer)
    {
        Shape shape = layer.Input.Shape;
        bool isSignal = shape.Rank == 2;
        if (!isSignal && !SpatialAxis.IsImage(layer))
            return;
        Value image = isSignal ? Signals.AsRow(layer) : layer.Input;
        Value largest = layer.NewValue("largest", new Shape(shape[0], 1, 1));
        (int height, int width) = (image.Shape[1], image.Shape[2]);
        layer.Add(new Window(layer.Name, largest, image, WindowKind.Max, new WindowGeometry(height, width, height, width, 0, 0, CountPadding: true)));
        layer.Finish(isSignal ? Signals.FromRow(layer, "signal", largest) : largest, "GlobalMaxPool", shape.Length);
    }
}
