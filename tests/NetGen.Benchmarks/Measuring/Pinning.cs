using System.Diagnostics;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Keeps the calling thread on one core while single-threaded rows are timed.</summary>
internal static class Pinning
{
    /// <summary>Pins to the last core, the one that systems give the least of their own work.</summary>
    /// <returns>What undoes it.</returns>
    public static IDisposable ToOneCore()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return new Undo(0);
        using var process = Process.GetCurrentProcess();
        nint before = process.ProcessorAffinity;
        int last = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)before);
        process.ProcessorAffinity = (nint)(1L << last);
        return new Undo(before);
    }

    private sealed class Undo(nint affinity) : IDisposable
    {
        public void Dispose()
        {
            if (affinity != 0 && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
            {
                using var process = Process.GetCurrentProcess();
                process.ProcessorAffinity = affinity;
            }
        }
    }
}
