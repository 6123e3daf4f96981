namespace NetGen.Generators.Graph.Layers;

/// <summary>In training x · m with random factors m; in prediction nothing.</summary>
internal static class DropoutLayer
{
    public static void Build(LayerContext layer)
    {
        double rate = layer.NumberThat(value => value is >= 0 and < 1, "rate", "at least 0 and below 1", fallback: 0);
        if (layer.HasErrors)
            return;

        Value output = layer.NewValue("dropout", layer.Input.Shape);
        layer.Add(new Dropout(layer.Name, output, layer.Input, rate));
        layer.Finish(output, FormattableString.Invariant($"Dropout({rate:R})"));
    }
}
