using NetGen.Generators.Expressions;
using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>
/// y = (x − μ) / √(σ² + ε) · γ + β, channel by channel (of a sequence, feature by feature): statistics of the batch in training, running ones in
/// prediction.
/// </summary>
internal static class BatchNormLayer
{
    public static readonly LayerKind Kind = new("BatchNorm", Build) { MindsLength = true };

    private static void Build(LayerContext layer)
    {
        double epsilon = layer.NumberThat(value => value >= 0 && !double.IsInfinity(value), "Epsilon", "at least 0 and finite", Norms.UsualEpsilon);
        double momentum = layer.NumberThat(value => value is > 0 and <= 1, "Momentum", "above 0 and at most 1", fallback: 0.1);
        if (layer.HasErrors)
            return;

        var channels = new Shape(layer.Input.Shape[layer.Input.Shape.LaneDimension]);
        bool isAffine = layer.Flag("Affine", fallback: true);
        Value? weight = isAffine ? layer.NewParameter("weight", channels, Norms.Constant(1), decays: false) : null;
        Value? bias = isAffine ? layer.NewParameter("bias", channels, Norms.Constant(0), decays: false) : null;
        State mean = layer.NewState("running_mean", channels, Norms.Constant(0));
        State variance = layer.NewState("running_var", channels, Norms.Constant(1));
        State batches = layer.NewCount("num_batches_tracked");

        Value output = layer.NewValue("norm", layer.Input.Shape);
        Predict(layer, output, weight, bias, mean, variance, epsilon);
        Train(layer, output, weight, bias, mean, variance, batches, epsilon, momentum);
        layer.Finish(output, Words.Call("BatchNorm", Norms.Described(epsilon, Norms.UsualEpsilon)), 2L * output.Shape.Length);
    }

    private static void Predict(LayerContext layer, Value output, Value? weight, Value? bias, Value mean, Value variance, double epsilon)
    {
        var channels = mean.Shape;
        int lanes = layer.Input.Shape.LaneDimension;
        Value scale = layer.NewValue("scale", channels, ValueKind.Derived);
        Value shift = layer.NewValue("shift", channels, ValueKind.Derived);
        Expression inverse = 1 / Sqrt(Variable("variance") + epsilon);
        layer.Add(
            weight is null
                ? new Map(layer.Name, scale, inverse, [MapOperand.Same("variance", variance)])
                : new Map(
                    layer.Name, scale, Variable("weight") * inverse, [MapOperand.Same("weight", weight), MapOperand.Same("variance", variance)]),
            Programs.Prediction);
        Expression moved = -(Variable("mean") * Variable("scale"));
        layer.Add(
            bias is null
                ? new Map(layer.Name, shift, moved, [MapOperand.Same("mean", mean), MapOperand.Same("scale", scale)])
                : new Map(
                    layer.Name, shift, Variable("bias") + moved,
                    [MapOperand.Same("bias", bias), MapOperand.Same("mean", mean), MapOperand.Same("scale", scale)]),
            Programs.Prediction);
        layer.Add(
            new Map(layer.Name, output, (Variable("x") * Variable("scale")) + Variable("shift"),
                [MapOperand.Same("x", layer.Input), MapOperand.Along("scale", scale, lanes), MapOperand.Along("shift", shift, lanes)]),
            Programs.Prediction);
    }

    private static void Train(
        LayerContext layer, Value output, Value? weight, Value? bias, State mean, State variance, State batches, double epsilon, double momentum)
    {
        Value input = layer.Input;
        var channels = mean.Shape;
        int lanes = input.Shape.LaneDimension;
        Axis[] axes = Axis.Along(input.Shape);
        Index[] all = [.. axes.Select(Index.Of)];
        Index[] channel = [all[lanes]];
        SequenceLength? length = layer.Length;
        int pixels = length is null ? input.Shape.Length / input.Shape[lanes] : 1;

        // 1 / the number of samples or, where these have different numbers of steps, of all steps.
        Value share = length is null ? layer.SampleShare() : ShareOfStep(layer, length);
        Value counted = length is null ? input : length.Hold(layer, "within", input, 0);
        Value sum = layer.NewValue("sum", channels, ValueKind.BatchStatistic);
        Value batchMean = layer.NewValue("mean", channels, ValueKind.BatchStatistic);
        Value centered = layer.NewValue("centered", input.Shape);
        Value squares = layer.NewValue("squares", channels, ValueKind.BatchStatistic);
        Value batchVariance = layer.NewValue("variance", channels, ValueKind.BatchStatistic);
        Value scale = layer.NewValue("scaleOfBatch", channels, ValueKind.BatchStatistic);
        MapOperand r = MapOperand.Along("share", share, 0) with { IsConstant = true };

        Add(new Reduce(layer.Name, new Access(sum, channel), new Access(counted, all), 1.0 / pixels));
        Add(new Map(layer.Name, batchMean, Variable("sum") * Variable("share"), [MapOperand.Same("sum", sum), r]));
        Expression difference = Variable("x") - Variable("mean");
        MapOperand[] operands = [MapOperand.Same("x", input), MapOperand.Along("mean", batchMean, lanes)];
        Add(length is null
            ? new Map(layer.Name, centered, difference, operands)
            : new Map(layer.Name, centered, SequenceLength.Within(difference, 0), [.. operands, length.Of(layer)]));
        // Squares of differences, not a difference of squares: the mean may be large beside the deviations. About the mean they are least, so that
        // they do not change with it.
        Value deviation = centered;
        if (length is null)
        {
            deviation = layer.NewValue("deviation", input.Shape);
            Add(new Map(layer.Name, deviation, difference, [operands[0], operands[1] with { IsConstant = true }]));
        }

        Add(new Contract(layer.Name, new Access(squares, channel), new Access(deviation, all), new Access(deviation, all)));
        Add(new Map(layer.Name, batchVariance, Variable("sum") * Variable("share") / pixels, [MapOperand.Same("sum", squares), r]));
        Expression inverse = 1 / Sqrt(Variable("variance") + epsilon);
        Add(weight is null
            ? new Map(layer.Name, scale, inverse, [MapOperand.Same("variance", batchVariance)])
            : new Map(
                layer.Name, scale, Variable("weight") * inverse, [MapOperand.Same("weight", weight), MapOperand.Same("variance", batchVariance)]));
        // n / (n − 1) of the variance; of a single number, which has none, the 0 that it is.
        Expression q = Variable("share") / pixels;
        layer.Update(mean, ((1 - momentum) * Variable("old")) + (momentum * Variable("mean")), [MapOperand.Same("mean", batchMean)]);
        layer.Update(
            variance, ((1 - momentum) * Variable("old")) + (momentum * Variable("variance") / Max(1 - q, q)),
            [MapOperand.Same("variance", batchVariance), r]);
        layer.Update(batches, Variable("old") + 1, []);

        Add(bias is null
            ? new Map(
                layer.Name, output, Variable("x") * Variable("scale"), [MapOperand.Same("x", centered), MapOperand.Along("scale", scale, lanes)])
            : new Map(layer.Name, output, (Variable("x") * Variable("scale")) + Variable("bias"),
                [MapOperand.Same("x", centered), MapOperand.Along("scale", scale, lanes), MapOperand.Along("bias", bias, lanes)]));

        void Add(Operation operation) => layer.Add(operation, Programs.Training);
    }

    private static Value ShareOfStep(LayerContext layer, SequenceLength length)
    {
        Value share = layer.NewValue("share", new Shape(1), ValueKind.BatchStatistic);
        layer.Add(new Map(layer.Name, share, 1 / Variable("n"), [MapOperand.Same("n", length.Total(layer), isConstant: true)]), Programs.Training);
        return share;
    }
}
