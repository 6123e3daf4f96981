using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>In training x · m with random factors m, one for each element or one for each channel; in prediction nothing.</summary>
internal static class DropoutLayer
{
    public static readonly LayerKind[] Kinds =
    [
        new("Dropout", layer => Build(layer, isSpatial: false)) { KeepsRange = true, MindsLength = true },
        new("SpatialDropout", layer => Build(layer, isSpatial: true)) { KeepsRange = true, MindsLength = true },
    ];

    private static void Build(LayerContext layer, bool isSpatial)
    {
        double rate = layer.NumberThat(value => value is >= 0 and < 1, "rate", "at least 0 and below 1", fallback: 0);
        if (layer.HasErrors)
            return;

        layer.Finish(Add(layer, layer.Input, rate, isSpatial), FormattableString.Invariant($"{layer.Kind}({rate:R})"));
    }

    /// <summary>Adds a dropout to a layer.</summary>
    public static Value Add(LayerContext layer, Value input, double rate, bool isSpatial = false)
    {
        Value output = layer.NewValue("dropout", input.Shape);
        Value mask = layer.NewValue("mask", isSpatial ? new Shape(input.Shape[input.Shape.LaneDimension]) : input.Shape);
        MapOperand factors = isSpatial ? MapOperand.Along("m", mask, input.Shape.LaneDimension) : MapOperand.Same("m", mask);
        layer.Add(new Reshape(layer.Name, output, input), Programs.Prediction);
        layer.Add(new DropoutMask(layer.Name, mask, rate, layer.NextRandomStream()), Programs.Training);
        layer.Add(
            new Map(
                layer.Name, output, Functions.Variable("x") * Functions.Variable("m"),
                [MapOperand.Same("x", input), factors with { IsConstant = true }]),
            Programs.Training);
        return output;
    }
}
