namespace NetGen.Generators.Plans;

/// <summary>Allocations by where they lie, so that those in the way of one need not be looked for among all.</summary>
internal sealed class AllocationIndex
{
    private readonly Dictionary<(Space, bool), Block> _blocks;

    public AllocationIndex(IEnumerable<Allocation> allocations) => _blocks = allocations
        .GroupBy(allocation => (allocation.Place.Space, allocation.Place.IsPerSample))
        .ToDictionary(block => block.Key, block => new Block([.. block.OrderBy(allocation => allocation.Place.Offset)]));

    /// <summary>Those that have floats in common with one, itself among them where it is one of them.</summary>
    public IEnumerable<Allocation> Overlapping(Allocation allocation) =>
        _blocks.TryGetValue((allocation.Place.Space, allocation.Place.IsPerSample), out Block? block) ? block.Overlapping(allocation) : [];

    private sealed class Block
    {
        private readonly Allocation[] _sorted;

        // The end of all up to one.
        private readonly long[] _ends;

        public Block(Allocation[] sorted)
        {
            _sorted = sorted;
            _ends = new long[sorted.Length];
            for (int i = 0; i < sorted.Length; i++)
                _ends[i] = Math.Max(sorted[i].End, i == 0 ? 0 : _ends[i - 1]);
        }

        public IEnumerable<Allocation> Overlapping(Allocation allocation)
        {
            int i = 0;
            for (int after = _sorted.Length; i < after;)
            {
                int middle = (i + after) / 2;
                if (_sorted[middle].Place.Offset < allocation.End)
                    i = middle + 1;
                else
                    after = middle;
            }

            for (i--; i >= 0 && _ends[i] > allocation.Place.Offset; i--)
            {
                if (_sorted[i].Overlaps(allocation))
                    yield return _sorted[i];
            }
        }
    }
}
