using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace NetGen.Generators.Planning;

/// <summary>
/// Chooses the register tile of a kernel for an instruction set with a small cost model: per step of the reduction a tile
/// takes as long as its multiply-adds, its loads or the latency of one accumulator, whichever is longest.
/// </summary>
internal static class TilePlanner
{
    // What a batch is taken to be when its size is not known: large enough that remainders do not decide.
    private const int TypicalBatch = 64;

    // Exponentials and the like in a tile of a map.
    private const int MostTranscendentals = 2;

    // Loop control, addresses and the epilogue of one tile.
    private const double TileOverheadCycles = 10;

    // To leave out lines of zeros, each tile of rows needs code of its own: for few tiles only, and if many lines are zeros.
    private const int MostApart = 3;
    private const double WorthSkipping = 0.9;

    // Rows that slide along a longer window than this share no more, and are much code.
    private const int LongestWindow = 7;

    // Names, bodies and shares of a kernel all ask for its tiles; they are forgotten with the kernel.
    private static readonly ConditionalWeakTable<Kernel, ConcurrentDictionary<(InstructionSet Set, bool OneSample), Tile>> s_plans = new();

    /// <param name="kernel">The kernel.</param>
    /// <param name="set">The instruction set.</param>
    /// <param name="oneSample">Whether the batch is a single sample, so that no row lies along it.</param>
    public static Tile Plan(Kernel kernel, InstructionSet set, bool oneSample) => s_plans
        .GetOrCreateValue(kernel)
        .GetOrAdd((set, oneSample), key => Choose(kernel, key.Set, key.OneSample));

    private static Tile Choose(Kernel kernel, InstructionSet set, bool oneSample)
    {
        int vectorAxis = VectorAxis(kernel);
        if (vectorAxis < 0)
            return new Tile { VectorAxis = -1, Vectors = 1, Rows = [] };

        Tile? best = null;
        foreach (Tile tile in Candidates(kernel, set, vectorAxis, oneSample).SelectMany(tile => WithWindow(kernel, tile))
            .OrderBy(tile => tile.RowCount * tile.Vectors))
        {
            if (RegistersOf(kernel, tile) > set.Registers)
                continue;

            // A larger tile is more code, so it has to win by something.
            Tile costed = tile with { Cycles = Cycles(kernel, set, tile, oneSample) };
            if (best is null || costed.Cycles < best.Cycles * 0.98)
                best = costed;
        }

        return best! with { Chains = best!.SlidingAxis >= 0 ? 1 : Chains(kernel, set, best) };
    }

    /// <summary>
    /// The registers a tile keeps busy: its accumulators, the operands that one row loads and later rows use again, and one
    /// for what is used at once. One too many, and an accumulator travels through memory in every step.
    /// </summary>
    private static int RegistersOf(Kernel kernel, Tile tile)
    {
        if (tile.SlidingAxis >= 0)
        {
            int window = kernel.Axes[tile.SlidingAxis].Extent * (kernel.Right!.Strides[tile.VectorAxis] != 0 ? tile.Vectors : 1);
            return tile.RowCount * tile.Vectors + window + 1;
        }

        int kept = 0;
        foreach (KernelOperand operand in new[] { kernel.Left, kernel.Right }.OfType<KernelOperand>())
        {
            // Rows run with their last axis innermost: what moves only along that one is kept for the next round.
            bool movesWithFirst = tile.Rows.Count > 0 && operand.Strides[tile.Rows[0].Axis] != 0;
            bool movesWithLast = tile.Rows.Count > 1 && operand.Strides[tile.Rows[1].Axis] != 0;
            int vectors = operand.Strides[tile.VectorAxis] != 0 ? tile.Vectors : 1;
            kept += movesWithFirst ? (tile.Rows.Count > 1 && !movesWithLast ? vectors : 0)
                : movesWithLast ? tile.Rows[1].Count * vectors
                : tile.Rows.Count > 0 ? vectors : 0;
        }

        return tile.RowCount * tile.Vectors + kept + 1;
    }

    /// <summary>A tile, and the same with a window that slides along its rows.</summary>
    private static IEnumerable<Tile> WithWindow(Kernel kernel, Tile tile)
    {
        yield return tile;
        // A window's weights stay in registers while its rows pass by, so they must not move with the rows.
        if (kernel.Combine != Combine.SumOfProducts || kernel.Axes[tile.VectorAxis].IsReduced || tile.Rows.Count == 0 ||
            tile.Rows.Any(row => kernel.Right!.Strides[row.Axis] != 0))
            yield break;

        (int rowAxis, int rows) = tile.Rows[tile.Rows.Count - 1];
        int step = kernel.Left!.Strides[rowAxis];
        for (int a = 0; a < kernel.Axes.Count && step != 0; a++)
        {
            if (kernel.Axes[a] is not { IsReduced: true, IsDynamic: false, Extent: > 1 and <= LongestWindow } tap || a == tile.VectorAxis ||
                Math.Abs(kernel.Left.Strides[a]) != Math.Abs(step))
            {
                continue;
            }

            ImageLines? lines = null;
            foreach (ImageLines candidate in kernel.Lines)
            {
                if (candidate.Row == kernel.Axes[rowAxis].Name && candidate.Tap == tap.Name)
                    lines = candidate;
            }

            int extent = Extent(kernel, rowAxis);
            double live = lines is null || extent > rows * MostApart ? 1 : lines.LiveShare(extent, tap.Extent);
            // A broadcast is part of the multiply-add that reads it: there is no load to share.
            if (live > WorthSkipping && kernel.Left.Strides[tile.VectorAxis] == 0)
                continue;
            yield return tile with { SlidingAxis = a, Skipped = live > WorthSkipping ? null : lines, Live = live > WorthSkipping ? 1 : live };
        }
    }

    /// <summary>
    /// The axis along the vector: a parallel one if there is any, else a reduced one along which both factors are
    /// contiguous, whose partial sums are added up at the end; −1 if there is neither.
    /// </summary>
    public static int VectorAxis(Kernel kernel)
    {
        int parallel = ParallelVectorAxis(kernel);
        return parallel >= 0 ? parallel : Enumerable.Range(0, kernel.Axes.Count)
            .Where(a => kernel.Axes[a] is { IsReduced: true, IsDynamic: false } && kernel.Left?.Strides[a] == 1 &&
                kernel.Right?.Strides[a] is null or 1)
            .OrderByDescending(a => kernel.Axes[a].Extent)
            .DefaultIfEmpty(-1)
            .First();
    }

    /// <summary>The parallel axis along which everything that is read or written is contiguous or constant.</summary>
    public static int ParallelVectorAxis(Kernel kernel)
    {
        int best = -1;
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            KernelAxis axis = kernel.Axes[a];
            bool fits = !axis.IsReduced && !axis.IsDynamic &&
                kernel.Results.All(result => result.Operand.Strides[a] == 1) &&
                kernel.Operands.All(operand => operand.Strides[a] is 0 or 1);
            if (fits && (best < 0 || axis.Extent > kernel.Axes[best].Extent))
                best = a;
        }

        return best;
    }

    private static IEnumerable<Tile> Candidates(Kernel kernel, InstructionSet set, int vectorAxis, bool oneSample)
    {
        // Vectors along a reduced axis follow each other into the same sums.
        int allVectors = kernel.Axes[vectorAxis].IsReduced ? 1 : VectorsAlong(kernel, set, vectorAxis);
        // The JIT stops inlining in a body of many exponentials.
        int transcendentals = ExpressionCost.TranscendentalsIn(kernel.Results.Select(result => result.Value));
        int mostVectors = transcendentals == 0 ? 8 : Math.Max(1, MostTranscendentals / transcendentals);
        for (int vectors = 1; vectors <= Math.Min(allVectors, mostVectors); vectors++)
        {
            int most = set.Accumulators / vectors;
            if (most == 0)
                break;
            yield return new Tile { VectorAxis = vectorAxis, Vectors = vectors, Rows = [] };
            if (kernel.Combine == Combine.None)
                continue;

            int[] axes = [.. Enumerable.Range(0, kernel.Axes.Count).Where(a =>
                a != vectorAxis && !kernel.Axes[a].IsReduced && !(oneSample && IsSampleOrStream(kernel, a)))];
            foreach (int first in axes)
            {
                for (int count = 2; count <= Math.Min(most, Extent(kernel, first)); count++)
                {
                    // Batches come in even sizes; an odd tile would leave rows over in most of them.
                    if (kernel.Axes[first].IsDynamic && count % 2 != 0)
                        continue;
                    yield return new Tile { VectorAxis = vectorAxis, Vectors = vectors, Rows = [(first, count)] };
                    foreach (int second in axes.Where(second => second > first && !kernel.Axes[second].IsDynamic && !kernel.Axes[first].IsDynamic))
                    {
                        for (int other = 2; count * other <= most && other <= Extent(kernel, second); other++)
                            yield return new Tile { VectorAxis = vectorAxis, Vectors = vectors, Rows = [(first, count), (second, other)] };
                    }
                }
            }
        }
    }

    // With one sample a product is bound by the bytes of its weights, which arrive fastest as one stream: rows must not lie
    // along an axis that moves in the weights alone.
    private static bool IsSampleOrStream(Kernel kernel, int axis) =>
        kernel.Axes[axis].IsDynamic || (kernel.Left?.Strides[axis] == 0 && kernel.Right?.Strides[axis] > 1);

    private static double Cycles(Kernel kernel, InstructionSet set, Tile tile, bool oneSample)
    {
        // Work along each tiled axis comes in whole tiles and one smaller one; each costs like a tile of its own.
        int alongVector = kernel.Axes[tile.VectorAxis].IsReduced ? 1 : VectorsAlong(kernel, set, tile.VectorAxis);
        double total = TilesAlong(alongVector, tile.Vectors).Sum(vectors =>
            RowShapes(kernel, tile).Sum(rows => rows.Times * CyclesOfTile(kernel, set, tile, vectors.Size, rows.Counts) * vectors.Times));
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (!kernel.Axes[a].IsReduced && a != tile.VectorAxis && tile.CountAlong(a) == 1)
                total *= oneSample && kernel.Axes[a].IsDynamic ? 1 : Extent(kernel, a);
        }

        return total;
    }

    private static double CyclesOfTile(Kernel kernel, InstructionSet set, Tile tile, int vectors, int[] counts)
    {
        int rows = counts.Aggregate(1, (product, count) => product * count);
        double steps = 1;
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (kernel.Axes[a].IsReduced)
                steps *= a == tile.VectorAxis ? VectorsAlong(kernel, set, a) : Extent(kernel, a);
        }

        if (kernel.Combine == Combine.None)
            return vectors * kernel.Operands.Count() * set.LoadCycles + 2;

        double loads = 0;
        foreach (KernelOperand operand in new[] { kernel.Left, kernel.Right }.OfType<KernelOperand>())
        {
            int distinct = 1;
            for (int r = 0; r < counts.Length; r++)
                distinct *= operand.Strides[tile.Rows[r].Axis] != 0 ? counts[r] : 1;
            double load = set.LoadCycles * (IsAligned(kernel, operand, tile.VectorAxis, set) ? 1 : 1 + set.Lanes / 16.0);
            // Along a sliding axis a step's rows overlap with the next step's.
            if (tile.SlidingAxis >= 0 && operand == kernel.Left)
            {
                int window = kernel.Axes[tile.SlidingAxis].Extent, last = counts[counts.Length - 1];
                distinct = distinct / last * (last + window - 1);
                loads += operand.Strides[tile.VectorAxis] != 0 ? distinct * vectors * load / window : distinct * 0.5 / window;
                continue;
            }

            loads += operand.Strides[tile.VectorAxis] != 0 ? distinct * vectors * load : distinct * 0.5;
        }

        int accumulators = rows * vectors;
        double latency = accumulators >= InstructionSet.Latency / set.MultiplyAddCycles ? 0 : InstructionSet.Latency / Math.Min(4.0, 8.0 / accumulators);
        double step = Math.Max(Math.Max(accumulators * set.MultiplyAddCycles * tile.Live, loads), latency) + 0.5 + 0.05 * loads;
        return steps * step + TileOverheadCycles + accumulators;
    }

    // A vector that begins anywhere touches two cache lines, always if it is as long as one, and is loaded twice.
    private static bool IsAligned(Kernel kernel, KernelOperand operand, int vectorAxis, InstructionSet set)
    {
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (a != vectorAxis && operand.Strides[a] % set.Lanes != 0)
                return false;
        }

        return true;
    }

    private static IEnumerable<(int[] Counts, double Times)> RowShapes(Kernel kernel, Tile tile)
    {
        if (tile.Rows.Count == 0)
            return [([], 1)];

        var first = TilesAlong(Extent(kernel, tile.Rows[0].Axis), tile.Rows[0].Count);
        return tile.Rows.Count == 1
            ? first.Select(f => (new[] { f.Size }, (double)f.Times))
            : first.SelectMany(f => TilesAlong(Extent(kernel, tile.Rows[1].Axis), tile.Rows[1].Count)
                .Select(s => (new[] { f.Size, s.Size }, (double)f.Times * s.Times)));
    }

    private static IEnumerable<(int Size, int Times)> TilesAlong(int extent, int size)
    {
        if (extent >= size)
            yield return (size, extent / size);
        if (extent % size != 0)
            yield return (extent % size, 1);
    }

    private static int Chains(Kernel kernel, InstructionSet set, Tile tile)
    {
        KernelAxis? inner = kernel.Axes.LastOrDefault(axis => axis.IsReduced);
        if (inner is null || kernel.Axes[tile.VectorAxis].IsReduced || inner.IsDynamic || kernel.Combine == Combine.None)
            return 1;

        // Twice the latency's worth: the loads of the next chain then overlap with this one's arithmetic.
        int wanted = 8 / (tile.RowCount * tile.Vectors);
        return wanted >= 4 && inner.Extent >= 8 ? 4 : wanted >= 2 && inner.Extent >= 4 ? 2 : 1;
    }

    public static int VectorsAlong(Kernel kernel, InstructionSet set, int vectorAxis) =>
        (kernel.Axes[vectorAxis].Extent + set.Lanes - 1) / set.Lanes;

    private static int Extent(Kernel kernel, int axis) =>
        kernel.Axes[axis].IsDynamic ? TypicalBatch : kernel.Axes[axis].Extent;
}
