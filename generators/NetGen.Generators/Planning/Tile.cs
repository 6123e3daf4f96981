namespace NetGen.Generators.Planning;

/// <summary>An instruction set as the planner sees it: how wide, how many registers, how fast.</summary>
/// <param name="Lanes">Floats in a vector.</param>
/// <param name="Registers">Vector registers.</param>
/// <param name="Accumulators">
/// The most accumulators a tile may hold; what is left of the registers serves operands. Past 24 of 32 the JIT spills.
/// </param>
/// <param name="MultiplyAddCycles">Cycles per multiply-add in steady state, on the x86 cores this was measured on.</param>
/// <param name="LoadCycles">Cycles per vector load; broadcasts take half a cycle everywhere.</param>
internal sealed record InstructionSet(
    string Name, int Lanes, int Registers, int Accumulators, double MultiplyAddCycles, double LoadCycles)
{
    public static readonly InstructionSet Avx512 = new("512", 16, 32, 24, 1, 1);
    public static readonly InstructionSet Avx2 = new("256", 8, 16, 12, 0.5, 0.5);
    public static readonly InstructionSet Portable = new("128", 4, 16, 12, 0.5, 0.5);

    public static readonly IReadOnlyList<InstructionSet> All = [Avx512, Avx2, Portable];

    /// <summary>Cycles until a multiply-add's result can be used by the next.</summary>
    public const int Latency = 4;
}

/// <summary>
/// The part of a kernel that is kept in registers: so many vectors along one axis, by so many rows along one or two others.
/// </summary>
internal sealed record Tile
{
    /// <summary>The axis along the vector, or −1 where no operand layout allows vectors and single floats are computed.</summary>
    public required int VectorAxis { get; init; }

    public required int Vectors { get; init; }

    /// <summary>The axes that are unrolled into rows, with how many; empty, one or two.</summary>
    public required IReadOnlyList<(int Axis, int Count)> Rows { get; init; }

    /// <summary>
    /// The reduced axis along which the left factor moves as it does along the last row axis, so that neighbouring rows of a
    /// window read the same memory: it is unrolled, and what rows share is loaded once. −1 if there is none.
    /// </summary>
    public int SlidingAxis { get; init; } = -1;

    /// <summary>The lines of zeros that a sliding window leaves out; each tile of rows is then written apart.</summary>
    public ImageLines? Skipped { get; init; }

    /// <summary>The share of multiply-adds that is left.</summary>
    public double Live { get; init; } = 1;

    /// <summary>Independent partial sums per accumulator, to hide the latency where a tile is small.</summary>
    public int Chains { get; init; } = 1;

    /// <summary>Estimated cycles for the whole kernel, by which tiles are compared.</summary>
    public double Cycles { get; init; }

    public int RowCount => Rows.Aggregate(1, (product, row) => product * row.Count);

    public int CountAlong(int axis) => Rows.Where(row => row.Axis == axis).Select(row => row.Count).DefaultIfEmpty(1).First();
}
