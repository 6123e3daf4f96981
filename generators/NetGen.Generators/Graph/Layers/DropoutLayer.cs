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

        Value output = layer.NewValue("dropout", layer.Input.Shape);
        Value mask = layer.NewValue("mask", layer.Input.Shape);
        layer.Add(new Reshape(layer.Name, output, layer.Input), Programs.Prediction);
        layer.Add(new DropoutMask(layer.Name, mask, rate, layer.NextRandomStream()), Programs.Training);
        layer.Add(
            new Map(
                layer.Name,
                output,
                Functions.Variable("x") * Functions.Variable("m"),
                [MapOperand.Same("x", layer.Input), MapOperand.Same("m", mask, isConstant: true)]),
            Programs.Training);
        layer.Finish(output, FormattableString.Invariant($"Dropout({rate:R})"));
    }
}
