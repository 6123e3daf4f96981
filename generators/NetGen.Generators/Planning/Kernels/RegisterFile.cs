namespace NetGen.Generators.Planning.Kernels;

/// <summary>
/// The vector registers of a processor as tiles see them. How many there are decides how large a tile may be; how wide they
/// are does not, so one text serves all processors with equally many.
/// </summary>
/// <param name="Lanes">The most floats of a vector.</param>
/// <param name="Registers">Vector registers.</param>
/// <param name="Accumulators">
/// The most accumulators a tile may hold; what is left of the registers serves operands. Past 24 of 32 the JIT spills.
/// </param>
/// <param name="MultiplyAddCycles">Cycles per multiply-add in steady state, on the x86 cores this was measured on.</param>
/// <param name="LoadCycles">Cycles per vector load; broadcasts take half a cycle everywhere.</param>
/// <param name="StepCycles">Cycles per step of a reduction for counters and references that move on, beside all that is computed.</param>
internal sealed record RegisterFile(
    int Lanes, int Registers, int Accumulators, double MultiplyAddCycles, double LoadCycles, double StepCycles)
{
    /// <summary>AVX-512: 32 registers of 16 floats. NEON's 32 are too short for its tiles: see <see cref="Of16"/>.</summary>
    public static readonly RegisterFile Of32 = new(16, 32, 24, 1, 1, 0.5);

    /// <summary>AVX2 with 16 registers of 8 floats, NEON with 32 of 4, which are 16 pairs, and SSE with 16 of 4.</summary>
    public static readonly RegisterFile Of16 = new(8, 16, 12, 0.5, 0.5, 1);

    /// <summary>SSE alone, for the few texts in which width matters. A multiply-add is two operations there.</summary>
    public static readonly RegisterFile Of16Short = new(4, 16, 12, 1, 0.5, 1);

    /// <summary>Small kernels, whose one text serves every width: few enough accumulators for all of them.</summary>
    public static readonly RegisterFile Any = new(16, 16, 8, 1, 1, 1);

    /// <summary>Four lanes of whatever there is, for results that are no more.</summary>
    public static readonly RegisterFile OfFour = new(4, 16, 8, 0.5, 0.5, 1);

    /// <summary>The floats of the shortest vectors that its texts are run on.</summary>
    public int ShortLanes => this == Of16 ? Of16Short.Lanes : Lanes;

    /// <summary>Cycles until a multiply-add's result can be used by the next.</summary>
    public const int Latency = 4;
}
