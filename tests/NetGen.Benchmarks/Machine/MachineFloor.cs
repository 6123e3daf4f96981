namespace NetGen.Benchmarks.Machine;

/// <summary>What one core of this machine can do at most, measured in this process.</summary>
/// <param name="Peak">Operations per second.</param>
/// <param name="Latency">Seconds from one fused operation to the next that needs its result.</param>
/// <param name="Caches">The sizes of the caches.</param>
/// <param name="L1">Bytes per second read from the first level.</param>
/// <param name="L2">Bytes per second read from the second level.</param>
/// <param name="L3">Bytes per second read from the third level.</param>
/// <param name="Dram">Bytes per second read from main memory.</param>
internal sealed record MachineFloor(
    double Peak, double Latency, CacheSizes Caches, double L1, double L2, double L3, double Dram)
{
    // Of a cache that others share, nobody knows how much there is: between this part of it and so many of it, reads are measured at their size.
    private const int Sure = 3;
    private const long Megabyte = 1 << 20;

    private readonly Dictionary<long, double> _between = [];

    /// <summary>Operations per second at each width, in bits.</summary>
    public required IReadOnlyDictionary<int, double> Peaks { get; init; }

    /// <summary>Whether vectors of 512 bits go through units as wide as they are, and not through those of 256 bits in two halves.</summary>
    public bool IsFullWidth => Peaks.TryGetValue(512, out double wide) && wide > 1.5 * Peaks[256];

    /// <summary>Measures; takes about two seconds.</summary>
    public static MachineFloor Measure()
    {
        int[] widths = [.. new[] { 128, 256, 512 }.Where(bits => bits <= InstructionSet.Bits)];
        var peaks = widths.ToDictionary(bits => bits, FmaPeak.Measure);
        CacheSizes caches = CacheSizes.Read();
        return new MachineFloor(
            peaks.Values.Max(),
            FmaPeak.MeasureLatency(),
            caches,
            Best(caches.L1 / 2),
            Best(Math.Max(caches.L2 / 2, 2 * caches.L1)),
            Best(Math.Max(Math.Min(caches.L3 / 4, 8 << 20), 2 * caches.L2)),
            ReadBandwidth.Measure((nint)Math.Min(Math.Max(4 * caches.L3, 64 << 20), 256 << 20), InstructionSet.Bits))
        {
            Peaks = peaks,
        };

        double Best(long bytes) =>
            widths.Where(bits => bits >= 256 || bits == InstructionSet.Bits).Max(bits => ReadBandwidth.Measure((nint)bytes & -4096, bits));
    }

    /// <summary>The least time for some operations and for moving some bytes once, from the level that holds them.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="among">The bytes among which call after call finds its own, where there are more of those.</param>
    public Floor For(double operations, double bytes, double among = 0)
    {
        double compute = operations / Peak, held = Math.Max(bytes, among);
        (double bandwidth, string level) =
            held <= Caches.L1 ? (L1, "L1") : held <= Caches.L2 ? (L2, "L2") : held <= Caches.L3 / Sure ? (L3, "L3")
            : held <= Caches.L3 * Sure ? (Between(held), "L3 and DRAM") : (Dram, "DRAM");
        double stream = bytes / bandwidth;
        return compute >= stream ? new Floor(compute, "FMA") : new Floor(stream, level);
    }

    private double Between(double bytes)
    {
        long megabytes = (long)Math.Ceiling(bytes / Megabyte);
        return _between.TryGetValue(megabytes, out double known)
            ? known
            : _between[megabytes] = ReadBandwidth.Measure((nint)(megabytes * Megabyte), InstructionSet.Bits);
    }
}

/// <summary>The least time a call can take.</summary>
/// <param name="Seconds">The time.</param>
/// <param name="Bound">What it is bound by: FMA, or the level that the weights are read from.</param>
internal readonly record struct Floor(double Seconds, string Bound);
