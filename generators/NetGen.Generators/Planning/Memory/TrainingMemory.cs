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
    // Less would not be worth the line of text that moves references to it.
    private const int LeastPassing = 1024;

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

        PlaceSamples(phases);
        foreach (Value value in phases.SelectMany(phase => phase.OnSamples.Concat(phase.Shared)).SelectMany(step => step.Step.Bindings))
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

    private void PlaceSamples(IReadOnlyList<Phase> phases)
    {
        Step[] steps = [.. phases.SelectMany(phase => phase.OnSamples.Concat(phase.Shared)).Select(step => step.Step)];
        var lives = new Dictionary<Value, (int First, int Last)>();
        for (int i = 0; i < steps.Length; i++)
        {
            foreach (Value root in SamplesOf(steps[i]))
                lives[root] = (lives.TryGetValue(root, out var life) ? life.First : i, i);
        }

        // What is kept at points is there when the step is over.
        foreach (Value kept in program.Points.SelectMany(point => new[] { point.Activation, point.Gradient }).OfType<Value>())
            lives[kept] = (lives[kept].First, steps.Length);

        HashSet<Value> passing = Passing(phases, lives.Where(life => life.Value.Last < steps.Length).Select(life => life.Key)
            .Where(root => layouts.Of(root).Size >= LeastPassing));
        // A row of what turns add is a turn's, and not a sample's: another worker may be at the sample of that number.
        var free = new Dictionary<(Layout Layout, bool IsPassing, bool IsOfTurns), List<(int From, long Offset)>>();
        // A reference to what takes turns is moved back by so many samples, and must stay within the block: so others lie in front, or room.
        foreach (KeyValuePair<Value, (int First, int Last)> life in
            lives.OrderBy(life => passing.Contains(life.Key)).ThenBy(life => life.Value.First))
        {
            (Layout layout, bool takesTurns) = (layouts.Of(life.Key), passing.Contains(life.Key));
            bool isOfTurns = life.Key.Whole is not null;
            if (!free.TryGetValue((layout, takesTurns, isOfTurns), out List<(int From, long Offset)>? places))
                free[(layout, takesTurns, isOfTurns)] = places = [];
            long? own = OfOutput(steps[life.Value.First], life.Key, life.Value.First);
            if (takesTurns)
                _memory.PerSampleLength = Math.Max(_memory.PerSampleLength, Layout.RoundUp(layout.Size));
            int place = places.FindIndex(candidate => own is null ? candidate.From < life.Value.First : candidate.Offset == own);
            long offset = place >= 0 ? places[place].Offset : _memory.PerSampleLength;
            if (place >= 0)
                places.RemoveAt(place);
            else
                _memory.PerSampleLength += Layout.RoundUp(layout.Size);
            places.Add((life.Value.Last, offset));
            _memory[life.Key] = new Allocation(life.Key, new Placement(Space.Workspace, offset, IsPerSample: true), layout.Size)
            {
                TakesTurns = takesTurns,
            };
        }

        // Where the output lies that a loss reads last, if its gradient may lie there.
        long? OfOutput(Step step, Value root, int first) =>
            step is LossStep { WritesInPlace: true } loss && (program.Compact.Contains(loss.Output) || FillsVectors(loss))
            && layouts.RootOf(loss.Gradient) == root && layouts.RootOf(loss.Output) is var output
            && !layouts.IsCallers(output) && lives[output].Last == first && passing.Contains(output) == passing.Contains(root)
            && layouts.Of(output).Equals(layouts.Of(root))
                ? _memory[output].Place.Offset
                : null;
    }

    // Behind a gradient's rows zeros must stand, as they do behind a copy of the outputs. What goes through whole vectors beyond the end of the
    // outputs themselves may leave something else there.
    private static bool FillsVectors(LossStep loss) => loss.Kernel.Length == loss.Kernel.Stride
        || (loss.Output.Shape is { IsImage: true } image && image[1] * image[2] % Layout.Lanes == 0);

    /// <summary>The tensors that nobody needs of a sample when the next ones come.</summary>
    private HashSet<Value> Passing(IReadOnlyList<Phase> phases, IEnumerable<Value> samples)
    {
        var passing = new HashSet<Value>(samples);
        var runs = new Dictionary<Value, SampleRun>();
        foreach (SampleRun run in phases.SelectMany(phase => phase.Runs))
        {
            foreach (Value root in run.Steps.SelectMany(step => SamplesOf(step.Step)).Distinct())
            {
                if (!run.IsBySample || runs.ContainsKey(root))
                    passing.Remove(root);
                runs[root] = run;
            }
        }

        passing.ExceptWith(phases.SelectMany(phase => phase.Shared).SelectMany(step => SamplesOf(step.Step)));
        return passing;
    }

    private IEnumerable<Value> SamplesOf(Step step) =>
        step.Bindings.Where(value => value.IsPerSample && !layouts.IsCallers(value)).Select(layouts.RootOf);
}
