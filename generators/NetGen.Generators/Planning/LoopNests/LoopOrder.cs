namespace NetGen.Generators.Planning.LoopNests;

/// <summary>
/// The order of a kernel's loops before tiling: the batch, then the parallel axes, then the reduced ones, each group from
/// the largest stride to the smallest so that memory is walked forward and neighbours can be joined.
/// </summary>
internal static class LoopOrder
{
    public static IEnumerable<LoopAxis> Sort(IEnumerable<LoopAxis> axes) => axes
        .OrderBy(axis => axis.IsReduced)
        .ThenByDescending(axis => axis.IsDynamic)
        .ThenByDescending(axis => Math.Abs(axis.Strides[axis.IsReduced && axis.Strides.Length > 1 ? 1 : 0]))
        .ThenByDescending(axis => axis.Strides.Max());

    // Fewer steps than this, and entering and leaving the loop shows.
    private const int ShortLoop = 8;

    /// <summary>Makes the innermost reduced loop a long one, where a kernel's few taps would be innermost otherwise.</summary>
    public static List<LoopAxis> WithLongInnerLoop(List<LoopAxis> axes)
    {
        if (axes.Count == 0 || !axes[axes.Count - 1].IsReduced || axes[axes.Count - 1].Extent >= ShortLoop)
            return axes;

        LoopAxis? longest = axes.Where(axis => axis is { IsReduced: true, IsDynamic: false }).OrderByDescending(axis => axis.Extent).FirstOrDefault();
        return longest is null || longest.Extent < ShortLoop
            ? axes
            : [.. axes.Where(axis => axis != longest), longest];
    }
}
