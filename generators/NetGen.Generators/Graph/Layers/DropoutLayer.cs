using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>In training x · m with random factors m; in prediction nothing.</summary>
internal static class DropoutLayer
{
    public static readonly LayerKind Kind = new("Dropout", Build) { KeepsRange = true };

    private static void Build(LayerContext layer)
    {
        double rate = layer.NumberThat(value => value is >= 0 and < 1, "rate", "at least 0 and below 1", fallback: 0);
        if (layer.HasErrors)
            return;

        layer.Finish(Add(layer, layer.Input, rate), FormattableString.Invariant($"Dropout({rate:R})"));
    }

    /// <summary>Adds a dropout to a layer.</summary>
    public static Value Add(LayerContext layer, Value input, double rate)
    {
        Value output = layer.NewValue("dropout", input.Shape);
        Value mask = layer.NewValue("mask", input.Shape);
        layer.Add(new Reshape(layer.Name, output, input), Programs.Prediction);
        layer.Add(new DropoutMask(layer.Name, mask, rate, layer.NextRandomStream()), Programs.Training);
        layer.Add(
            new Map(
                layer.Name,
                output,
                Functions.Variable("x") * Functions.Variable("m"),
                [MapOperand.Same("x", input), MapOperand.Same("m", mask, isConstant: true)]),
            Programs.Training);
        return output;
    }
}
