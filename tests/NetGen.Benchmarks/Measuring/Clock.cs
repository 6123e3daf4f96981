using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Measuring;

/// <summary>The two clocks: the wall's, and the processor time of the calling thread.</summary>
/// <remarks>
/// What one thread computes is timed by its own processor time where the system offers it in nanoseconds (Linux): a
/// machine that does something else at the same time then lengthens the run, not the result.
/// </remarks>
internal static partial class Clock
{
    private const int ThreadProcessorTime = 3;

    /// <summary>The calling thread's processor time in seconds, or the wall's time where there is no such clock.</summary>
    public static double ThreadSeconds()
    {
        if (!OperatingSystem.IsLinux() || GetTime(ThreadProcessorTime, out var time) != 0)
            return WallSeconds();
        return time.Seconds + 1e-9 * time.Nanoseconds;
    }

    /// <summary>The wall's time in seconds from some moment on.</summary>
    public static double WallSeconds() => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
