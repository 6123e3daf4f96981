using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Streaming;

/// <summary>
/// Makes of a prediction over all steps of time one of a single step, which remembers what later steps read: the inputs of causal
/// convolutions, the states of recurrent layers. What takes several steps to one is computed as soon as the last of them is there. What would
/// need steps that are still to come stands in the way.
/// </summary>
internal sealed partial class StreamBuilder
{
    private readonly Dictionary<Value, StreamedValue> _streamed = [];
    private readonly Dictionary<Value, Value> _owners = [];
    private readonly Dictionary<Value, Value> _pasts = [];
    private readonly Dictionary<Value, Clock> _clocks = [];
    private readonly List<Operation> _operations = [];
    private readonly List<StreamRow> _rows = [];
    private readonly Dictionary<Value, LengthMaskKind> _masks = [];
    private readonly HashSet<Value> _lastAlone = [];
    private readonly IReadOnlyList<Operation> _prediction;
    private readonly StreamNeeds _known;
    private readonly StreamNeeds _needs = new();
    private StreamObstacle? _obstacle;

    private StreamBuilder(IReadOnlyList<Operation> prediction, StreamNeeds known)
    {
        _prediction = prediction;
        _known = known;
    }

    /// <summary>The stream, or what stands in its way; neither for a network that has no steps of time.</summary>
    /// <param name="network">The network.</param>
    /// <param name="prediction">The operations of its prediction.</param>
    public static (StreamGraph? Stream, StreamObstacle? Obstacle) Build(NetworkGraph network, IReadOnlyList<Operation> prediction)
    {
        // What is read of a tensor's past is known when all who read it are, and has to be when the tensor is computed.
        var scout = new StreamBuilder(prediction, new StreamNeeds());
        if (network.Inputs.All(input => scout.TimeOf(input.Value) is null))
            return (null, null);
        scout.Run(network);
        return scout._obstacle is { } obstacle ? (null, obstacle) : (new StreamBuilder(prediction, scout._needs).Run(network), null);
    }

    private StreamGraph? Run(NetworkGraph network)
    {
        // Nobody knows yet how long the sequence will be: the present step is one of it, and the last so far.
        InputPoint[] sequences = [.. network.Inputs.Where(input => input.LengthOf is null)];
        foreach (InputPoint input in sequences)
        {
            if (TimeOf(input.Value) is not { } time)
            {
                Refuse("", $"has an input '{input.Name}' without steps of time");
                return null;
            }

            New(input.Value, time, Clock.OfInput);
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

        IEnumerable<Value> given = network.Outputs.Select(output => output.Value);
        if (Meet("", "has outputs of which one has several steps for one of another", given) is not { } clock)
            return null;
        OutputPoint[] outputs = [.. network.Outputs.Select(output => output with { Value = At(output.Value, clock).Value })];
        int steps = sequences.Min(input => input.Value.Shape[TimeOf(input.Value)!.Value]);
        if (network.Outputs.Any(output => _streamed[output.Value] is { Time: >= 0 } step && output.Value.Shape[step.Time] != clock.Within(steps)))
            Refuse("", "has an output that ends before its input does");
        if (_needs.IsBounded)
            _needs.Bound(steps);
        return new StreamGraph(_operations, inputs, outputs, _rows, _clocks, clock, _known.Warm, _known.Room, _known.IsBounded);
    }

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

    private StreamedValue New(Value value, int time, Clock clock)
    {
        StreamedValue streamed = _streamed[value] = StreamedValue.Of(value, time, clock);
        _clocks[streamed.Value] = clock;
        return streamed;
    }

    /// <summary>Notes that a tensor's steps are another's, and so is what is remembered of them.</summary>
    private void Alias(Value value, Value same, int time)
    {
        _streamed[value] = _streamed[same].As(value, time);
        _owners[value] = OwnerOf(same);
    }

    /// <summary>The tensor whose steps a tensor's are.</summary>
    private Value OwnerOf(Value value) => _owners.TryGetValue(value, out Value? owner) ? owner : value;

    private Clock? Meet(string layer, string obstacle, IEnumerable<Value> values) => Meet(layer, obstacle, values.Select(value => (value, 0)));

    /// <summary>
    /// When all of these are there, from some step of each on, step by step; null, with what stands in the way, where one has several for one of
    /// another.
    /// </summary>
    private Clock? Meet(string layer, string obstacle, IEnumerable<(Value Value, int Start)> values)
    {
        Clock[] clocks = [.. values.Select(read => _streamed[read.Value].Clock.Slower(1, read.Start)).OfType<Clock>()];
        if (clocks.Select(clock => clock.Period).Distinct().Count() <= 1)
            return clocks.OrderBy(clock => clock.First).LastOrDefault() ?? Clock.OfInput;
        Refuse(layer, obstacle);
        return null;
    }

    /// <summary>A tensor's step, or a later one of it, where others of that number come to it: as what was remembered.</summary>
    private StreamedValue At(Value value, Clock clock, int start = 0)
    {
        StreamedValue streamed = _streamed[value];
        if (streamed.Clock == clock && start == 0)
            return streamed;
        StreamedValue then = streamed with { Value = streamed.Value.Sibling($"{streamed.Value.Name}Then", streamed.Value.Shape), Clock = clock };
        PastOf(value, then.Value, clock, clock.Latency - streamed.Clock.Latency - start, rows: null);
        return then;
    }

    /// <summary>Makes a tensor the row of another's past so many before the present one, or the rows from there to the present one.</summary>
    private void PastOf(Value value, Value step, Clock clock, int lag, int? rows)
    {
        value = OwnerOf(value);
        _needs.Lag(value, lag);
        _clocks[step] = clock;
        if (_pasts.TryGetValue(value, out Value? past))
            _rows.Add(new StreamRow(new StepTensor(step, past, _known.LagOf(value)!.Value - lag) { Rows = rows }, _streamed[value].Clock.Period));
    }

    /// <summary>Makes a tensor's step a row of its past, if anybody reads that; what the caller passes is copied there.</summary>
    private void Remember(Value value, bool isInput)
    {
        if (!_streamed.TryGetValue(value, out StreamedValue? streamed))
            return;
        if (!_needs.TryAdd(streamed.Clock))
            Refuse("", "has branches that come round together too seldom");
        if (_known.LagOf(value) is null)
            return;
        if (isInput || _rows.Any(row => row.Tensor.Step == streamed.Value) || _operations.All(operation => operation.Output != streamed.Value))
        {
            Value copy = streamed.Value.Sibling($"{streamed.Value.Name}Now", streamed.Value.Shape);
            _operations.Add(new Relayout("Input", copy, streamed.Value));
            _clocks[copy] = streamed.Clock;
            _streamed[value] = streamed = streamed with { Value = copy };
        }

        Row(value, streamed.Value);
    }

    private void Row(Value value, Value step)
    {
        if (_known.LagOf(value) is not { } lag)
            return;
        int period = _streamed[value].Clock.Period;
        Value past = _pasts[value] = new Value(
            $"{step.Name}Past", step.Shape.Over(lag + (_known.Room + period - 1) / period), ValueKind.Activation);
        _rows.Add(new StreamRow(new StepTensor(step, past, lag), period));
    }

    private void Refuse(string layer, string reason) => _obstacle ??= new StreamObstacle(layer, reason);
}
