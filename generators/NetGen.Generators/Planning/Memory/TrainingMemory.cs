using NetGen.Generators.Graph;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Memory;

/// <summary>
/// Places the tensors of a training step. Samples' tensors lie one sample after the other, so that every worker has rows of
/// its own; two whose lives do not overlap share memory where they are laid out alike, because then their rows are the same
/// rows, and zeros around them stay zeros.
/// </summary>
internal sealed class TrainingMemory(
    Layouts layouts, TrainingProgram program, IReadOnlyDictionary<Value, long> offsets, IReadOnlyList<Repacked> packed)
{
    private readonly MemoryMap _memory = new();

    public MemoryMap Allocate(IReadOnlyList<Phase> phases)
    {
        foreach (KeyValuePair<Value, long> stored in offsets)
            Place(stored.Key, new Placement(Space.Parameters, stored.Value));
        foreach (KeyValuePair<Parameter, Value> gradient in program.Training.ParameterGradients)
            Place(gradient.Value, new Placement(Space.Gradient, offsets[gradient.Key]));
        foreach (StateUpdate update in program.StateUpdates)
            Place(update.Next, new Placement(Space.Gradient, offsets[update.State]));
        foreach (Repacked repacked in packed)
            PlaceFixed(repacked.Packed, repacked.Size);

        Step[] steps = [.. phases.SelectMany(phase => phase.OnSamples.Concat(phase.Shared)).Select(step => step.Step)];
        PlaceSamples(steps);
        foreach (Value value in steps.SelectMany(step => step.Bindings))
        {
            Value root = layouts.RootOf(value);
            if (!_memory.Holds(root) && layouts.IsCallers(root))
                Place(root, layouts.CallersOf(root).Place);
            else if (!_memory.Holds(root))
                PlaceFixed(root, layouts.Of(root).Size);
            _memory[value] = _memory[root];
        }

        return _memory;
    }

    private void Place(Value value, Placement place) => _memory[value] = new Allocation(value, place, layouts.Of(value).Size);

    private void PlaceFixed(Value value, int size)
    {
        _memory[value] = new Allocation(value, new Placement(Space.Workspace, _memory.FixedLength), size);
        _memory.FixedLength += Layout.RoundUp(size);
    }

    private void PlaceSamples(Step[] steps)
    {
        var lives = new Dictionary<Value, (int First, int Last)>();
        for (int i = 0; i < steps.Length; i++)
        {
            foreach (Value root in steps[i].Bindings.Where(value => value.IsPerSample && !layouts.IsCallers(value)).Select(layouts.RootOf))
                lives[root] = (lives.TryGetValue(root, out var life) ? life.First : i, i);
        }

        // What is kept at points is there when the step is over.
        foreach (Value kept in program.Points.SelectMany(point => new[] { point.Activation, point.Gradient }).OfType<Value>())
            lives[kept] = (lives[kept].First, steps.Length);

        var free = new Dictionary<Layout, List<(int From, long Offset)>>();
        foreach (KeyValuePair<Value, (int First, int Last)> life in lives.OrderBy(life => life.Value.First))
        {
            Layout layout = layouts.Of(life.Key);
            if (!free.TryGetValue(layout, out List<(int From, long Offset)>? places))
                free[layout] = places = [];
            int place = places.FindIndex(candidate => candidate.From < life.Value.First);
            long offset = place >= 0 ? places[place].Offset : _memory.PerSampleLength;
            if (place >= 0)
                places.RemoveAt(place);
            else
                _memory.PerSampleLength += Layout.RoundUp(layout.Size);
            places.Add((life.Value.Last, offset));
            _memory[life.Key] = new Allocation(life.Key, new Placement(Space.Workspace, offset, IsPerSample: true), layout.Size);
        }
    }
}
