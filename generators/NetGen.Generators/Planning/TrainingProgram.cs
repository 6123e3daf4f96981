using NetGen.Generators.Collections;
using NetGen.Generators.Differentiation;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Memory;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>The operations of a training step in one order, and what each is for.</summary>
internal sealed class TrainingProgram
{
    private readonly Dictionary<Value, (Stage Stage, Occasion Occasion)> _purposes = [];
    private readonly HashSet<Value> _results;
    private readonly HashSet<Value> _compact = [];
    private readonly List<KeptPoint> _points = [];
    private readonly List<Value> _targetsInPlace = [];
    private readonly HashSet<Value> _forOutputs;

    public TrainingProgram(NetworkGraph graph, TrainingGraph training, CallersMemory callers, SeamlessImages seamless, Orientation orientation)
    {
        Training = training;
        StateUpdates = graph.StateUpdates;
        _forOutputs = [.. training.ForOutputs];
        _results =
        [
            .. training.ParameterGradients.Values, .. graph.StateUpdates.Select(update => update.Next),
            .. training.Elementwise.Select(judged => judged.Loss),
        ];

        var activations = new List<Operation>();
        var gradients = new List<Operation>();
        foreach (PointTensors tensors in training.Points)
            KeepPoint(tensors, activations, gradients);

        var forward = new List<Operation>([.. training.Forward, .. activations]);
        var judgements = new List<Operation>();
        var fromJudgements = new List<Operation>();
        foreach (Judgement judgement in training.Judgements)
            Judge(judgement, seamless, forward, judgements, fromJudgements);
        List<Operation> backward = [.. training.Backward];
        foreach (ElementwiseJudgement judged in training.Elementwise)
            ReadTarget(judged, seamless, orientation, fromJudgements, backward);
        var operations = new List<Operation>([.. forward, .. judgements, .. fromJudgements, .. backward, .. gradients]);
        Note(operations, operation => (forward.Contains(operation) ? Stage.Forward
            : backward.Contains(operation) && !operation.Output.IsPerSample && _results.Contains(operation.Output) ? Stage.Gradients
            : Stage.Backward, _forOutputs.Contains(operation.Output) ? Occasion.Outputs : Occasion.Always));

        var forInputs = new List<Operation>(training.InputBackward);
        foreach (InputPoint input in graph.Inputs)
        {
            // Of an input that no loss depends on, nothing is copied: its gradient is zero.
            Value callersGradient = callers.AddInputGradient(input.Value);
            forInputs.Add(training.InputGradients.TryGetValue(input.Value, out Value gradient)
                ? new Relayout("Input", callersGradient, gradient)
                : new Move("Input", callersGradient, []));
        }

        Note(forInputs, _ => (Stage.Backward, Occasion.InputGradient));
        ForInputs = forInputs;
        Operations = [.. operations, .. forInputs];
    }

    public TrainingGraph Training { get; }

    public IReadOnlyList<StateUpdate> StateUpdates { get; }

    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Those of them that compute the inputs' gradients, which few callers ask for.</summary>
    public IReadOnlyList<Operation> ForInputs { get; }

    /// <summary>The tensors that lie in the order of the caller's, because a loss compares them with targets.</summary>
    public IReadOnlyCollection<Value> Compact => _compact;

    /// <summary>The targets that are read as the caller's memory has them.</summary>
    public IReadOnlyCollection<Value> TargetsInPlace => _targetsInPlace;

    /// <summary>The copies of what is computed at points, which are there when the step is over.</summary>
    public IReadOnlyList<KeptPoint> Points => _points;

    /// <summary>The program cut where purposes change; a copy belongs to whoever reads it first.</summary>
    public IEnumerable<(Stage Stage, Occasion Occasion, IReadOnlyList<Operation> Operations)> Stages(IReadOnlyList<Operation> operations, Uses uses)
    {
        var places = Enumerable.Range(0, operations.Count).ToDictionary(i => operations[i]);
        var purposes = new (Stage Stage, Occasion Occasion)[operations.Count];
        for (int i = operations.Count - 1; i >= 0; i--)
        {
            purposes[i] = _purposes.TryGetValue(operations[i].Output, out var purpose)
                ? purpose
                : uses.ReadersOf(operations[i].Output)
                    .Select(reader => purposes[places[reader]])
                    .OrderBy(reader => reader.Stage)
                    .ThenBy(reader => reader.Occasion)
                    .First();
        }

        // Gradients of parameters are read by nobody and come last.
        IEnumerable<int> order = Enumerable.Range(0, operations.Count)
            .OrderBy(i => purposes[i].Occasion == Occasion.InputGradient ? Stage.Backward : purposes[i].Stage)
            .ThenBy(i => purposes[i].Occasion);
        foreach (IGrouping<(Stage Stage, Occasion Occasion), int> stage in order.GroupBy(i => purposes[i]))
            yield return (stage.Key.Stage, stage.Key.Occasion, [.. stage.Select(i => operations[i])]);
    }

    /// <summary>What others than these operations read of their results, or the trainer does.</summary>
    public ICollection<Value> ReadElsewhere(IReadOnlyList<Operation> some, Uses uses)
    {
        var own = new HashSet<Operation>(some);
        return new HashSet<Value>(some.SelectMany(operation => operation.Outputs)
            .Where(output => _results.Contains(output) || uses.ReadersOf(output).Any(reader => !own.Contains(reader))));
    }

    // A loss compares rows with the caller's targets, so what lies in another order than those is put in theirs. All outputs are there before
    // the first is judged.
    private void Judge(
        Judgement judgement, SeamlessImages seamless, List<Operation> forward, List<Operation> judgements, List<Operation> fromJudgements)
    {
        Value output = judgement.Judged;
        bool areRows = output.Shape.IsVector
            || (seamless.Contains(output) && (judgement.Given is not null || seamless.Contains(judgement.Output)))
            || (output.Shape.IsSequence && judgement.Point.Loss is { JudgesRows: true });
        if (areRows && !forward.Any(operation => IsViewed(operation, output)))
        {
            judgements.Add(judgement);
            return;
        }

        Value ordered = output.Sibling("orderedOutput", output.Shape);
        if (judgement.Given is not null)
        {
            _compact.Add(ordered);
            forward.Add(new Relayout("Output", ordered, output));
            _forOutputs.Add(ordered);
            judgements.Add(judgement.Reading(ordered));
            return;
        }

        Value gradient = Value.GradientOf(ordered, "orderedGradient");
        _compact.UnionWith([ordered, gradient]);
        forward.Add(new Relayout("Output", ordered, output));
        judgements.Add(new Judgement(gradient, ordered, judgement.Point));
        fromJudgements.Add(new Relayout("OutputGradient", judgement.Output, gradient));
    }

    // Targets are read in the order of the images that they are compared with.
    private void ReadTarget(
        ElementwiseJudgement judged, SeamlessImages seamless, Orientation orientation, List<Operation> fromJudgements, List<Operation> backward)
    {
        Value target = judged.Target;
        if (seamless.Contains(target))
        {
            _targetsInPlace.Add(target);
            return;
        }

        Value ordered = Value.GradientOf(judged.Judgement.Judged, "orderedTarget", target.Shape);
        orientation.SetColumns(ordered, orientation.HasColumnsAlongVector(target));
        fromJudgements.Add(new Relayout("Target", ordered, target));
        for (int i = 0; i < backward.Count; i++)
        {
            if (backward[i].Inputs.Contains(target))
                backward[i] = backward[i].Reading(value => value == target ? ordered : value);
        }
    }

    // Whether a tensor is a view of another or another one of it, or has rows beside its own, as what a scan carries.
    private static bool IsViewed(Operation operation, Value value) => operation switch
    {
        Reshape view => view.Output == value || view.Source == value,
        Move move => move.Output == value,
        Scan scan => scan.Tensors.Any(tensor => tensor.Whole == value),
        _ => false,
    };

    // Copies in the caller's order, which nobody else wants the memory of.
    private void KeepPoint(PointTensors tensors, List<Operation> activations, List<Operation> gradients)
    {
        Value value = tensors.Point.Value;
        string name = string.Concat(tensors.Point.Name.Split('.').Select(part => part.Capitalised()));
        Value activation = value.Sibling($"at{name}", value.Shape);
        activations.Add(new Relayout(name, activation, value));
        Value? gradient = tensors.Gradient is null ? null : Value.GradientOf(value, $"dAt{name}");
        if (gradient is not null)
            gradients.Add(new Relayout(name, gradient, tensors.Gradient!));
        _points.Add(new KeptPoint(tensors.Point, activation, gradient));
        Value[] copies = gradient is null ? [activation] : [activation, gradient];
        _compact.UnionWith(copies);
        _results.UnionWith(copies);
    }

    private void Note(IEnumerable<Operation> operations, Func<Operation, (Stage, Occasion)> purpose)
    {
        foreach (Operation operation in operations)
            _purposes[operation.Output] = purpose(operation);
    }
}

/// <summary>The copies of what a training step computes at a point.</summary>
internal sealed record KeptPoint(NamedPoint Point, Value Activation, Value? Gradient);
