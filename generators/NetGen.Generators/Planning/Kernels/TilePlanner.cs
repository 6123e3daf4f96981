using NetGen.Generators.Expressions;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Kernels;

/// <summary>
/// Chooses the register tile of a kernel: of all that fit the registers the one that <see cref="TileCost"/> finds cheapest,
/// or a smaller one that is as good, because it is less code.
/// </summary>
internal static class TilePlanner
{
    // How much slower a smaller tile may be and still be as good.
    private const double AsGood = 1.02;

    // Exponentials and the like in a tile of a map.
    private const int MostTranscendentals = 2;

    // Rows of sums that have nothing in common, which memory bounds.
    private const int MostSums = 6;

    // To leave out lines of zeros, each tile of rows needs code of its own: for few tiles only, and if many lines are zeros.
    private const int MostApart = 3;
    private const double WorthSkipping = 0.9;

    // Multiply-adds of all static axes from which a smaller tile, for what whole ones leave, is worth its text.
    private const long WorthRest = 32768;

    // Weights of a single sample's product that the first cache holds beside everything else.
    private const long MostCachedWeights = 6144;

    // Sums of vectors side by side from which it shows that all of them start at once.
    private const int ManySums = 16;

    // Rows that slide along a longer window than this share no more, and are much code.
    private const int LongestWindow = 7;

    /// <param name="kernel">The kernel.</param>
    /// <param name="registers">The registers.</param>
    /// <param name="oneSample">Whether the batch is a single sample, so that no row lies along it.</param>
    public static Tile Choose(Kernel kernel, RegisterFile registers, bool oneSample)
    {
        int vectorAxis = VectorAxes.Of(kernel);
        if (vectorAxis < 0)
            return new Tile { VectorAxis = -1, Vectors = 1 };

        if (EndsShort(kernel, registers, vectorAxis))
            return new Tile { VectorAxis = vectorAxis, Vectors = 1, EndsShort = true };

        IReadOnlyList<(Tile Tile, double Cycles)> candidates = Priced(kernel, registers, oneSample);
        double best = candidates.Min(candidate => candidate.Cycles);
        Tile chosen = candidates
            .Where(candidate => candidate.Cycles <= best * AsGood)
            .OrderBy(candidate => candidate.Tile.Accumulators + (candidate.Tile.Rest?.Accumulators ?? 0))
            .ThenBy(candidate => candidate.Cycles)
            .First().Tile;
        return Completed(kernel, chosen, registers, oneSample);
    }

    /// <summary>All tiles that fit the registers, with what they cost; the kernel must have an axis for vectors.</summary>
    public static IReadOnlyList<(Tile Tile, double Cycles)> Priced(Kernel kernel, RegisterFile registers, bool oneSample)
    {
        var cost = new TileCost(kernel, registers, oneSample);
        return
        [
            .. Candidates(kernel, registers, VectorAxes.Of(kernel), oneSample)
                .SelectMany(tile => WithWindow(kernel, tile))
                .SelectMany(tile => WithRest(kernel, tile))
                .Where(tile => RegistersOf(kernel, tile) <= registers.Registers)
                .Select(tile => (tile, cost.Of(tile))),
        ];
    }

    /// <summary>The tile with as many partial sums as it needs, and what the order of the loops around it depends on.</summary>
    public static Tile Completed(Kernel kernel, Tile tile, RegisterFile registers, bool oneSample)
    {
        Tile ordered = LoopTraffic.Ordered(kernel, tile, registers.Lanes) with { Chains = tile.SlidingAxis >= 0 ? 1 : Chains(kernel, tile) };
        PixelBlock? pixels = LoopTraffic.PixelsAtATime(kernel, ordered);
        return ordered with
        {
            // Of so many pixels the last few may be computed again.
            Rows = pixels is null ? ordered.Rows : ordered.Rows.Select(rows => rows with { Rest = 0 }).ToEquatableArray(),
            Pixels = pixels,
            PanelsLead = LoopTraffic.PanelsLead(kernel),
            ChannelsLead = LoopTraffic.ChannelsLead(kernel),
            StartsLast = kernel.Start is not null && registers == RegisterFile.Of32 && tile.Vectors > 1 && tile.Accumulators >= ManySums,
            Ahead = ordered.Stretch is null ? LoopTraffic.Ahead(kernel, tile) : null,
            PixelsAhead = LoopTraffic.PixelsAhead(kernel, ordered, registers.Lanes),
            StreamsWeights = oneSample && LoopTraffic.StreamsWeights(kernel, tile, registers.Lanes),
        };
    }

    /// <summary>
    /// Whether a map leaves at most four lanes behind its whole vectors, which are few, and has enough arithmetic that these count: the
    /// gates of 20 units take one long vector and a short one instead of two long ones.
    /// </summary>
    private static bool EndsShort(Kernel kernel, RegisterFile registers, int vectorAxis) =>
        registers == RegisterFile.Any && kernel.Combine == Combine.None && !kernel.Axes[vectorAxis].IsReduced &&
        kernel.Axes[vectorAxis].Extent is > Layout.Lanes and < 3 * Layout.Lanes and var extent && extent % Layout.Lanes is > 0 and <= 4 &&
        ExpressionCost.TranscendentalsIn(kernel.Results.Select(result => result.Value)) > 0;

    /// <summary>
    /// The registers a tile keeps busy: its accumulators, the operands that one row loads and later rows use again, and one
    /// for what is used at once. One too many, and an accumulator travels through memory in every step.
    /// </summary>
    private static int RegistersOf(Kernel kernel, Tile tile)
    {
        // The orders of what is a few apart.
        int kept = kernel.LeftStep > 1 ? 2 : 0;
        if (tile.SlidingAxis >= 0)
        {
            int window = kernel.Axes[tile.SlidingAxis].Extent * (kernel.Right!.Strides[tile.VectorAxis] != 0 ? tile.Vectors : 1);
            return tile.RowCount * tile.Vectors + window + kept + 1;
        }

        foreach (KernelOperand? operand in new[] { kernel.Left, kernel.Right })
        {
            if (operand is null)
                continue;
            // Rows run with their last axis innermost: what moves only along that one is kept for the next round.
            bool movesWithFirst = tile.Rows.Count > 0 && operand.Strides[tile.Rows[0].Axis] != 0;
            bool movesWithLast = tile.Rows.Count > 1 && operand.Strides[tile.Rows[1].Axis] != 0;
            int vectors = operand.Strides[tile.VectorAxis] != 0 ? tile.Vectors : 1;
            kept += movesWithFirst ? (tile.Rows.Count > 1 && !movesWithLast ? vectors : 0)
                : movesWithLast ? tile.Rows[1].Count * vectors
                : tile.Rows.Count > 0 ? vectors : 0;
        }

        // What the steps of a sum have in common is held, and a term has a part or two on the way.
        kept += tile.RowCount * tile.Vectors * kernel.Terms.Count(kernel.IsHeld) + (kernel.Term is null ? 0 : 2);
        return tile.RowCount * tile.Vectors * kernel.SumCount + kept + 1;
    }

    /// <summary>A tile, and the same with a window that slides along its rows.</summary>
    private static IEnumerable<Tile> WithWindow(Kernel kernel, Tile tile)
    {
        yield return tile;
        // A window's weights stay in registers while its rows pass by, so they must not move with the rows.
        if (kernel.Combine != Combine.SumOfProducts || kernel.Axes[tile.VectorAxis].IsReduced || tile.Rows.Count == 0 ||
            MovesWithRows(kernel.Right!, tile))
            yield break;

        (int rowAxis, int rows) = (tile.Rows[tile.Rows.Count - 1].Axis, tile.Rows[tile.Rows.Count - 1].Count);
        int step = kernel.Left!.Strides[rowAxis];
        for (int a = 0; a < kernel.Axes.Count && step != 0; a++)
        {
            if (kernel.Axes[a] is not { IsReduced: true, IsDynamic: false, Extent: > 1 and <= LongestWindow } tap || a == tile.VectorAxis ||
                !Overlap(kernel.Left.Strides[a], step))
            {
                continue;
            }

            ImageLines? lines = tile.LinesOf(kernel, a);
            bool skips = lines is not null && !kernel.Axes[rowAxis].IsDynamic && kernel.Axes[rowAxis].Extent <= rows * MostApart &&
                lines.LiveShare(kernel.Axes[rowAxis].Extent, tap.Extent) <= WorthSkipping;
            // A broadcast is part of the multiply-add that reads it: there is no load to share.
            if (!skips && kernel.Left.Strides[tile.VectorAxis] == 0)
                continue;
            yield return tile with { SlidingAxis = a, Skipped = skips ? lines : null };
        }
    }

    // Of windows by steps of two, or with gaps of one between their taps, every other row or tap meets what is read.
    private static bool Overlap(int tapStride, int rowStride)
    {
        (int taps, int rows) = (Math.Abs(tapStride), Math.Abs(rowStride));
        return taps == rows || (taps > 0 && (rows == 2 * taps || taps == 2 * rows));
    }

    private static bool MovesWithRows(KernelOperand operand, Tile tile)
    {
        foreach (TileRows rows in tile.Rows)
        {
            if (operand.Strides[rows.Axis] != 0)
                return true;
        }

        return false;
    }

    /// <summary>A tile, and the same with a smaller one for what whole ones leave along one of its axes.</summary>
    private static IEnumerable<Tile> WithRest(Kernel kernel, Tile tile)
    {
        yield return tile;
        // Small kernels are not worth the text; workers' shares of an axis of known length end anywhere.
        if (kernel.Combine != Combine.SumOfProducts || kernel.StaticWork < WorthRest || tile.SlidingAxis >= 0)
            yield break;
        for (int i = 0; i < tile.Rows.Count; i++)
        {
            TileRows rows = tile.Rows[i];
            KernelAxis axis = kernel.Axes[rows.Axis];
            int left = TileCost.Extent(kernel, rows.Axis) % rows.Count;
            if (left == 0 || (axis.IsRanged && !axis.IsDynamic))
                continue;
            TileRows[] withRest = [.. tile.Rows];
            withRest[i] = rows with { Rest = left };
            yield return tile with { Rows = withRest.ToEquatableArray() };
        }
    }

    private static IEnumerable<Tile> Candidates(Kernel kernel, RegisterFile registers, int vectorAxis, bool oneSample)
    {
        // Rows that read nothing in common hide latency and no more, as partial sums do that go on where the last have stopped: far from each
        // other in memory they would compete for the same lines of the first cache. Sums along vectors have rows instead of partial sums.
        bool needsRows = kernel.Axes[vectorAxis].IsReduced;
        int[] axes = kernel.Combine == Combine.None ? [] : [.. Enumerable.Range(0, kernel.Axes.Count).Where(a =>
            a != vectorAxis && !kernel.Axes[a].IsReduced && !(oneSample && IsSampleOrStream(kernel, a)) && (needsRows || IsShared(kernel, a)))];
        foreach (int vectors in VectorCounts(kernel, registers, vectorAxis))
        {
            int most = registers.Accumulators / (vectors * kernel.SumCount);
            if (most == 0)
                yield break;
            var tile = new Tile { VectorAxis = vectorAxis, Vectors = vectors };
            yield return tile;
            foreach (int first in axes)
            {
                int mostRows = Math.Min(MostAlong(first), TileCost.Extent(kernel, first));
                for (int count = 2; count <= mostRows; count++)
                {
                    // Batches come in even sizes; an odd tile would compute rows twice in most of them.
                    if (kernel.Axes[first].IsDynamic && count % 2 != 0)
                        continue;
                    yield return tile with { Rows = new[] { new TileRows(first, count) }.ToEquatableArray() };
                    foreach (int second in axes.Where(second => second > first && !kernel.Axes[second].IsDynamic && !kernel.Axes[first].IsDynamic))
                    {
                        int mostOthers = Math.Min(MostAlong(second) / count, kernel.Axes[second].Extent);
                        for (int other = 2; other <= mostOthers; other++)
                            yield return tile with { Rows = new[] { new TileRows(first, count), new TileRows(second, other) }.ToEquatableArray() };
                    }
                }
            }

            int MostAlong(int axis) => IsShared(kernel, axis) ? most : Math.Min(MostSums, most);
        }
    }

    /// <summary>Whether what one row reads of a factor the next row along an axis reads again.</summary>
    private static bool IsShared(Kernel kernel, int axis) =>
        kernel is { Left: { } left, Right: { } right } && (left.Strides[axis] == 0 || right.Strides[axis] == 0);

    /// <summary>How many vectors a tile may have along the vector axis, so that the last one can reach back into it.</summary>
    private static IEnumerable<int> VectorCounts(Kernel kernel, RegisterFile registers, int vectorAxis)
    {
        // Vectors along a reduced axis follow each other into the same sums; a map reads once and writes once.
        if (kernel.Axes[vectorAxis].IsReduced || kernel.Combine == Combine.None)
            return [1];
        // The JIT stops inlining in a body of many exponentials.
        int transcendentals = ExpressionCost.TranscendentalsIn(kernel.Results.Select(result => result.Value));
        int most = transcendentals == 0 ? 8 : Math.Max(1, MostTranscendentals / transcendentals);
        int room = kernel.Span(vectorAxis) / registers.Lanes;
        // Vectors of unknown width come in powers of two, which divide what is padded to the widest.
        int[] counts = registers == RegisterFile.Of32 || registers == RegisterFile.Of16Short ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 2, 4];
        counts = [.. counts.Where(count => count == 1 || (count <= most && count <= room))];
        // What is written in passing is not written again.
        return kernel.Passing.Any() ? counts.Where(count => room % count == 0) : counts;
    }

    // With one sample a product is bound by the bytes of its weights, which arrive fastest as one stream: rows must not lie
    // along an axis that moves in the weights alone, unless these stay in the first cache, or pixels share each that is loaded into a sum along vectors.
    private static bool IsSampleOrStream(Kernel kernel, int axis) =>
        kernel.Axes[axis].IsDynamic ||
        (kernel is { Left: { } left, Right: { } right } && left.Strides[axis] == 0 && right.Strides[axis] > 1
            && kernel.StaticWork > MostCachedWeights && !IsOfSample(kernel, right) && !SumsPixels(kernel, left) && !LiesAlongPixels(kernel, left));

    private static bool SumsPixels(Kernel kernel, KernelOperand image) => kernel.Axes[VectorAxes.Of(kernel)].IsReduced
        && Enumerable.Range(0, kernel.Axes.Count).Any(a => kernel.Axes[a] is { IsReduced: false, IsDynamic: false, Extent: > 1 } && image.Strides[a] != 0);

    // A weight is then multiplied with a whole vector of the image, and all pixels share it.
    private static bool LiesAlongPixels(Kernel kernel, KernelOperand image) =>
        VectorAxes.Of(kernel) is var axis && !kernel.Axes[axis].IsReduced && image.Strides[axis] != 0;

    private static bool IsOfSample(Kernel kernel, KernelOperand factor)
    {
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (kernel.Axes[a].IsDynamic && factor.Strides[a] != 0)
                return true;
        }

        return false;
    }

    // The taps of a gradient: what lies ahead is behind.
    private static bool RunsBackwards(Kernel kernel)
    {
        int inner = kernel.Axes.ToList().FindLastIndex(axis => axis.IsReduced);
        return new[] { kernel.Left, kernel.Right }.Any(factor => factor?.Strides[inner] < 0);
    }

    /// <summary>
    /// The partial sums of a row whose sums run along vectors: of rows that are few as many as hide the latency, if each adds up some vectors.
    /// </summary>
    public static int LaneChains(Kernel kernel, Tile tile)
    {
        int vectors = kernel.Axes[tile.VectorAxis].Extent / Layout.Lanes, wanted = RegisterFile.Latency / (tile.RowCount * kernel.SumCount);
        return wanted >= 4 && vectors >= 8 ? 4 : wanted >= 2 && vectors >= 4 ? 2 : 1;
    }

    private static int Chains(Kernel kernel, Tile tile)
    {
        if (kernel.Axes[tile.VectorAxis].IsReduced)
            return LaneChains(kernel, tile);
        KernelAxis? inner = kernel.Axes.LastOrDefault(axis => axis.IsReduced);
        if (inner is null || inner.IsDynamic || kernel.Combine == Combine.None || RunsBackwards(kernel))
            return 1;

        // Twice the latency's worth: the loads of the next chain then overlap with this one's arithmetic.
        int wanted = 8 / (tile.RowCount * tile.Vectors * kernel.SumCount);
        return wanted >= 4 && inner.Extent >= 8 ? 4 : wanted >= 2 && inner.Extent >= 4 ? 2 : 1;
    }
}
