using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>
/// Cuts a training step into phases. Steps on samples follow one another without waiting, since each worker reads what it wrote
/// itself; whoever reads a tensor that belongs to no sample, or sums over samples, waits for all who wrote it.
/// </summary>
internal sealed class PhasePlanner(Layouts layouts)
{
    private readonly List<Entry> _entries = [];
    private readonly List<Entry> _preparing = [];

    private sealed record Entry(PhaseStep Step, IReadOnlyList<Value> Reads, IReadOnlyList<Value> Writes)
    {
        public bool IsShared => !Writes[0].IsPerSample;
    }

    public void Add(IEnumerable<Step> steps, Stage stage, Occasion occasion)
    {
        foreach (Step step in steps)
            (step is ConstantStep ? _preparing : _entries).Add(EntryOf(step, stage, occasion));
    }

    /// <summary>Adds steps that only read what is stored, and run before all others.</summary>
    public void Prepare(IEnumerable<Step> steps, Occasion occasion) =>
        _preparing.AddRange(steps.Select(step => EntryOf(step, Stage.Prepare, occasion)));

    /// <summary>When somebody reads one of these tensors.</summary>
    public Occasion OccasionOf(params Value[] values)
    {
        Occasion? only = null;
        foreach (Entry entry in _entries)
        {
            bool isReader = false;
            foreach (Value value in values)
                isReader |= entry.Reads.Contains(value);
            if (!isReader)
                continue;
            if (only is { } other && other != entry.Step.Occasion)
                return Occasion.Always;
            only = entry.Step.Occasion;
        }

        return only ?? Occasion.Always;
    }

    public IReadOnlyList<Phase> Plan()
    {
        int first = _preparing.Count > 0 ? 1 : 0;
        // All outputs are judged in one phase, behind which the way back begins: a caller may want to see them all before.
        int judging = _entries.Zip(Number(first, first), (entry, phase) => entry.Step.Step is LossStep ? phase : first).Max();
        int[] phases = Number(first, judging);
        WaitForReaders(phases);
        // What nobody waits for is done together at the end.
        int last = phases.DefaultIfEmpty(first).Max();
        HashSet<Value> read = [.. _entries.SelectMany(entry => entry.Reads)];
        for (int i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].IsShared && !_entries[i].Writes.Any(read.Contains))
                phases[i] = last;
        }

        IEnumerable<Phase> planned = Enumerable.Range(first, last - first + 1).Select(phase => PhaseOf(_entries.Where((_, i) => phases[i] == phase)));
        return [.. first == 0 ? [] : new[] { PhaseOf(_preparing) }, .. planned];
    }

    /// <summary>The phase of each entry, by whom it waits for.</summary>
    /// <param name="first">The first phase.</param>
    /// <param name="judging">The first phase in which there may be losses.</param>
    private int[] Number(int first, int judging)
    {
        var writers = new Dictionary<Value, (int Phase, bool IsShared)>();
        var phases = new int[_entries.Count];
        for (int i = 0; i < _entries.Count; i++)
        {
            Entry entry = _entries[i];
            // Targets, or the gradient in their place, are there where outputs are judged, and not before.
            phases[i] = entry.Step.Step is LossStep || ReadsTargets(entry) ? judging : first;
            foreach (Value value in entry.Reads.Concat(entry.Writes))
            {
                if (writers.TryGetValue(value, out var writer))
                    phases[i] = Math.Max(phases[i], writer.IsShared || entry.IsShared ? writer.Phase + 1 : writer.Phase);
            }

            foreach (Value value in entry.Writes)
                writers[value] = (phases[i], entry.IsShared);
        }

        return phases;
    }

    private bool ReadsTargets(Entry entry)
    {
        foreach (Value value in entry.Reads)
        {
            if (layouts.IsCallers(value) && layouts.CallersOf(value).Space == Space.Targets)
                return true;
        }

        return false;
    }

    // What is made again has been waited for since long: it waits itself for the first who reads it.
    private void WaitForReaders(int[] phases)
    {
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            IReadOnlyList<Value> writes = _entries[i].Writes;
            if (writes.All(value => value.IsRemade))
                phases[i] = Enumerable.Range(i + 1, _entries.Count - i - 1).Where(j => _entries[j].Reads.Any(writes.Contains)).Min(j => phases[j]);
        }
    }

    private static Phase PhaseOf(IEnumerable<Entry> entries) => new(
        [.. entries.Where(entry => !entry.IsShared).Select(entry => entry.Step)],
        [.. entries.Where(entry => entry.IsShared).Select(entry => entry.Step)]);

    private Entry EntryOf(Step step, Stage stage, Occasion occasion) => new(
        new PhaseStep(step, stage, occasion),
        [.. step.Bindings.Skip(step.WrittenCount).Select(layouts.RootOf)],
        [.. step.Bindings.Take(step.WrittenCount).Select(layouts.RootOf)]);
}
