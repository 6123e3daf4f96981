namespace NetGen.Generators.Plans;

/// <summary>
/// The part of a kernel that is kept in registers: so many vectors along one axis, by so many rows along one or two others.
/// Where a tile does not divide an axis, the last one begins so early that it ends with it, and computes some results again; or
/// a smaller one takes what is left, where computing again would cost more than its text is worth.
/// </summary>
internal sealed record Tile
{
    /// <summary>The axis along the vector, or −1 where no operand layout allows vectors and single floats are computed.</summary>
    public required int VectorAxis { get; init; }

    public required int Vectors { get; init; }

    /// <summary>The axes that are unrolled into rows, with how many; empty, one or two.</summary>
    public EquatableArray<TileRows> Rows { get; init; }

    /// <summary>
    /// The reduced axis along which the left factor moves as it does along the last row axis, or half or twice as far, so that rows near to each
    /// other read the same memory through their windows: it is unrolled, and what rows share is loaded once. −1 if there is none.
    /// </summary>
    public int SlidingAxis { get; init; } = -1;

    /// <summary>The lines of zeros that a sliding window leaves out; each tile of rows is then written apart.</summary>
    public ImageLines? Skipped { get; init; }

    /// <summary>Independent partial sums per accumulator, to hide the latency where a tile is small.</summary>
    public int Chains { get; init; } = 1;

    /// <summary>
    /// Whether what sums start from is added at their end. Where many start at once, multiply-adds wait for what they start from, unless that is
    /// nothing: a processor knows so before anything is computed.
    /// </summary>
    public bool StartsLast { get; init; }

    /// <summary>Whether what is left behind the last whole vector has a vector of four lanes, and is not worth a long one.</summary>
    public bool EndsShort { get; init; }

    /// <summary>Whether the loop over the first of the rows is around all others, so that what they read of a batch stays in the cache.</summary>
    public bool RowsLead { get; init; }

    /// <summary>
    /// Of a sum over all samples, what all tiles go through before the next comes, each adding to what the results have of what was before; null
    /// where each tile goes through all.
    /// </summary>
    public SumStretch? Stretch { get; init; }

    /// <summary>
    /// The pixels of a large image that all panels of weights go through before the next come; null where each panel goes through all of them.
    /// </summary>
    public PixelBlock? Pixels { get; init; }

    /// <summary>Whether the loops over panels of weights are around that over samples, so that all samples share what comes from memory.</summary>
    public bool PanelsLead { get; init; }

    /// <summary>
    /// Whether the loop over channels that have weights and pixels of their own is around those over pixels, so that the first cache holds both.
    /// </summary>
    public bool ChannelsLead { get; init; }

    /// <summary>What is asked for of the panel of weights that comes next; null where nothing is.</summary>
    public PanelAhead? Ahead { get; init; }

    /// <summary>Whether each step asks for weights that it comes to a little later, as they come once, one after the other.</summary>
    public bool StreamsWeights { get; init; }

    /// <summary>
    /// How far ahead, in floats, the first tile of the pixels that all panels of weights go through asks for those of a large image; 0 where none does.
    /// </summary>
    public int PixelsAhead { get; init; }

    // Asked of thousands of tiles for each kernel.
    public int RowCount
    {
        get
        {
            int product = 1;
            foreach (TileRows rows in Rows)
                product *= rows.Count;
            return product;
        }
    }

    /// <summary>The registers that hold sums.</summary>
    public int Accumulators => RowCount * Vectors * Chains;

    /// <summary>The smaller tile that takes what whole ones leave along an axis; null where there is none.</summary>
    public Tile? Rest => Rows.Where(row => row.Rest > 0).Select(row => Narrowed(row.Axis, row.Rest)).FirstOrDefault();

    /// <summary>The same tile with so many rows along an axis.</summary>
    public Tile Narrowed(int axis, int rows) =>
        this with { Rows = Rows.Select(row => row.Axis == axis ? new TileRows(axis, rows) : row).ToEquatableArray() };

    public int CountAlong(int axis)
    {
        foreach (TileRows rows in Rows)
        {
            if (rows.Axis == axis)
                return rows.Count;
        }

        return 1;
    }

    /// <summary>The lines that the last row axis and a tap read together, where that is known.</summary>
    public ImageLines? LinesOf(Kernel kernel, int tap)
    {
        string row = kernel.Axes[Rows[Rows.Count - 1].Axis].Name;
        return kernel.Lines.FirstOrDefault(lines => lines.Row == row && lines.Tap == kernel.Axes[tap].Name);
    }

    /// <summary>
    /// The parallel axes outside the tile in the order of their loops: the batch, then panels, which hold weights in the
    /// cache, then the rest; or what moves in the weights first, and in it the batch.
    /// </summary>
    public IReadOnlyList<int> OuterAxes(Kernel kernel) => [.. Enumerable.Range(0, kernel.Axes.Count)
        .Where(a => !kernel.Axes[a].IsReduced && a != VectorAxis && Rows.All(row => row.Axis != a))
        .OrderBy(a => OrderOf(kernel, a))];

    private int OrderOf(Kernel kernel, int axis)
    {
        if (kernel.Axes[axis].IsDynamic)
            return 2;
        if (kernel.Left?.Strides[axis] == 0)
            return PanelsLead ? 1 : 3;
        // Points of tiles have weights and images of their own, and take no part in each other's.
        bool movesInWeights = kernel.Right is { } right && right.Strides[axis] != 0;
        return movesInWeights && PanelsLead ? 0 : movesInWeights && ChannelsLead ? 4 : 5;
    }
}

/// <summary>So many rows of a tile along an axis.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Count">The rows.</param>
/// <param name="Rest">
/// The rows of the smaller tile that takes what whole ones leave, 0 where the last whole one reaches back. What a batch leaves is not known:
/// of its smaller tile's rows those behind the last sample are that sample once more.
/// </param>
internal readonly record struct TileRows(int Axis, int Count, int Rest = 0);

/// <summary>
/// Pixels that a cache holds with all that is computed of them. A panel's results are a few of the lines of each pixel: what the next pixels have of
/// them is asked for meanwhile.
/// </summary>
/// <param name="Axis">The axis of the pixels, along which the tile has its rows.</param>
/// <param name="Count">The pixels, which are whole tiles.</param>
/// <param name="Panels">The axis from panel to panel.</param>
internal readonly record struct PixelBlock(int Axis, int Count, int Panels)
{
    /// <summary>What counts the pixels before a block.</summary>
    public string First(Kernel kernel) => $"{kernel.Axes[Axis].Name}First";

    /// <summary>What says where a block ends, which the last does before the others do.</summary>
    public string Last(Kernel kernel) => $"{kernel.Axes[Axis].Name}Last";

    /// <summary>Whether all blocks have as many pixels.</summary>
    public bool Divides(Kernel kernel) => kernel.Axes[Axis].Extent % Count == 0;
}

/// <summary>Of a sum over all samples, what a cache holds the factors of: so many samples, or of one so many steps along a reduced axis.</summary>
internal readonly record struct SumStretch(int Samples)
{
    /// <summary>The axis of the steps; −1 where samples are taken as a whole.</summary>
    public int Axis { get; init; } = -1;

    /// <summary>The steps, which divide the axis.</summary>
    public int Steps { get; init; }

    /// <summary>Whether each step asks for what lies one stretch ahead of what it reads of the left factor.</summary>
    public bool AsksForLeft { get; init; }

    /// <summary>The same of the right factor.</summary>
    public bool AsksForRight { get; init; }

    /// <summary>What counts the steps before a stretch of them.</summary>
    public string CounterOf(Kernel kernel) => $"{kernel.Axes[Axis].Name}First";
}

/// <summary>
/// While one panel of weights is multiplied with, the next is brought into the second cache: each turn of a loop asks for its share, a little at
/// each step of its sums.
/// </summary>
/// <param name="Panels">The axis from panel to panel.</param>
/// <param name="Turns">The axis of the loop inside, whose turns share a panel.</param>
internal readonly record struct PanelAhead(int Panels, int Turns);
