using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

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

    /// <param name="network">The network.</param>
    /// <param name="forward">Its forward operations in training, as they were rewritten.</param>
    public static TrainingGraph Differentiate(NetworkGraph network, IReadOnlyList<Operation> forward) => new Differentiator().Run(network, forward);

    private TrainingGraph Run(NetworkGraph network, IReadOnlyList<Operation> forward)
    {
        // Rules are made while going forward, because a rule may keep something that forward has to compute.
        var rules = new Stack<(Operation Operation, Action<Value> Rule)>();
        foreach (Operation operation in forward)
            rules.Push((operation, Forward(operation)));

        Value outputGradient = GradientOf(network.Outputs[0].Value);
        _gradients[network.Outputs[0].Value] = outputGradient;
        foreach ((Operation operation, Action<Value> rule) in rules)
        {
            if (_gradients.TryGetValue(operation.Output, out Value? gradient))
                rule(gradient);
        }

        var parameterGradients = network.Parameters.ToDictionary(parameter => parameter, parameter => _gradients[parameter]);
        var needed = new HashSet<Value>(parameterGradients.Values);
        foreach (Operation operation in Enumerable.Reverse(_backward))
        {
            if (needed.Contains(operation.Output))
                needed.UnionWith(operation.Inputs);
        }

        return new TrainingGraph
        {
            Forward = _forward,
            OutputGradient = outputGradient,
            Backward = [.. _backward.Where(operation => needed.Contains(operation.Output))],
            InputBackward = [.. _backward.Where(operation => !needed.Contains(operation.Output))],
            InputGradient = _gradients[network.Inputs[0].Value],
            ParameterGradients = parameterGradients,
        };
    }

    /// <summary>Adds an operation to the forward graph and returns its rule, to be run on the way back.</summary>
    private Action<Value> Forward(Operation operation)
    {
        switch (operation)
        {
            case DropoutMask mask:
                _forward.Add(mask);
                return _ => { };

            case Map map:
                _forward.Add(map);
                MapRule rule = MapRule.Of(map);
                _forward.AddRange(rule.Kept);
                return gradient => rule.Backward(gradient, this);

            case Contract contract:
                _forward.Add(contract);
                return gradient => Backward(contract, gradient);

            case Reduce reduce:
                _forward.Add(reduce);
                return gradient => Flow(reduce.Source.Value, new Map(
                    reduce.Layer,
                    GradientOf(reduce.Source.Value),
                    Functions.Variable("d") * reduce.Scale,
                    [MapOperand.Same("d", gradient)]));

            case Window window:
                _forward.Add(window);
                return gradient => Flow(
                    window.Source, new WindowGradient(window.Layer, GradientOf(window.Source), gradient, window));

            case Reshape reshape:
                _forward.Add(reshape);
                return gradient => Flow(
                    reshape.Source, new Reshape(reshape.Layer, GradientOf(reshape.Source), gradient));

            case Relayout relayout:
                _forward.Add(relayout);
                return gradient => Flow(
                    relayout.Source, new Relayout(relayout.Layer, GradientOf(relayout.Source), gradient));

            case Softmax softmax:
                _forward.Add(softmax);
                return gradient => Flow(
                    softmax.Source,
                    new SoftmaxGradient(softmax.Layer, GradientOf(softmax.Source), gradient, softmax.Output));

            default:
                throw new NotSupportedException($"{operation.GetType().Name} has no rule of differentiation.");
        }
    }

    // Reading and writing change places: what was summed into the output now flows back through the same axes.
    private void Backward(Contract contract, Value gradient)
    {
        var target = new Access(gradient, contract.Target.Indices);
        Flow(contract.Right.Value, new Contract(
            contract.Layer, contract.Right with { Value = GradientOf(contract.Right.Value) }, contract.Left, target));
        Flow(contract.Left.Value, new Contract(
            contract.Layer, contract.Left with { Value = GradientOf(contract.Left.Value) }, target, contract.Right));
    }

    /// <summary>Adds a backward operation whose output belongs to no tensor's gradient yet.</summary>
    internal void Prepare(Operation operation) => _backward.Add(operation);

    /// <summary>Adds a backward operation that computes a share of a tensor's gradient.</summary>
    internal void Flow(Value input, Operation contribution)
    {
        _backward.Add(contribution);
        Flow(input, contribution.Output);
    }

    /// <summary>Lets a gradient that is there already be a share of a tensor's gradient.</summary>
    internal void Flow(Value input, Value contribution)
    {
        if (!_gradients.TryGetValue(input, out Value? sofar))
        {
            _gradients[input] = contribution;
            return;
        }

        var sum = Value.GradientOf(input, $"{contribution.Name}Sum");
        _backward.Add(new Map(
            contribution.Name,
            sum,
            Functions.Variable("p") + Functions.Variable("q"),
            [MapOperand.Same("p", sofar), MapOperand.Same("q", contribution)]));
        _gradients[input] = sum;
    }

    internal static Value GradientOf(Value value) =>
        Value.GradientOf(value, $"d{char.ToUpperInvariant(value.Name[0])}{value.Name.Substring(1)}");
}
