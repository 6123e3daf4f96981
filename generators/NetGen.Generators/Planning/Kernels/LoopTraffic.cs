using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Kernels;

/// <summary>Which loops around a tile are the outer ones, by what comes again from beyond the second cache.</summary>
internal static class LoopTraffic
{
    // The floats of half a second cache.
    public const double CachedLength = 1 << 17;

    // Floats from pixels that are read to those that are asked for meanwhile.
    private const int LeastPixelsAhead = 320;

    // The floats of a page, in which the hardware sees what is read in order.
    private const int Page = 1024;

    // The floats of a first cache.
    private const double FirstCacheLength = 1 << 13;

    // Of a third cache a quarter: what comes from main memory the hardware fetches best by itself.
    private const double ThirdCacheLength = 1 << 21;

    /// <summary>A tile with what the order of a sum's loops over samples and rows depends on.</summary>
    public static Tile Ordered(Kernel kernel, Tile tile, int lanes) => SumStretches.Of(kernel, tile, lanes) is { } stretch
        ? tile with { Stretch = stretch, RowsLead = false }
        : WithoutReturning(kernel, tile);

    /// <summary>The same with a single turn through all samples for each tile.</summary>
    public static Tile WithoutReturning(Kernel kernel, Tile tile) => tile with { Stretch = null, RowsLead = RowsLead(kernel, tile) };

    /// <summary>
    /// Whether the rows of a tile should have the outermost loop: where a sum over all samples would read a factor that no cache holds again for
    /// each turn of the loops around, and what one tile of rows reads of it stays in the cache meanwhile.
    /// </summary>
    private static bool RowsLead(Kernel kernel, Tile tile)
    {
        if (kernel is not { Combine: Combine.SumOfProducts, Left: { } left, Right: { } right } || tile.Rows.Count == 0 || tile.Skipped is not null
            || kernel.Axes[tile.VectorAxis].IsReduced || kernel.SummedSamples < 0)
        {
            return false;
        }

        (int axis, int count, int rest) = tile.Rows[0];
        (KernelOperand read, KernelOperand other) = left.Strides[axis] != 0 ? (left, right) : (right, left);
        double tiles = Math.Ceiling((double)kernel.Axes[axis].Extent / count);
        double length = LengthOf(kernel, read);
        if (rest > 0 || tiles <= 1 || other.Strides[axis] != 0 || length <= CachedLength || length / tiles > CachedLength)
            return false;
        double otherLength = LengthOf(kernel, other);
        return 2 * tiles * (otherLength <= CachedLength ? 0 : otherLength) + length < TurnsAround(kernel, tile) * length;
    }

    /// <summary>
    /// Whether the panels of weights that pixels are multiplied with should have the loop around that over samples: all of the weights are more
    /// than the second cache holds, and would come again for each sample.
    /// </summary>
    public static bool PanelsLead(Kernel kernel) =>
        kernel is { Combine: Combine.SumOfProducts, Left: { } left, Right: { } right }
        && kernel.Axes.Any(axis => axis is { IsReduced: false, IsDynamic: true })
        && HasPixels(kernel, left)
        && ExtentOf(kernel, right) > CachedLength;

    /// <summary>
    /// Whether channels that have weights and pixels of their own should have the loop around those over pixels: of these the first cache then holds
    /// what neighbouring windows share, as long as the second holds the image, of which each turn reads a part of every pixel.
    /// </summary>
    public static bool ChannelsLead(Kernel kernel) =>
        kernel is { Combine: Combine.SumOfProducts, Left: { } left } && ExtentOf(kernel, left) <= 2 * CachedLength;

    /// <summary>
    /// How many pixels all panels of weights should go through before the next come, where the second cache does not hold an image and what is
    /// computed of it: each panel would read all of the one again, and write a few of the lines of each pixel of the other.
    /// </summary>
    public static PixelBlock? PixelsAtATime(Kernel kernel, Tile tile)
    {
        if (kernel is not { Combine: Combine.SumOfProducts, Left: { } left, Right: { } right, SummedSamples: < 0 } || tile.Chains > 1
            || kernel.Axes[tile.VectorAxis].IsReduced || tile is not { Rows: [var rows], SlidingAxis: < 0, Skipped: null }
            || kernel.Axes[rows.Axis] is not { IsDynamic: false, IsRanged: false, Extent: var pixels } || ExtentOf(kernel, right) > CachedLength / 2)
        {
            return null;
        }

        int[] panels = [.. tile.OuterAxes(kernel).Where(a => kernel.Axes[a] is { IsDynamic: false, Extent: > 1 })];
        if (panels.Length != 1 || left.Strides[panels[0]] != 0 || right.Strides[panels[0]] == 0 || right.Strides[rows.Axis] != 0)
            return null;
        double pixel = kernel.Operands.Sum(operand => Math.Abs((double)operand.Strides[rows.Axis]));
        int count = (int)(CachedLength / 8 / pixel) / rows.Count * rows.Count;
        return pixels * pixel > CachedLength && count > 0 ? new PixelBlock(rows.Axis, count, panels[0]) : null;
    }

    /// <summary>
    /// What to ask for of the next panel of weights while samples or pixels are multiplied with one: all of the weights are more than the second
    /// cache holds, which has room for two panels. The hardware begins to fetch a panel only when the first turn reads it.
    /// </summary>
    public static PanelAhead? Ahead(Kernel kernel, Tile tile)
    {
        if (kernel is not { Combine: Combine.SumOfProducts, Left: { } left, Right: { } right } || tile.Chains > 1 || tile.Skipped is not null
            || kernel.Axes[tile.VectorAxis].IsReduced || ExtentOf(kernel, right) <= 2 * CachedLength)
        {
            return null;
        }

        int[] around = [.. tile.OuterAxes(kernel).Where(a => kernel.Axes[a].Extent > 1)];
        int[] panels = [.. around.Where(a => right.Strides[a] > 0)];
        if (panels.Length != 1 || left.Strides[panels[0]] != 0 || right.Strides[panels[0]] > CachedLength)
            return null;
        IEnumerable<int> turns = around.Concat(tile.Rows.Where(rows => IsLoop(kernel, rows)).Select(rows => rows.Axis))
            .Where(a => right.Strides[a] == 0);
        return turns.OrderByDescending(a => kernel.Axes[a].Extent / tile.CountAlong(a)).Select(a => (PanelAhead?)new(panels[0], a)).FirstOrDefault();
    }

    /// <summary>
    /// How far ahead a product should ask for the pixels of a large image that lies channel by channel: a tile reads a few lines of each, pages apart,
    /// in which the hardware sees no order. In floats, whole tiles; 0 where it should not.
    /// </summary>
    public static int PixelsAhead(Kernel kernel, Tile tile, int lanes)
    {
        if (kernel is not { Combine: Combine.SumOfProducts, Left: { } left, Right: { } right, SummedSamples: < 0 } || tile.Chains > 1
            || tile.SlidingAxis >= 0 || kernel.Axes[tile.VectorAxis].IsReduced || left.Strides[tile.VectorAxis] != 1
            || tile.Rows.Any(rows => left.Strides[rows.Axis] != 0) || ExtentOf(kernel, left) <= CachedLength)
        {
            return 0;
        }

        int[] channels = [.. Enumerable.Range(0, kernel.Axes.Count).Where(a => kernel.Axes[a] is { IsReduced: true, Extent: > 1 })];
        int width = tile.Vectors * lanes;
        return channels.Length == 1 && left.Strides[channels[0]] >= Page && right.Strides[tile.VectorAxis] == 0
            ? (LeastPixelsAhead + width - 1) / width * width
            : 0;
    }

    /// <summary>
    /// Whether a product of a single sample goes through weights that the first cache does not hold from the first to the last, so that its steps
    /// should ask for what comes a little later: left to itself, the hardware has the next lines too late by some cycles. Shorter vectors than a line
    /// leave no loads to spare for it.
    /// </summary>
    public static bool StreamsWeights(Kernel kernel, Tile tile, int lanes)
    {
        if (kernel is not { Combine: Combine.SumOfProducts, Right: { } right } || kernel.Axes[tile.VectorAxis].IsReduced || tile.SlidingAxis >= 0
            || tile.Rows.Count > 0 || lanes < Layout.Lanes || ExtentOf(kernel, right) is <= FirstCacheLength or > ThirdCacheLength)
        {
            return false;
        }

        int inner = kernel.Axes.ToList().FindLastIndex(axis => axis.IsReduced);
        return inner >= 0 && right.Strides[inner] == tile.Vectors * lanes
            && Enumerable.Range(0, kernel.Axes.Count).All(a => kernel.Axes[a].IsDynamic || kernel.Axes[a].Extent == 1 || right.Strides[a] != 0);
    }

    // Of as many rows as there are samples at once there are several tiles in a batch.
    private static bool IsLoop(Kernel kernel, TileRows rows) =>
        kernel.Axes[rows.Axis].IsDynamic ? kernel.Axes[rows.Axis].IsRanged : rows.Rest == 0 && kernel.Axes[rows.Axis].Extent > rows.Count;

    private static bool HasPixels(Kernel kernel, KernelOperand image)
    {
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (kernel.Axes[a] is { IsReduced: false, IsDynamic: false, Extent: > 1 } && image.Strides[a] != 0)
                return true;
        }

        return false;
    }

    // How often the loops outside a tile's rows turn.
    private static double TurnsAround(Kernel kernel, Tile tile)
    {
        double turns = 1;
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (a == tile.VectorAxis)
                turns *= Math.Ceiling((double)kernel.Axes[a].Extent / (tile.Vectors * Layout.Lanes));
            else if (!kernel.Axes[a].IsReduced && a != tile.Rows[0].Axis)
                turns *= Math.Ceiling((double)kernel.Axes[a].Extent / tile.CountAlong(a));
        }

        return turns;
    }

    /// <summary>The floats from the first to the last that a typical batch reads of a factor.</summary>
    public static double LengthOf(Kernel kernel, KernelOperand factor)
    {
        double length = 1;
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            if (!kernel.Axes[a].IsDynamic)
                length += (kernel.Axes[a].Extent - 1) * (double)Math.Abs(factor.Strides[a]);
        }

        return TileCost.TypicalBatch * length;
    }

    public static double ExtentOf(Kernel kernel, KernelOperand weights)
    {
        double extent = 1;
        for (int a = 0; a < kernel.Axes.Count; a++)
            extent *= weights.Strides[a] == 0 || kernel.Axes[a].IsDynamic ? 1 : kernel.Axes[a].Extent;
        return extent;
    }
}
