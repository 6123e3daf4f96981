using NetGen.Generators.Differentiation;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Memory;

/// <summary>
/// What cheap maps make of tensors that are kept anyway is made again behind a barrier, in a place where samples take turns, instead of waiting in
/// memory for all samples: reading a batch takes a third of writing it and reading that (T. Chen, B. Xu, C. Zhang and C. Guestrin, Training
/// Deep Nets with Sublinear Memory Cost, 2016). So a step keeps what a batch norm reads, and not what the activation behind it makes.
/// </summary>
internal sealed class Rematerialization
{
    // What is read to make it again: with more, keeping it would be as good.
    private const int MostSources = 2;

    private readonly List<Operation> _operations;
    private readonly HashSet<Operation> _forward;
    private readonly Uses _uses;
    private readonly Dictionary<Operation, int> _phases = [];
    private readonly HashSet<Value> _remade = [];
    private readonly Dictionary<(Value Value, int Phase), Value> _again = [];
    private readonly Orientation _orientation;

    private Rematerialization(TrainingGraph training, Orientation orientation)
    {
        _orientation = orientation;
        _forward = [.. training.Forward];
        _operations = [.. training.Forward, .. training.Judgements, .. training.Backward];
        _uses = new Uses([.. _operations, .. training.InputBackward]);
        foreach (Operation operation in _operations)
            _phases[operation] = PhaseOf(operation);
        foreach (Map map in training.Forward.OfType<Map>().Where(IsWorthIt))
            _remade.Add(map.Output);
    }

    /// <param name="training">A training step.</param>
    /// <param name="orientation">What lies along the vectors of images.</param>
    public static TrainingGraph Rewrite(TrainingGraph training, Orientation orientation)
    {
        var again = new Rematerialization(training, orientation);
        return again._remade.Count == 0 ? training : again.Rewrite(training);
    }

    // How many barriers stand before it: whoever reads what belongs to no sample, or sums over samples, waits for all.
    private int PhaseOf(Operation operation) => operation.Inputs.Select(_uses.ProducerOf).OfType<Operation>()
        .Select(producer => _phases.TryGetValue(producer, out int phase)
            ? phase + (producer.Output.IsPerSample && operation.Output.IsPerSample ? 0 : 1)
            : 0)
        .DefaultIfEmpty().Max();

    private bool IsWorthIt(Map map)
    {
        if (!IsLarge(map.Output) || !ExpressionCost.IsCheap(map.Body))
            return false;
        Operation[] later = [.. _uses.ReadersOf(map.Output).Where(reader => IsLater(reader, map))];
        var sources = new HashSet<Value>();
        return later.Any(IsBackward) && later.All(CanRead) && AddSources(map, sources) && sources.Count is > 0 and <= MostSources;
    }

    private static bool IsLarge(Value value) => value is { IsPerSample: true, Shape: { HasPositions: true, Length: >= SamplesAtATime.LeastBeyondCache } };

    // What only the inputs' gradients read has no phase here.
    private bool IsLater(Operation reader, Operation map) => !_phases.TryGetValue(reader, out int phase) || phase > _phases[map];

    private bool IsBackward(Operation operation) => operation is not Judgement && _phases.ContainsKey(operation) && !_forward.Contains(operation);

    // Who sums over all samples would want it of all.
    private bool CanRead(Operation reader) =>
        _phases.ContainsKey(reader) && reader is Contract or Map or Reduce or WindowGradient && reader.Output.IsPerSample;

    /// <summary>Whether what a map reads is kept for the way back, or made of what is; and adds that.</summary>
    private bool AddSources(Map map, HashSet<Value> sources)
    {
        foreach (Value operand in map.Inputs.Where(IsLarge))
        {
            if (IsKept(operand))
                sources.Add(operand);
            else if (!operand.Shape.Equals(map.Output.Shape) || _uses.ProducerOf(operand) is not Map made
                || !ExpressionCost.IsCheap(made.Body) || !AddSources(made, sources))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsKept(Value value) => !_remade.Contains(value) && (value.Kind == ValueKind.Input || _uses.ReadersOf(value).Any(IsBackward));

    private TrainingGraph Rewrite(TrainingGraph training)
    {
        var forward = new List<Operation>();
        var backward = new List<Operation>();
        Dictionary<int, List<Operation>> made = Make();
        for (int i = 0; i < _operations.Count; i++)
        {
            if (_operations[i] is Judgement)
                continue;
            List<Operation> stage = _forward.Contains(_operations[i]) ? forward : backward;
            stage.AddRange(made.TryGetValue(i, out List<Operation>? before) ? before : []);
            stage.Add(Rewrite(_operations[i]));
        }

        return training with { Forward = forward, Backward = backward };
    }

    private Operation Rewrite(Operation operation)
    {
        foreach (Value value in RemadeFor(operation))
        {
            if (_again.TryGetValue((value, _phases[operation]), out Value? again))
                operation = operation.Reading(read => read == value ? again : read);
            else
                operation = Inline((Map)operation, value);
        }

        return operation;
    }

    /// <summary>A map that makes what it reads of another itself.</summary>
    private Map Inline(Map map, Value made) => MapInlining.InlineAll(map, MapOf(made));

    /// <summary>The map that makes a tensor of what is kept.</summary>
    private Map MapOf(Value value)
    {
        var map = (Map)_uses.ProducerOf(value)!;
        return map.Inputs.Where(operand => IsLarge(operand) && !IsKept(operand)).Distinct().ToArray().Aggregate(map, Inline);
    }

    // What an operation reads of what is made again, because it is in a later phase than that.
    private IEnumerable<Value> RemadeFor(Operation operation) =>
        operation.Inputs.Where(value => _remade.Contains(value) && IsLater(operation, _uses.ProducerOf(value)!)).Distinct().ToArray();

    /// <summary>
    /// The operations that make things again, by the place of the one that they stand before; maps that alone want them make them themselves.
    /// </summary>
    private Dictionary<int, List<Operation>> Make()
    {
        var made = new Dictionary<int, List<Operation>>();
        for (int i = 0; i < _operations.Count; i++)
        {
            // Nothing comes between an operation and the maps that are its epilogue.
            int head = i;
            while (head > 0 && _operations[head] is Map && _operations[head].Inputs.Contains(_operations[head - 1].Output))
                head--;
            foreach (Value value in RemadeFor(_operations[i]))
            {
                int phase = _phases[_operations[i]];
                IEnumerable<Operation> readers = _uses.ReadersOf(value).Where(reader => _phases[reader] == phase);
                if (_again.ContainsKey((value, phase)) || readers.All(reader => CanInline(reader, value)))
                    continue;
                if (!made.TryGetValue(head, out List<Operation>? before))
                    made[head] = before = [];
                before.Add(Make(value, phase));
            }
        }

        return made;
    }

    private static bool CanInline(Operation reader, Value value) => reader is Map map && map.Output.Shape.Equals(value.Shape);

    private Map Make(Value value, int phase)
    {
        int number = _again.Keys.Count(key => key.Value == value) + 1;
        var again = new Value(number == 1 ? $"{value.Name}Again" : $"{value.Name}Again{number}", value.Shape, value.Kind) { IsRemade = true };
        if (_orientation.HasColumnsAlongVector(value))
            _orientation.SetColumns(again, true);
        _again[(value, phase)] = again;
        Map map = MapOf(value);
        return new Map(map.Layer, again, map.Body, map.Operands);
    }
}
