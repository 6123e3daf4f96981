using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Memory;

/// <summary>Where a prediction finds what belongs to no sample: what is stored, and behind it what is derived from that.</summary>
internal sealed class PreparedMemory(IReadOnlyDictionary<Value, long> stored, int storedLength, Layouts layouts, StepPlanner steps)
{
    private readonly Dictionary<Value, Allocation> _allocations = [];

    /// <summary>The floats of derived tensors so far.</summary>
    public int Length { get; private set; }

    public Allocation Of(Value value)
    {
        if (_allocations.TryGetValue(value, out Allocation? allocation))
            return allocation;
        int size = steps.Packing.FirstOrDefault(repacked => repacked.Packed == value)?.Size ?? layouts.Of(value).Size;
        bool isStored = stored.TryGetValue(value, out long offset);
        allocation = _allocations[value] = new Allocation(value, new Placement(Space.Parameters, isStored ? offset : storedLength + Length), size);
        Length += isStored ? 0 : Layout.RoundUp(size);
        return allocation;
    }

    /// <summary>The memory of steps that touch nothing else.</summary>
    public MemoryMap MapOf(IEnumerable<Step> program)
    {
        var memory = new MemoryMap();
        foreach (Value value in program.SelectMany(step => step.Bindings))
            memory[value] = Of(value);
        return memory;
    }
}
