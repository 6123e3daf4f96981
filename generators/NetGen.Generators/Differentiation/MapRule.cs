using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Differentiation;

/// <summary>
/// The rule of an elementwise map: each operand's gradient is the output's, times the expression's derivative. Where the
/// output alone tells the derivative (relu, sigmoid, tanh) nothing more is kept; otherwise forward computes the derivative
/// beside the value, where they share their work, and backward is left with one multiplication. Only the slope of a network's input waits until
/// somebody asks for that gradient.
/// </summary>
internal sealed class MapRule
{
    private readonly Map _map;
    private readonly List<(MapOperand Operand, Expression Slope, IReadOnlyList<MapOperand> SlopeOperands)> _slopes = [];

    private MapRule(Map map) => _map = map;

    /// <summary>What forward computes for backward's sake.</summary>
    public List<Operation> Kept { get; } = [];

    /// <param name="map">The map.</param>
    /// <param name="slopes">The derivatives of maps before, many of which compute the same.</param>
    public static MapRule Of(Map map, Dictionary<(Expression Body, Expression By), Expression> slopes)
    {
        var rule = new MapRule(map);
        foreach (MapOperand operand in map.Operands.Where(operand => !operand.IsConstant && Differentiator.HasGradient(operand.Value)))
            rule.AddSlope(operand, slopes);
        return rule;
    }

    private void AddSlope(MapOperand operand, Dictionary<(Expression Body, Expression By), Expression> slopes)
    {
        Variable variable = Functions.Variable(operand.Variable);
        Expression? slope = _map.Activation?.Derivative;
        if (slope is null && !slopes.TryGetValue((_map.Body, variable), out slope))
            slopes[(_map.Body, variable)] = slope = Derivative.Of(_map.Body, variable);
        MapOperand[] read = [.. _map.Operands.Where(o => slope.Contains(Functions.Variable(o.Variable)))];
        if (read.Length == 0)
        {
            _slopes.Add((operand, slope, []));
        }
        else if (_map.Activation?.DerivativeFromOutput is { } fromOutput)
        {
            _slopes.Add((operand, fromOutput, [MapOperand.Same(Activation.Output.Name, _map.Output)]));
        }
        else if (!read.Contains(operand) || read.All(other => other.Value.Kind == ValueKind.Input))
        {
            // A product of two tensors: its slope along one is the other, which is there anyway. So are inputs, whose gradients few ask for.
            _slopes.Add((operand, slope, read));
        }
        else
        {
            Value kept = Value.SlopeOf(_map.Output);
            Kept.Add(new Map(_map.Layer, kept, slope, _map.Operands));
            _slopes.Add((operand, Functions.Variable("slope"), [MapOperand.Same("slope", kept)]));
        }
    }

    public void Backward(Value gradient, Differentiator differentiator)
    {
        Expression d = Functions.Variable("d");
        foreach ((MapOperand operand, Expression slope, IReadOnlyList<MapOperand> slopeOperands) in _slopes)
        {
            Expression body = Simplifier.Simplify(d * slope);
            bool isOperand = slopeOperands.Count == 1 && slope.Equals(Functions.Variable(slopeOperands[0].Variable));
            if (IsSpread(operand) && isOperand && !IsSpread(slopeOperands[0]))
            {
                // A sum of products of two whole tensors, neither of which need be there as a product.
                differentiator.Flow(operand.Value, ContractOverSpread(operand, gradient, slopeOperands[0].Value));
                continue;
            }

            if (IsSpread(operand) && slope is Constant(var factor))
            {
                differentiator.Flow(operand.Value, SumOverSpread(operand, gradient, factor));
                continue;
            }

            Value flow = gradient;
            if (!body.Equals(d))
            {
                flow = IsSpread(operand)
                    ? Value.GradientOf(_map.Output, $"{gradient.Name}Times")
                    : Differentiator.GradientOf(operand.Value);
                differentiator.Prepare(new Map(
                    _map.Layer, flow, body, [MapOperand.Same("d", gradient), .. slopeOperands]));
            }

            if (IsSpread(operand))
                differentiator.Flow(operand.Value, SumOverSpread(operand, flow, 1));
            else
                differentiator.Flow(_map.Layer, operand.Value, flow);
        }
    }

    /// <summary>
    /// Whether one element of an operand was read at several positions of the output, or for several samples. What lacks a dimension of the
    /// output was, though that has a single position, as of images with one pixel: its gradient has fewer dimensions than the output's.
    /// </summary>
    private bool IsSpread(MapOperand operand) =>
        operand.Value.Shape.Rank != _map.Output.Shape.Rank || operand.Value.Shape.Length != _map.Output.Shape.Length
        || operand.Value.IsPerSample != _map.Output.IsPerSample;

    private Contract ContractOverSpread(MapOperand operand, Value gradient, Value factor)
    {
        Axis[] axes = Axis.Along(_map.Output.Shape);
        Graph.Index[] whole = [.. axes.Select(Graph.Index.Of)];
        return new Contract(
            _map.Layer, TargetOf(operand, axes), new Access(factor, whole), new Access(gradient, whole));
    }

    // The gradient of what was spread sums over the positions that it was spread over.
    private Reduce SumOverSpread(MapOperand operand, Value flow, double scale)
    {
        Axis[] axes = Axis.Along(_map.Output.Shape);
        return new Reduce(_map.Layer, TargetOf(operand, axes), new Access(flow, [.. axes.Select(Graph.Index.Of)]), scale);
    }

    private static Access TargetOf(MapOperand operand, Axis[] axes) => new(
        Differentiator.GradientOf(operand.Value),
        [.. operand.Dimensions.Select((d, own) => operand.Value.Shape[own] == axes[d].Extent ? Graph.Index.Of(axes[d]) : Graph.Index.Sum(0))]);
}
