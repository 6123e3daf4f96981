namespace NetGen.Generators.Plans;

/// <summary>Who comes after whom in memory that tensors take turns in.</summary>
internal static class Succession
{
    /// <summary>
    /// For each allocation those that are the next to own some of its floats, in their order; none, if nobody comes after it. Who comes after
    /// these is not among them: they have that to say.
    /// </summary>
    /// <param name="order">The allocations, each once, in the order in which they are first written.</param>
    public static IReadOnlyDictionary<Allocation, IReadOnlyList<Allocation>> Of(IReadOnlyList<Allocation> order)
    {
        var successors = new Dictionary<Allocation, IReadOnlyList<Allocation>>();
        var blocks = new Dictionary<(Space, bool), List<(long Start, long End, int Owner)>>();
        for (int i = order.Count - 1; i >= 0; i--)
        {
            Allocation allocation = order[i];
            (Space, bool) key = (allocation.Place.Space, allocation.Place.IsPerSample);
            if (!blocks.TryGetValue(key, out List<(long Start, long End, int Owner)>? block))
                blocks[key] = block = [];
            successors[allocation] =
                [.. Take(block, allocation.Place.Offset, allocation.End, i).Distinct().OrderBy(next => next).Select(next => order[next])];
        }

        return successors;
    }

    /// <summary>Puts an owner into a block, whose parts lie in the order of their floats, and says who owned what it gets.</summary>
    private static List<int> Take(List<(long Start, long End, int Owner)> block, long start, long end, int owner)
    {
        int first = 0;
        for (int after = block.Count; first < after;)
        {
            int middle = (first + after) / 2;
            if (block[middle].End <= start)
                first = middle + 1;
            else
                after = middle;
        }

        var owners = new List<int>();
        var parts = new List<(long Start, long End, int Owner)>();
        int last = first;
        for (; last < block.Count && block[last].Start < end; last++)
        {
            owners.Add(block[last].Owner);
            if (block[last].Start < start)
                parts.Add((block[last].Start, start, block[last].Owner));
        }

        parts.Add((start, end, owner));
        if (last > first && block[last - 1].End > end)
            parts.Add((end, block[last - 1].End, block[last - 1].Owner));
        block.RemoveRange(first, last - first);
        block.InsertRange(first, parts);
        return owners;
    }
}
