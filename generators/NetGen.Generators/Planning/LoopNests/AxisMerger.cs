namespace NetGen.Generators.Planning.LoopNests;

/// <summary>An axis of a kernel under construction: its extent and the stride of every operand along it.</summary>
internal sealed record LoopAxis(string Name, int Extent, bool IsReduced, int[] Strides)
{
    public bool IsDynamic => Extent == Graph.Axis.Dynamic;
}

/// <summary>Joins neighbouring loops into one wherever every operand runs on without a gap from one to the next.</summary>
internal static class AxisMerger
{
    public static List<LoopAxis> Merge(IEnumerable<LoopAxis> axes)
    {
        var merged = new List<LoopAxis>();
        // A parallel axis of one element stays where results are contiguous along it: vectors lie along it, padded.
        foreach (LoopAxis axis in axes.Where(axis => axis.Extent != 1 || (!axis.IsReduced && axis.Strides[0] == 1)))
        {
            if (merged.Count > 0 && Follows(merged[merged.Count - 1], axis))
            {
                LoopAxis outer = merged[merged.Count - 1];
                merged[merged.Count - 1] = axis with { Name = outer.Name, Extent = outer.Extent * axis.Extent };
            }
            else
            {
                merged.Add(axis);
            }
        }

        return merged;
    }

    private static bool Follows(LoopAxis outer, LoopAxis inner)
    {
        bool follows = outer.IsReduced == inner.IsReduced && !outer.IsDynamic && !inner.IsDynamic;
        for (int i = 0; follows && i < outer.Strides.Length; i++)
            follows = outer.Strides[i] == inner.Strides[i] * inner.Extent;
        return follows;
    }
}
