using NetGen.Generators.Collections;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;

namespace NetGen.Generators.Differentiation;

/// <summary>
/// Reverse-mode differentiation of the graph: operations are visited from the last to the first, and each one's rule
/// turns the gradient of its output into gradients of its inputs, which add up where a tensor was read more than once.
/// </summary>
internal sealed class Differentiator
{
    private readonly List<Operation> _forward = [];
    private readonly List<Operation> _backward = [];
    private readonly Dictionary<Value, Value> _gradients = [];
    private readonly Dictionary<(Expression Body, Expression By), Expression> _slopes = [];
    private readonly Func<Value, bool> _isOwn;
    private readonly List<(Value Of, Operation? Operation, Value Share)> _escaped = [];

    /// <param name="isOwn">Whether gradients by a tensor are computed here; those by others are kept in <see cref="Escaped"/>.</param>
    internal Differentiator(Func<Value, bool> isOwn) => _isOwn = isOwn;

    /// <summary>The operations so far, with what backward needs of them.</summary>
    internal IReadOnlyList<Operation> ForwardOperations => _forward;

    /// <summary>The operations backward so far.</summary>
    internal IReadOnlyList<Operation> BackwardOperations => _backward;

    /// <summary>Shares of gradients by tensors that are not this graph's own, with the operation that computes each, if it is its alone.</summary>
    internal IReadOnlyList<(Value Of, Operation? Operation, Value Share)> Escaped => _escaped;

    public static TrainingGraph Differentiate(NetworkGraph network) => new Differentiator(_ => true).Run(network);

    private TrainingGraph Run(NetworkGraph network)
    {
        // Rules are made while going forward, because a rule may keep something that forward has to compute.
        var rules = new Stack<(Operation Operation, Action<Value> Rule)>();
        foreach (Operation operation in network.Training)
            rules.Push((operation, Forward(operation)));

        var judgements = new List<Judgement>();
        var elementwise = new List<ElementwiseJudgement>();
        foreach (OutputPoint point in network.Trained)
        {
            if (ElementwiseJudgement.Of(network, point) is { } judged)
            {
                elementwise.Add(judged);
                judgements.Add(judged.Judgement);
                _backward.AddRange(judged.Operations);
                Flow(point.Name, point.Value, judged.Gradient);
                continue;
            }

            Value gradient = GradientOf(point.Value);
            judgements.Add(new Judgement(gradient, point.Value, point));
            Flow(point.Name, point.Value, gradient);
        }

        foreach ((Operation operation, Action<Value> rule) in rules)
        {
            if (operation.Outputs.Select(GradientSoFar).OfType<Value>().FirstOrDefault() is { } gradient)
                rule(gradient);
        }

        _backward.AddRange(elementwise.Select(judged => judged.Sum));
        OwnResults();
        PointTensors[] points = [.. network.KeptPoints.Select(point =>
            new PointTensors(point, _gradients.TryGetValue(point.Value, out Value? gradient) ? gradient : null))];
        Value[] others = [.. points.Select(point => point.Gradient).OfType<Value>(), .. elementwise.Select(judged => judged.Loss)];
        List<Operation> complete = MapInlining.Apply(
            MultiplesOfSums.Rewrite(_forward, _backward),
            _gradients.Where(gradient => IsResult(gradient.Key)).Select(gradient => gradient.Value).Concat(others));
        Dictionary<Parameter, Value> parameterGradients = network.Parameters
            .Where(_gradients.ContainsKey)
            .ToDictionary(parameter => parameter, parameter => _gradients[parameter]);
        HashSet<Value> needed = NeededFor(parameterGradients.Values.Concat(others), complete);
        Operation[] backward = [.. complete.Where(operation => operation.Outputs.Any(needed.Contains))];
        HashSet<Value> ahead = NeededFor(
            complete.SelectMany(operation => operation.Inputs)
                .Concat(judgements.Select(judgement => judgement.Judged))
                .Concat(network.StateUpdates.Select(update => update.Next))
                .Concat(network.KeptPoints.Select(point => point.Value)),
            _forward);
        return new TrainingGraph
        {
            Forward = [.. _forward.Where(operation => operation.Outputs.Any(ahead.Contains))],
            Judgements = judgements,
            Elementwise = elementwise,
            Backward = backward,
            InputBackward = [.. complete.Except(backward)],
            InputGradients = network.Inputs
                .Where(input => _gradients.ContainsKey(input.Value))
                .ToDictionary(input => input.Value, input => _gradients[input.Value]),
            Points = points,
            ParameterGradients = parameterGradients,
        };
    }

    /// <summary>What callers get has a tensor of its own, where a sum, say, hands its gradient on as it is.</summary>
    private void OwnResults()
    {
        foreach (KeyValuePair<Value, Value> pair in _gradients.Where(pair => IsResult(pair.Key) && pair.Value.Primal != pair.Key).ToArray())
        {
            (Value value, Value shared) = (pair.Key, pair.Value);
            Value own = _gradients[value] = GradientOf(value);
            _backward.Add(new Map("Input", own, Functions.Variable("d"), [MapOperand.Same("d", shared)]));
        }
    }

    private static bool IsResult(Value value) => value.Kind is ValueKind.Parameter or ValueKind.Input;

    internal static HashSet<Value> NeededFor(IEnumerable<Value> results, IEnumerable<Operation> operations)
    {
        var needed = new HashSet<Value>(results);
        foreach (Operation operation in operations.Reverse())
        {
            if (operation.Outputs.Any(needed.Contains))
                needed.UnionWith(operation.Inputs);
        }

        return needed;
    }

    /// <summary>Adds an operation to the forward graph and returns its rule, to be run on the way back.</summary>
    internal Action<Value> Forward(Operation operation)
    {
        _forward.Add(operation);
        switch (operation)
        {
            case DropoutMask or SampleShare or PositionTable or LengthMask:
                return _ => { };

            case Map map:
                MapRule rule = MapRule.Of(map, _slopes);
                _forward.AddRange(rule.Kept);
                return gradient => rule.Backward(gradient, this);

            case Contract contract:
                return gradient => Backward(contract, gradient);

            case Reduce reduce:
                return gradient => Flow(reduce.Source.Value, new Map(
                    reduce.Layer,
                    GradientOf(reduce.Source.Value),
                    Functions.Variable("d") * reduce.Scale,
                    [Spread(reduce.Layer, "d", gradient, reduce.Target, reduce.Source)]));

            case Window window:
                return gradient => Flow(
                    window.Source, new WindowGradient(window.Layer, GradientOf(window.Source), gradient, window));

            case Reshape reshape:
                return gradient => Flow(
                    reshape.Source, new Reshape(reshape.Layer, GradientOf(reshape.Source), gradient));

            case Relayout relayout:
                return gradient => Flow(
                    relayout.Source, new Relayout(relayout.Layer, GradientOf(relayout.Source), gradient));

            case Softmax softmax:
                return gradient => Flow(
                    softmax.Source,
                    new SoftmaxGradient(softmax.Layer, GradientOf(softmax.Source), gradient, softmax.Output));

            case Move move:
                return gradient => MoveRule.Backward(move, gradient, this);

            case Attention attention:
                return gradient => Backward(attention, gradient);

            case Gather gather:
                return gradient => Flow(gather.Table, new GatherGradient(gather.Layer, GradientOf(gather.Table), gradient, gather.Tokens));

            case Scan scan:
                int place = _forward.Count - 1;
                return _ => _forward[place] = ScanRule.Backward(scan, this);

            default:
                throw new NotSupportedException($"{operation.GetType().Name} has no rule of differentiation.");
        }
    }

    // Reading and writing change places: what was summed into the output now flows back through the same axes.
    private void Backward(Contract contract, Value gradient)
    {
        if (contract.Left.Value == contract.Right.Value && contract.Left.Indices.SequenceEqual(contract.Right.Indices))
        {
            Value squared = contract.Left.Value;
            Flow(squared, new Map(
                contract.Layer,
                GradientOf(squared),
                2 * Functions.Variable("d") * Functions.Variable("x"),
                [Spread(contract.Layer, "d", gradient, contract.Target, contract.Left), MapOperand.Same("x", squared)]));
            return;
        }

        var target = new Access(gradient, contract.Target.Indices);
        if (HasGradient(contract.Right.Value))
        {
            Flow(contract.Right.Value, new Contract(
                contract.Layer, contract.Right with { Value = GradientOf(contract.Right.Value) }, contract.Left, target));
        }

        if (HasGradient(contract.Left.Value))
        {
            Flow(contract.Left.Value, new Contract(
                contract.Layer, contract.Left with { Value = GradientOf(contract.Left.Value) }, target, contract.Right));
        }
    }

    private void Backward(Attention attention, Value gradient)
    {
        var backward = new AttentionGradient(
            attention, gradient, GradientOf(attention.Queries), GradientOf(attention.Keys), GradientOf(attention.Values));
        Prepare(backward);
        Flow(attention.Layer, attention.Queries, backward.Output);
        Flow(attention.Layer, attention.Keys, backward.Keys);
        Flow(attention.Layer, attention.Values, backward.Values);
    }

    /// <summary>
    /// A sum's gradient at every place that was summed: the target's dimensions follow those of the source's same axes. Where an axis is a
    /// part of a dimension, as the groups of channels are, it is repeated for each of that dimension's elements first.
    /// </summary>
    private MapOperand Spread(string layer, string variable, Value gradient, Access target, Access source)
    {
        int[] dimensions = [.. target.Indices.Select((index, d) => index.Terms.Count == 0 ? d : DimensionOf(index.Terms[0].Axis, source))];
        if (target.Indices.Count != 1 || target.Indices[0].Terms.Count == 0 || source.Indices[dimensions[0]].IsPlain)
            return new MapOperand(variable, gradient, dimensions);

        int dimension = dimensions[0];
        Value repeated = gradient.Sibling($"{gradient.Name}Of", new Shape(source.Value.Shape[dimension]));
        Prepare(new Move(layer, repeated, [new MovePiece([source.Indices[dimension]], new Access(gradient, target.Indices))]));
        return MapOperand.Along(variable, repeated, dimension);
    }

    private static int DimensionOf(Axis axis, Access access) =>
        access.Indices.TakeWhile(index => index.CoefficientOf(axis) == 0).Count();

    /// <summary>Whether a gradient by a tensor is of any use: constants, states and whole numbers take none.</summary>
    internal static bool HasGradient(Value value) =>
        value.Kind is not (ValueKind.Constant or ValueKind.State) && value.Type.Element == ElementType.Float32;

    /// <summary>The gradient by a tensor, as far as its shares are known; null where there is none.</summary>
    internal Value? GradientSoFar(Value value) => _gradients.TryGetValue(value, out Value? gradient) ? gradient : null;

    /// <summary>Adds a backward operation whose output belongs to no tensor's gradient yet.</summary>
    internal void Prepare(Operation operation) => _backward.Add(operation);

    /// <summary>Adds a backward operation that computes a share of a tensor's gradient.</summary>
    internal void Flow(Value input, Operation contribution)
    {
        if (!HasGradient(input))
            return;
        if (!_isOwn(input))
        {
            _escaped.Add((input, contribution, contribution.Output));
            return;
        }

        _backward.Add(contribution);
        Flow(contribution.Layer, input, contribution.Output);
    }

    /// <summary>Lets a gradient that is there already be a share of a tensor's gradient.</summary>
    internal void Flow(string layer, Value input, Value contribution)
    {
        if (!HasGradient(input))
            return;
        if (!_isOwn(input))
        {
            _escaped.Add((input, null, contribution));
            return;
        }

        if (!_gradients.TryGetValue(input, out Value? sofar))
        {
            _gradients[input] = contribution;
            return;
        }

        // Parts that do not meet are one whole.
        if (MoveRule.Join(_backward, sofar, contribution) is { } joined)
        {
            _gradients[input] = joined;
            return;
        }

        Value sum = Value.GradientOf(input, $"{contribution.Name}Sum");
        _backward.Add(new Map(
            layer,
            sum,
            Functions.Variable("p") + Functions.Variable("q"),
            [MapOperand.Same("p", sofar), MapOperand.Same("q", contribution)]));
        _gradients[input] = sum;
    }

    internal static Value GradientOf(Value value) =>
        Value.GradientOf(value, $"d{value.Name.Capitalised()}");
}
