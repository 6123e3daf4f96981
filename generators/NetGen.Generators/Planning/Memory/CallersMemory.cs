using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Memory;

/// <summary>The tensors in callers' memory: inputs and outputs of a sample one after the other, in the order of the declaration.</summary>
internal sealed class CallersMemory
{
    private readonly Dictionary<Value, CallersTensor> _inputs = [];
    private readonly Dictionary<Value, CallersTensor> _others = [];
    private readonly int _inputLength;

    public CallersMemory(IReadOnlyList<InputPoint> inputs)
    {
        _inputLength = inputs.Sum(input => input.Value.Shape.Length);
        int offset = 0;
        foreach (InputPoint input in inputs)
        {
            _inputs[input.Value] = new CallersTensor(Space.Inputs, offset, _inputLength);
            offset += input.Value.Shape.Length;
        }
    }

    public IReadOnlyDictionary<Value, CallersTensor> Inputs => _inputs;

    public IReadOnlyDictionary<Value, CallersTensor> All => _inputs.Concat(_others).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>What callers get in place of each output, beside it where it cannot be written there at once.</summary>
    public IReadOnlyList<Value> AddOutputs(IReadOnlyList<OutputPoint> points)
    {
        int length = points.Sum(output => output.Value.Shape.Length);
        int offset = 0;
        var outputs = new List<Value>();
        foreach (OutputPoint output in points)
        {
            var value = new Value("outputs", output.Value.Shape, ValueKind.Activation);
            outputs.Add(value);
            _others[value] = new CallersTensor(Space.Outputs, offset, length);
            offset += output.Value.Shape.Length;
        }

        return outputs;
    }

    /// <summary>Lets a tensor itself be what the caller gets.</summary>
    public void WriteInPlace(Value output, Value callers)
    {
        _others[output] = _others[callers];
        _others.Remove(callers);
    }

    /// <summary>What a sample's only output is compared with, and where its loss goes.</summary>
    public void AddLoss(Value target, Value loss)
    {
        _others[target] = new CallersTensor(Space.Targets, 0, target.Shape.Length);
        _others[loss] = new CallersTensor(Space.Losses, 0, 1);
    }

    /// <summary>Where the caller gets the gradient of an input.</summary>
    public Value AddInputGradient(Value input)
    {
        var gradient = Value.GradientOf(input, "inputGradient");
        _others[gradient] = _inputs[input] with { Space = Space.InputGradient };
        return gradient;
    }
}
