using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Kernels;

/// <summary>
/// What a tile costs, in cycles of the whole kernel: per step of the reduction a tile takes as long as its multiply-adds, its
/// loads or the latency of one accumulator, whichever is longest.
/// </summary>
internal sealed class TileCost(Kernel kernel, RegisterFile registers, bool oneSample)
{
    /// <summary>What a batch is taken to be when its size is not known: large enough that its last tile does not decide.</summary>
    public const int TypicalBatch = 64;

    // Loop control of one tile, and the addresses of each of its rows.
    private const double TileOverheadCycles = 4;
    private const double RowOverheadCycles = 1;

    // Loads beside the multiply-adds are not for nothing, least of all where two multiply-adds start per cycle.
    private const double LoadWeight = 0.15;

    // Rows of which each lies on a page of its own, in floats, and what loads then cost more.
    private const int Page = 1024;
    private const double FarLoad = 1.2;

    // Sums over all samples of a batch stream what they read from beyond the second cache, once for each tile: this much of the time
    // a cache line takes from there does not hide behind arithmetic.
    private const double StreamedLineCycles = 0.7;

    // What a sum over all samples may cost more with one worker, so that several can share it.
    private const double WorthSharing = 1.1;

    private readonly KernelOperand[] _factors = [.. kernel.Factors.Where(factor => !kernel.IsHeld(factor))];
    private readonly int _operands = kernel.Operands.Count;
    private readonly int _inner = kernel.Axes.ToList().FindLastIndex(axis => axis.IsReduced);
    private readonly bool _streams = kernel.SummedSamples >= 0;

    public double Of(Tile tile)
    {
        // Along each tiled axis the last tile is as large as the others, and does some of the work again, or there is a smaller one.
        double tiles = kernel.Axes[tile.VectorAxis].IsReduced ? 1 : TilesAlongVector(kernel.Axes[tile.VectorAxis].Extent, tile.Vectors);
        double cycles = CyclesOf(tile, PartialSums(tile));
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (kernel.Axes[a].IsReduced || a == tile.VectorAxis || (oneSample && kernel.Axes[a].IsDynamic))
                continue;
            int extent = Extent(kernel, a), size = tile.CountAlong(a);
            // What is written apart for its lines of zeros ends where its axis does.
            int rest = tile.Skipped?.Row == kernel.Axes[a].Name ? extent % size : tile.Rows.FirstOrDefault(row => row.Axis == a).Rest;
            if (rest == 0)
                tiles *= Quotient(extent, size);
            else
                cycles = extent / size * cycles + Quotient(extent % size, rest) * CyclesOf(tile.Narrowed(a, rest), partialSums: 1);
        }

        return tiles * cycles * (IsOneShare(tile) ? WorthSharing : 1);
    }

    // A text that serves two widths may come out even at one of them alone. Half as wide, twice as many are as much work.
    private double TilesAlongVector(int extent, int vectors)
    {
        int tiles = Quotient(Quotient(extent, registers.Lanes), vectors);
        return registers.ShortLanes == registers.Lanes
            ? tiles
            : (tiles + (double)Quotient(Quotient(extent, registers.ShortLanes), vectors) * registers.ShortLanes / registers.Lanes) / 2;
    }

    /// <summary>A window's taps go into one accumulator one after the other; elsewhere small tiles have several partial sums in turn.</summary>
    private int PartialSums(Tile tile) => tile.SlidingAxis >= 0 ? 1
        : kernel.Axes[tile.VectorAxis].IsReduced ? TilePlanner.LaneChains(kernel, tile)
        : Math.Max(1, Math.Min(4, 8 / (tile.RowCount * tile.Vectors * kernel.SumCount)));

    /// <summary>Whether a single tile covers the axis along which workers share a gradient, so that one of them has it all to do.</summary>
    private bool IsOneShare(Tile tile)
    {
        for (int a = 0; kernel.Combine == Combine.SumOfProducts && a < kernel.Axes.Count; a++)
        {
            if (kernel.Axes[a] is { IsRanged: true, IsDynamic: false, Extent: > 1 } && tile.CountAlong(a) == kernel.Axes[a].Extent)
                return true;
        }

        return false;
    }

    public static int Extent(Kernel kernel, int axis) => kernel.Axes[axis].IsDynamic ? TypicalBatch : kernel.Axes[axis].Extent;

    private static int Quotient(int extent, int size) => (extent + size - 1) / size;

    private double CyclesOf(Tile tile, int partialSums)
    {
        if (kernel.Combine == Combine.None)
            return tile.Vectors * _operands * registers.LoadCycles + 2;

        double steps = 1;
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (kernel.Axes[a].IsReduced)
                steps *= a == tile.VectorAxis ? Quotient(kernel.Axes[a].Extent, registers.Lanes) : Extent(kernel, a);
        }

        double loads = 0, lines = 0;
        foreach (KernelOperand factor in _factors)
        {
            loads += LoadsOf(factor, tile);
            lines += _streams ? LinesOf(factor, tile) : 0;
        }

        int accumulators = tile.RowCount * tile.Vectors * kernel.SumCount;
        double latency = (double)RegisterFile.Latency / partialSums;
        double live = tile.Skipped is { } skipped
            ? skipped.LiveShare(kernel.Axes[tile.Rows[tile.Rows.Count - 1].Axis].Extent, kernel.Axes[tile.SlidingAxis].Extent)
            : 1;
        double work = Math.Max(accumulators * registers.MultiplyAddCycles * live, loads);
        double arithmetic = Math.Max(work, latency);
        // On half of the processors, two start in a cycle, so that twice as many have to be under way.
        if (registers == RegisterFile.Of32)
            arithmetic = (arithmetic + Math.Max(work, 2 * latency)) / 2;
        // Partial sums along a vector are taken in one turn of the loop.
        int turns = kernel.Axes[tile.VectorAxis].IsReduced ? partialSums : 1;
        double step = arithmetic + registers.StepCycles / turns + LoadWeight * loads;
        return steps * (step + StreamedLineCycles * lines) + TileOverheadCycles + RowOverheadCycles * tile.RowCount + accumulators;
    }

    /// <summary>
    /// The cache lines that a step reads of a factor for the first time: rows side by side share one, lines of an image meet again.
    /// </summary>
    private double LinesOf(KernelOperand factor, Tile tile)
    {
        double width = 1;
        int panels = 1;
        if (factor.Strides[tile.VectorAxis] != 0)
        {
            width = tile.Vectors * registers.Lanes;
            foreach (TileRows rows in tile.Rows)
                panels *= IsApart(factor, rows.Axis) ? rows.Count : 1;
        }
        else
        {
            foreach (TileRows rows in tile.Rows)
                width = factor.Strides[rows.Axis] == 1 ? Math.Max(width, rows.Count) : width;
        }

        return panels * Math.Max(width, Math.Min(Layout.Lanes, Math.Abs(factor.Strides[_inner]))) / Layout.Lanes;
    }

    // Rows that lie within what one step of the reduction moves on by, as the panels of a product's outputs do, are met at no other step.
    private bool IsApart(KernelOperand factor, int row)
    {
        int stride = Math.Abs(factor.Strides[row]);
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (kernel.Axes[a].IsReduced && factor.Strides[a] != 0 && Math.Abs(factor.Strides[a]) <= stride)
                return false;
        }

        return stride >= Layout.Lanes;
    }

    /// <summary>The cycles in which one step of a tile loads what it needs of a factor.</summary>
    private double LoadsOf(KernelOperand factor, Tile tile)
    {
        int distinct = 1;
        bool isFar = false;
        foreach (TileRows rows in tile.Rows)
        {
            distinct *= factor.Strides[rows.Axis] != 0 ? rows.Count : 1;
            isFar |= Math.Abs(factor.Strides[rows.Axis]) >= Page;
        }

        double load = registers.LoadCycles * (IsAligned(factor, tile.VectorAxis) ? 1 : 1 + registers.Lanes / 16.0) * (isFar ? FarLoad : 1);
        bool isVector = factor.Strides[tile.VectorAxis] != 0;
        // A vector of what is a few apart is made of as many, put in order two at a time.
        if (isVector && factor == kernel.Left)
            load *= 2 * kernel.LeftStep - 1;
        if (tile.SlidingAxis < 0 || factor != kernel.Left)
            return isVector ? distinct * tile.Vectors * load : distinct * 0.5;

        // Along a sliding axis a step's rows overlap with the next step's.
        int window = kernel.Axes[tile.SlidingAxis].Extent, last = tile.Rows[tile.Rows.Count - 1].Count;
        int tapStride = Math.Abs(factor.Strides[tile.SlidingAxis]), rowStride = Math.Abs(factor.Strides[tile.Rows[tile.Rows.Count - 1].Axis]);
        int nearest = Math.Min(tapStride, rowStride);
        distinct = distinct / last * (rowStride / nearest * (last - 1) + tapStride / nearest * (window - 1) + 1);
        return isVector ? distinct * tile.Vectors * load / window : distinct * 0.5 / window;
    }

    // A vector that begins anywhere touches two cache lines, always if it is as long as one, and is loaded twice.
    private bool IsAligned(KernelOperand operand, int vectorAxis)
    {
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (a != vectorAxis && operand.Strides[a] % registers.Lanes != 0)
                return false;
        }

        return true;
    }
}
