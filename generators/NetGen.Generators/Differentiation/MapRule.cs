using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Differentiation;

/// <summary>
/// The rule of an elementwise map: each operand's gradient is the output's, times the expression's derivative. Where the
/// output alone tells the derivative (relu, sigmoid, tanh) nothing more is kept; otherwise forward computes the derivative
/// beside the value, where they share their work, and backward is left with one multiplication.
/// </summary>
internal sealed class MapRule
{
    private readonly Map _map;
    private readonly List<(MapOperand Operand, Expression Slope, IReadOnlyList<MapOperand> SlopeOperands)> _slopes = [];

    private MapRule(Map map) => _map = map;

    /// <summary>What forward computes for backward's sake.</summary>
    public List<Operation> Kept { get; } = [];

    public static MapRule Of(Map map)
    {
        var rule = new MapRule(map);
        foreach (MapOperand operand in map.Operands.Where(operand => !operand.IsConstant))
            rule.AddSlope(operand);
        return rule;
    }

    private void AddSlope(MapOperand operand)
    {
        Variable variable = Functions.Variable(operand.Variable);
        Expression slope = _map.Activation?.Derivative ?? Derivative.Of(_map.Body, variable);
        MapOperand[] read = [.. _map.Operands.Where(o => slope.Contains(Functions.Variable(o.Variable)))];
        if (read.Length == 0)
        {
            _slopes.Add((operand, slope, []));
        }
        else if (_map.Activation?.DerivativeFromOutput is { } fromOutput)
        {
            _slopes.Add((operand, fromOutput, [MapOperand.Same(Activation.Output.Name, _map.Output)]));
        }
        else if (!read.Contains(operand))
        {
            // A product of two tensors: its slope along one is the other, which is there anyway.
            _slopes.Add((operand, slope, read));
        }
        else
        {
            var kept = new Value($"{_map.Output.Name}Slope", _map.Output.Shape, ValueKind.Activation);
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
            bool isBroadcast = operand.Dimensions.Count != _map.Output.Shape.Rank || !operand.Value.IsPerSample;
            Value flow = gradient;
            if (!body.Equals(d))
            {
                flow = isBroadcast
                    ? Value.GradientOf(_map.Output, $"{gradient.Name}Times")
                    : Differentiator.GradientOf(operand.Value);
                differentiator.Prepare(new Map(
                    _map.Layer, flow, body, [MapOperand.Same("d", gradient), .. slopeOperands]));
            }

            if (isBroadcast)
                differentiator.Flow(operand.Value, SumOverBroadcast(operand, flow));
            else
                differentiator.Flow(operand.Value, flow);
        }
    }

    // A broadcast operand was read at every position it was spread over, so its gradient sums over them.
    private Reduce SumOverBroadcast(MapOperand operand, Value flow)
    {
        Axis[] axes = [.. _map.Output.Shape.Extents.Select((extent, d) => new Axis("cij".Substring(d, 1), extent))];
        return new Reduce(
            _map.Layer,
            new Access(Differentiator.GradientOf(operand.Value), [.. operand.Dimensions.Select(d => Index.Of(axes[d]))]),
            new Access(flow, [.. axes.Select(Index.Of)]),
            scale: 1);
    }
}
