using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Differentiation;

/// <summary>
/// A loss that is a mean over the elements of an image, as operations like others: a map for the gradient and sums for the loss. So they are planned
/// with what comes behind them: in the order of the network's images, in one pass with the slopes and sums that begin the way back.
/// </summary>
/// <remarks>
/// The caller may give the gradient instead of targets. It then lies in their place, and the map, share · derivative + given · target, hands it on:
/// the share is 0 then, and given is 1.
/// </remarks>
internal sealed class ElementwiseJudgement
{
    private const string Layer = "Loss", Share = "share", Given = "given";

    // Beyond any output that a network should have. What overflows there would hand on no gradient that the caller gives.
    private const double LargeOutput = 1e6;

    private ElementwiseJudgement(OutputPoint point, ElementwiseLoss loss)
    {
        Value output = point.Value;
        Shape ofSample = new(1);
        Target = new Value("target", output.Shape, ValueKind.Input);
        Gradient = Differentiator.GradientOf(output);
        Loss = Value.GradientOf(output, "loss", ofSample);
        Value share = Value.GradientOf(output, Share, ofSample), given = Value.GradientOf(output, Given, ofSample);
        Judgement = new Judgement(share, output, point) { Given = given };

        MapOperand target = MapOperand.Same(ElementwiseLoss.Target.Name, Target), counts = MapOperand.Along(Share, share, 0);
        Expression derivative = Functions.Variable(Share) * loss.Derivative + Functions.Variable(Given) * ElementwiseLoss.Target;
        Expression term = Functions.Variable(Share)
            * loss.Value.Substitute(new Dictionary<string, Expression> { [ElementwiseLoss.Output.Name] = Functions.Variable(Reduce.Summed) });

        // Channel by channel first, as sums behind a convolution or a norm go.
        Axis[] axes = Axis.Along(output.Shape);
        Graph.Index[] all = [.. axes.Select(Graph.Index.Of)];
        Value ofChannel = Value.GradientOf(output, "lossOfChannel", new Shape(output.Shape[0]));
        Operations =
        [
            new Map(Layer, Gradient, derivative,
                [MapOperand.Same(ElementwiseLoss.Output.Name, output), target, counts, MapOperand.Along(Given, given, 0)]),
            new Reduce(Layer, new Access(ofChannel, [all[0]]), new Access(output, all), 1) { Term = term, Operands = [target, counts] },
        ];
        Sum = new Reduce(Layer, new Access(Loss, [Graph.Index.Sum(0)]), new Access(ofChannel, [all[0]]), 1);
    }

    /// <summary>Says what each sample counts for, and whether the caller gives the gradient.</summary>
    public Judgement Judgement { get; }

    /// <summary>The gradient, and the loss of each channel, behind it.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The loss of all channels, which nothing waits for.</summary>
    public Operation Sum { get; }

    /// <summary>What the caller passes for each output.</summary>
    public Value Target { get; }

    /// <summary>The gradient of the output.</summary>
    public Value Gradient { get; }

    /// <summary>The loss of each sample.</summary>
    public Value Loss { get; }

    /// <summary>The loss of an output as operations; null where it is none of elements, or what is judged is no image.</summary>
    /// <param name="network">The network.</param>
    /// <param name="point">One of its outputs.</param>
    public static ElementwiseJudgement? Of(NetworkGraph network, OutputPoint point) =>
        network.Outputs.Count == 1
            && point is { Loss: MeanLoss { ClassWeights.Count: 0 } mean, Value: { IsPerSample: true, Shape.IsImage: true } output }
            && IsMadeAsImage(network, output) && TellsFiniteness(mean.Element)
            ? new ElementwiseJudgement(point, mean.Element)
            : null;

    // Not a view of what lies in another shape, or a whole of pieces.
    private static bool IsMadeAsImage(NetworkGraph network, Value output) =>
        network.Training.Single(operation => operation.Outputs.Contains(output)) is Map or Contract or Reduce or Window;

    /// <summary>
    /// Whether the loss is finite where output and target are, and not otherwise. Times a share of nothing it is nothing then, or no number, where a
    /// given gradient stands in the target's place.
    /// </summary>
    private static bool TellsFiniteness(ElementwiseLoss loss)
    {
        double[] ends = [-LargeOutput, 0, LargeOutput], beyond = [double.NegativeInfinity, double.PositiveInfinity, double.NaN];
        return ends.All(output => ends.All(target => IsFinite(loss.Value, output, target) && IsFinite(loss.Derivative, output, target)))
            && ends.All(end => beyond.All(bad => !IsFinite(loss.Value, end, bad) && !IsFinite(loss.Value, bad, end)));
    }

    private static bool IsFinite(Expression expression, double output, double target)
    {
        double value = Evaluator.Evaluate(
            expression, new Dictionary<string, double> { [ElementwiseLoss.Output.Name] = output, [ElementwiseLoss.Target.Name] = target });
        return Math.Abs(value) < float.MaxValue;
    }
}
