using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Kernels;

/// <summary>
/// Cuts a sum over a batch into stretches of which a cache holds the factors, where each tile would bring them from beyond it again: so many samples,
/// or of a large sample so many steps along its lines or pixels. The hardware does not see the next stretch coming, as no tile reads whole lines of
/// it.
/// </summary>
internal static class SumStretches
{
    // Of more, a batch is little more than the cache holds, and hardly worth the text.
    private const int MostAtATime = TileCost.TypicalBatch / 4;

    // How much less traffic is worth that results are read and written for each stretch.
    private const double WorthReturning = 0.5;

    // The factors of a stretch, which leave most of the second cache to what comes and goes.
    private const double Wanted = 5 << 12;
    private const double MostOfStretch = 1 << 16;

    // The steps of each result for which it is worth returning.
    private const int FewestSteps = 32;

    // The vectors of a sum along vectors for which it is worth adding up its lanes once more, where all is gone through so many times.
    private const int FewestVectors = 32;
    private const double FewestTurns = 4;

    // What the first cache holds of factors, of which nothing is asked for; and the multiply-adds behind which asking for a line hides.
    private const double FirstCache = 3 << 12;
    private const int ProductsForAsking = 4;

    /// <param name="kernel">The kernel.</param>
    /// <param name="tile">Its tile.</param>
    /// <param name="lanes">The floats of a vector.</param>
    /// <returns>
    /// Null where a tile brings nothing again, where the results that take the sums up are more traffic than that saves, or where a tile computes
    /// again what another has, which must not add up.
    /// </returns>
    public static SumStretch? Of(Kernel kernel, Tile tile, int lanes)
    {
        if (kernel is not { Combine: Combine.SumOfProducts, Left: { } left, Right: { } right, Start: null, SummedSamples: >= 0 }
            || kernel.Results is not [{ Value: Variable(Kernel.Sum) }] || tile.Skipped is not null || Overlaps(kernel, tile, lanes))
        {
            return null;
        }

        double batch = LoopTraffic.LengthOf(kernel, left) + LoopTraffic.LengthOf(kernel, right);
        double again = TurnsOf(kernel, tile, left) * LoopTraffic.LengthOf(kernel, left)
            + TurnsOf(kernel, tile, right) * LoopTraffic.LengthOf(kernel, right);
        double results = LoopTraffic.ExtentOf(kernel, kernel.Results[0].Operand);
        if (batch >= TileCost.TypicalBatch * LoopTraffic.CachedLength && batch < WorthReturning * again
            && OfSample(kernel, tile, left, right, batch, results) is { } ofSample)
        {
            return ofSample;
        }

        if (kernel.Axes[tile.VectorAxis].IsReduced && OfLines(kernel, tile, left, right, batch, again) is { } ofLines)
            return ofLines;
        int few = (int)Math.Max(1, LoopTraffic.CachedLength * TileCost.TypicalBatch / batch);
        double blocks = Math.Ceiling((double)TileCost.TypicalBatch / few);
        return few <= MostAtATime && batch + 2 * (blocks - 1) * results < WorthReturning * again
            ? new SumStretch(few)
            : null;
    }

    // Of the outermost axis of a sample, as many steps as are wanted, or as few as are worth it.
    private static SumStretch? OfSample(Kernel kernel, Tile tile, KernelOperand left, KernelOperand right, double batch, double results)
    {
        // Lanes would be added up for each stretch, and of what lies along vectors whole lines are read.
        if (kernel.Axes[tile.VectorAxis].IsReduced)
            return null;
        int axis = Enumerable.Range(0, kernel.Axes.Count).Where(a => kernel.Axes[a] is { IsReduced: true, IsDynamic: false, Extent: > 1 })
            .DefaultIfEmpty(-1).First();
        if (axis < 0 || axis == tile.SlidingAxis || left.Strides[axis] == 0 || right.Strides[axis] == 0 || results > LoopTraffic.CachedLength)
            return null;
        int inner = 1, extent = kernel.Axes[axis].Extent;
        for (int a = axis + 1; a < kernel.Axes.Count; a++)
            inner *= kernel.Axes[a] is { IsReduced: true, IsDynamic: false, Extent: var steps } ? steps : 1;
        double step = batch / TileCost.TypicalBatch / extent;
        int[] worth = [.. Enumerable.Range(1, extent / 2)
            .Where(steps => extent % steps == 0 && steps * inner >= FewestSteps && steps * step <= MostOfStretch)];
        int chosen = worth.Where(steps => steps * step <= Wanted).DefaultIfEmpty(worth.FirstOrDefault()).Max();
        return chosen == 0 ? null : new SumStretch(1)
        {
            Axis = axis, Steps = chosen, AsksForLeft = IsWorthAsking(kernel, tile, left), AsksForRight = IsWorthAsking(kernel, tile, right),
        };
    }

    // Of sums along vectors as many lines as the first cache holds of what a tile reads, where it does not hold all of them.
    private static SumStretch? OfLines(Kernel kernel, Tile tile, KernelOperand left, KernelOperand right, double batch, double again)
    {
        int axis = Enumerable.Range(0, kernel.Axes.Count)
            .Where(a => a != tile.VectorAxis && kernel.Axes[a] is { IsReduced: true, IsDynamic: false, Extent: > 1 }).DefaultIfEmpty(-1).First();
        if (axis < 0 || left.Strides[axis] == 0 || right.Strides[axis] == 0 || again < FewestTurns * batch)
            return null;
        int extent = kernel.Axes[axis].Extent, vectors = Layout.RoundUp(kernel.Axes[tile.VectorAxis].Extent) / Layout.Lanes;
        double line = LineOf(left) + LineOf(right);
        int[] worth = [.. Enumerable.Range(1, extent / 2).Where(lines => extent % lines == 0 && lines * vectors >= FewestVectors)];
        int chosen = worth.Where(lines => lines * line <= FirstCache).DefaultIfEmpty(worth.FirstOrDefault()).Max();
        return chosen == 0 || extent * line < FirstCache || chosen * line > 2 * FirstCache ? null : new SumStretch(1) { Axis = axis, Steps = chosen };

        // What a tile reads of it.
        double LineOf(KernelOperand factor) => tile.Rows.Where(rows => Math.Abs(factor.Strides[rows.Axis]) >= Layout.Lanes)
            .Aggregate((double)kernel.Axes[tile.VectorAxis].Extent * factor.Strides[tile.VectorAxis], (length, rows) => length * rows.Count);
    }

    /// <summary>Whether the lines that a step reads of a factor, which no first cache holds, are few beside what it computes.</summary>
    private static bool IsWorthAsking(Kernel kernel, Tile tile, KernelOperand factor)
    {
        int lines = factor.Strides[tile.VectorAxis] != 0 ? tile.Vectors : 1;
        foreach (TileRows rows in tile.Rows)
            lines *= Math.Abs(factor.Strides[rows.Axis]) > 1 ? rows.Count : 1;
        return LoopTraffic.LengthOf(kernel, factor) > TileCost.TypicalBatch * FirstCache && ProductsForAsking * lines <= tile.RowCount * tile.Vectors;
    }

    // Whether the last tile of an axis reaches back to where the one before has been.
    private static bool Overlaps(Kernel kernel, Tile tile, int lanes) =>
        tile.Rows.Any(rows => rows.Rest == 0 && kernel.Axes[rows.Axis].Extent % rows.Count != 0)
        || (!kernel.Axes[tile.VectorAxis].IsReduced && kernel.Span(tile.VectorAxis) % (tile.Vectors * lanes) != 0
            && kernel.Span(tile.VectorAxis) > lanes);

    // How often the tiles go through a factor: once for each along the axes on which it does not depend.
    private static double TurnsOf(Kernel kernel, Tile tile, KernelOperand factor)
    {
        double turns = 1;
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (!kernel.Axes[a].IsReduced && factor.Strides[a] == 0)
                turns *= Math.Ceiling((double)kernel.Axes[a].Extent / (a == tile.VectorAxis ? tile.Vectors * Layout.Lanes : tile.CountAlong(a)));
        }

        return turns;
    }
}
