using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Memory;

/// <summary>
/// Packs the scratch tensors of a program into one block: two whose lives do not overlap may share memory, except those
/// whose zeros around the data must last.
/// </summary>
internal sealed class ScratchAllocator
{
    private readonly List<Life> _lives = [];

    /// <summary>The length of the block in floats, after <see cref="Allocate"/>.</summary>
    public long Length { get; private set; }

    /// <summary>Notes that step <paramref name="step"/> touches a tensor.</summary>
    public void Use(Value value, int step, long size, bool isExclusive)
    {
        Life? life = _lives.Find(candidate => candidate.Value == value);
        if (life is null)
            _lives.Add(life = new Life(value, size, isExclusive) { First = step });
        life.Last = step;
    }

    /// <summary>Makes tensors that the loop over steps [0, <paramref name="count"/>) writes and others read last through all of it.</summary>
    public void Extend(int count, Func<Value, bool> outlivesLoop)
    {
        foreach (Life life in _lives.Where(life => life.First < count && outlivesLoop(life.Value)))
            life.First = 0;
    }

    public IEnumerable<(Value Value, long Offset)> Allocate()
    {
        var placed = new List<Life>();
        foreach (Life life in _lives.OrderByDescending(life => life.Size))
        {
            // The first gap among those that live at the same time.
            long offset = 0;
            foreach (Life other in placed.Where(other => other.Overlaps(life)).OrderBy(other => other.Offset))
            {
                if (other.Offset >= offset + life.Size)
                    break;
                offset = Math.Max(offset, other.Offset + other.Size);
            }

            life.Offset = offset;
            placed.Add(life);
            Length = Math.Max(Length, offset + life.Size);
        }

        return _lives.Select(life => (life.Value, life.Offset));
    }

    private sealed class Life(Value value, long size, bool isExclusive)
    {
        public Value Value { get; } = value;

        public long Size { get; } = (size + Layout.Lanes - 1) / Layout.Lanes * Layout.Lanes;

        public int First { get; set; }

        public int Last { get; set; }

        public long Offset { get; set; }

        public bool Overlaps(Life other) => isExclusive || other.IsExclusive || (First <= other.Last && other.First <= Last);

        private bool IsExclusive => isExclusive;
    }
}
