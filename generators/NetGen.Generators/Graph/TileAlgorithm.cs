namespace NetGen.Generators.Graph;

/// <summary>
/// A convolution of 3 × 3 computed tile by tile: m × m outputs of a channel are Aᵀ [Σ (G w Gᵀ) ⊙ (Bᵀ x B)] A, which takes (m + 2)² multiplications
/// for each input channel where the plain sum takes 9 m².
/// </summary>
/// <remarks>
/// S. Winograd, "Arithmetic Complexity of Computations", 1980; for convolutions of images A. Lavin and S. Gray, "Fast Algorithms for Convolutional
/// Neural Networks", 2016. The matrices are those of the interpolation points 0, ±1 and infinity.
/// </remarks>
/// <param name="Outputs">The outputs along a side of a tile, m.</param>
/// <param name="Input">Bᵀ.</param>
/// <param name="Weight">G.</param>
/// <param name="Output">Aᵀ.</param>
internal sealed record TileAlgorithm(int Outputs, TileMatrix Input, TileMatrix Weight, TileMatrix Output)
{
    /// <summary>The taps along a side of the weight.</summary>
    public const int Taps = 3;

    /// <summary>2 × 2 outputs of 4 × 4 inputs: 16 multiplications in place of 36.</summary>
    public static TileAlgorithm OfTwo { get; } = new(
        2,
        TileMatrix.Of([1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]),
        TileMatrix.Of([1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]),
        TileMatrix.Of([1, 1, 1, 0], [0, 1, -1, -1]));

    /// <summary>The inputs along a side of a tile, and the points that are multiplied along it.</summary>
    public int Size => Outputs + Taps - 1;

    /// <summary>The tiles along a side of an image with so many outputs.</summary>
    public int TilesAlong(int outputs) => (outputs + Outputs - 1) / Outputs;
}

/// <summary>A small matrix of constants, row by row.</summary>
internal sealed record TileMatrix(EquatableArray<double> Entries, int Columns)
{
    public static TileMatrix Of(params double[][] rows) => new(rows.SelectMany(row => row).ToEquatableArray(), rows[0].Length);

    public int Rows => Entries.Count / Columns;

    public double this[int row, int column] => Entries[row * Columns + column];

    /// <summary>The same matrix with its columns in the opposite order.</summary>
    public TileMatrix Mirrored() => this with
    {
        Entries = Entries.Select((_, i) => Entries[i / Columns * Columns + Columns - 1 - i % Columns]).ToEquatableArray(),
    };
}
