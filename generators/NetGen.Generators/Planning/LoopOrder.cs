namespace NetGen.Generators.Planning;

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
}
