using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>In training x · m with random factors m; in prediction nothing.</summary>
internal static class DropoutLayer
{
    public static void Build(LayerContext layer)
    {
        double rate = layer.Number("rate");
        if (rate is not (>= 0 and < 1))
        {
            layer.Report(DiagnosticDescriptors.ValueOutOfRange, "rate",
                layer.Kind, "rate", "at least 0 and below 1", rate.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return;
        }

        Value output = layer.NewValue("dropout", layer.Input.Shape);
        layer.Add(new Dropout(layer.Name, output, layer.Input, rate));
        layer.Finish(output, FormattableString.Invariant($"Dropout({rate:R})"));
    }
}
