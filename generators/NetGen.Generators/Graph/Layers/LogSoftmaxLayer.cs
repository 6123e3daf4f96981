using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>
/// y = x − ln Σ eˣ along the channels. With s = softmax x, each x − ln s is that logarithm; their mean, weighted with s, is it too, and
/// asks nothing of elements whose s is too small for a float.
/// </summary>
internal static class LogSoftmaxLayer
{
    public static readonly LayerKind Kind =
        new("LogSoftmax", Build) { IsActivation = true, MindsLength = true, Range = new OutputRange("of 0 or less") };

    private static void Build(LayerContext layer)
    {
        Value input = layer.Input;
        Value softmax = SoftmaxLayer.Add(layer);

        Variable x = Functions.Variable("x"), s = Functions.Variable("s");
        Value shares = layer.NewValue("shares", input.Shape);
        layer.Add(new Map(
            layer.Name,
            shares,
            Functions.Select(s > 0, s * (x - Functions.Log(s)), 0),
            [MapOperand.Same("x", input), MapOperand.Same("s", softmax)]));

        Value logarithm = layer.NewValue("logarithm", input.Shape.With(input.Shape.IsSequence ? 1 : 0, 1));
        Axis[] axes = Axis.Along(input.Shape);
        layer.Add(new Reduce(
            layer.Name,
            new Access(logarithm, [.. axes.Select((axis, d) => d == (input.Shape.IsSequence ? 1 : 0) ? Index.Sum(0) : Index.Of(axis))]),
            new Access(shares, [.. axes.Select(Index.Of)]),
            scale: 1));

        Value output = layer.NewValue("logSoftmax", input.Shape);
        layer.Add(new Map(
            layer.Name, output, x - Functions.Variable("l"), [MapOperand.Same("x", input), MapOperand.Same("l", logarithm)]));
        layer.Finish(output, "LogSoftmax", 10L * output.Shape.Length);
    }
}
