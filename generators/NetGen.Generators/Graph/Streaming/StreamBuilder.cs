using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Streaming;

/// <summary>
/// Makes of a prediction over all steps of time one of a single step, which remembers what later steps read: the inputs of causal
/// convolutions, the states of recurrent layers. What would need steps that are still to come stands in the way.
/// </summary>
internal sealed partial class StreamBuilder
{
    private readonly Dictionary<Value, StreamedValue> _streamed = [];
    private readonly Dictionary<Value, int> _lags = [];
    private readonly Dictionary<Value, Value> _pasts = [];
    private readonly List<Operation> _operations = [];
    private readonly List<StepTensor> _tensors = [];
    private readonly Dictionary<Value, LengthMaskKind> _masks = [];
    private readonly HashSet<Value> _lastAlone = [];
    private readonly IReadOnlyList<Operation> _prediction;
    private readonly int _room;
    private StreamObstacle? _obstacle;
    private int? _bound;

    private StreamBuilder(IReadOnlyList<Operation> prediction, int room)
    {
        _prediction = prediction;
        _room = room;
    }

    // Steps that are remembered beyond those that are read, before what is remembered moves back to the beginning.
    private const int UsualRoom = 32;

    /// <summary>The stream, or what stands in its way; neither for a network that has no steps of time.</summary>
    /// <param name="network">The network.</param>
    /// <param name="prediction">The operations of its prediction.</param>
    public static (StreamGraph? Stream, StreamObstacle? Obstacle) Build(NetworkGraph network, IReadOnlyList<Operation> prediction)
    {
        var builder = new StreamBuilder(prediction, UsualRoom);
        if (network.Inputs.All(input => builder.TimeOf(input.Value) is null))
            return (null, null);
        StreamGraph? stream = builder.Run(network);
        if (stream is not null && builder._bound is { } bound)
        {
            // Whatever counts steps, or remembers all, has one row for each.
            builder = new StreamBuilder(prediction, bound);
            stream = builder.Run(network);
        }

        return builder._obstacle is { } obstacle ? (null, obstacle) : (stream, null);
    }

    private StreamGraph? Run(NetworkGraph network)
    {
        FindLags();
        // Nobody knows yet how long the sequence will be: the present step is one of it, and the last so far.
        InputPoint[] sequences = [.. network.Inputs.Where(input => input.LengthOf is null)];
        foreach (InputPoint input in sequences)
        {
            if (TimeOf(input.Value) is not { } time)
            {
                Refuse("", $"has an input '{input.Name}' without steps of time");
                return null;
            }

            _streamed[input.Value] = StreamedValue.Of(input.Value, time);
        }

        List<InputPoint> inputs = [.. sequences.Select(input => input with { Value = _streamed[input.Value].Value })];
        foreach (InputPoint input in sequences)
            Remember(input.Value, isInput: true);
        foreach (Operation operation in _prediction)
        {
            Add(operation);
            if (_obstacle is not null)
                return null;
            if (operation is not Scan)
                Remember(operation.Output, isInput: false);
        }

        return new StreamGraph(
            _operations, inputs, [.. network.Outputs.Select(output => output with { Value = _streamed[output.Value].Value })], _tensors,
            _room, _bound is not null);
    }

    /// <summary>Notes that there cannot be more steps than these.</summary>
    private void Bound(int steps) => _bound = Math.Min(_bound ?? steps, steps);

    /// <summary>The dimension of an input that runs along time: that of a signal, or the first of what is read as a sequence.</summary>
    private int? TimeOf(Value input)
    {
        if (input.Type.Element == ElementType.Int32)
            return 0;
        if (input.Shape.Rank != 2)
            return null;
        bool isReadAsSequence = _prediction.OfType<Reshape>().Any(view =>
            view.Source == input && view.Output.Shape.IsSequence && view.Output.Shape.Extents.SequenceEqual(input.Shape.Extents));
        return input.Shape.IsSequence || isReadAsSequence ? 0 : 1;
    }

    // How many steps before the present one somebody reads of a tensor.
    private void FindLags()
    {
        foreach (Contract contract in _prediction.OfType<Contract>())
        {
            foreach (Index index in contract.Left.Indices.Where(index => index.Offset < 0))
                Lag(contract.Left.Value, -index.Offset);
        }

        foreach (Attention attention in _prediction.OfType<Attention>())
        {
            Lag(attention.Keys, 0);
            Lag(attention.Values, 0);
        }

        foreach (StepTensor carried in _prediction.OfType<Scan>().SelectMany(scan => scan.Carried))
            Lag(carried.Whole, 1);
    }

    private void Lag(Value value, int steps) => _lags[value] = Math.Max(_lags.TryGetValue(value, out int known) ? known : 0, steps);

    /// <summary>Makes a tensor's step a row of its past, if anybody reads that; what the caller passes is copied there.</summary>
    private void Remember(Value value, bool isInput)
    {
        if (!_lags.TryGetValue(value, out int lag) || !_streamed.TryGetValue(value, out StreamedValue? streamed))
            return;
        if (isInput || _tensors.Any(tensor => tensor.Step == streamed.Value) || _operations.All(operation => operation.Output != streamed.Value))
        {
            Value copy = streamed.Value.Sibling($"{streamed.Value.Name}Now", streamed.Value.Shape);
            _operations.Add(new Relayout("Input", copy, streamed.Value));
            _streamed[value] = streamed = streamed with { Value = copy };
        }

        Row(value, streamed.Value, lag);
    }

    private void Row(Value value, Value step, int lag)
    {
        Value past = _pasts[value] = new Value($"{step.Name}Past", step.Shape.Over(lag + _room), ValueKind.Activation);
        _tensors.Add(new StepTensor(step, past, lag));
    }

    private void Refuse(string layer, string reason) => _obstacle ??= new StreamObstacle(layer, reason);
}
