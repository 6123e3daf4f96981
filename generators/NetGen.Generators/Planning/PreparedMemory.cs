using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>Where a prediction finds what belongs to no sample: what is stored, and behind it what is derived from that.</summary>
internal sealed class PreparedMemory(IReadOnlyDictionary<Value, long> stored, int storedLength, Layouts layouts, StepPlanner steps)
{
    private readonly Dictionary<Value, Placement> _placements = [];

    /// <summary>The floats of derived tensors so far.</summary>
    public int Length { get; private set; }

    public Placement Of(Value value)
    {
        if (stored.TryGetValue(value, out long offset))
            return new Placement(Space.Parameters, offset);
        if (!_placements.TryGetValue(value, out Placement placement))
        {
            int size = steps.Packing.FirstOrDefault(repacked => repacked.Packed == value)?.Size ?? layouts.Of(value).Size;
            placement = _placements[value] = new Placement(Space.Parameters, storedLength + Length);
            Length += Layout.RoundUp(size);
        }

        return placement;
    }

    /// <summary>The memory of steps that touch nothing else.</summary>
    public MemoryMap MapOf(IEnumerable<Step> program)
    {
        var memory = new MemoryMap();
        foreach (Value value in program.SelectMany(step => step.Bindings))
            memory.Placements[value] = Of(value);
        return memory;
    }
}
