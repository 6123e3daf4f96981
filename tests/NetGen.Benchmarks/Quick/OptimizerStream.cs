using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Quick;

/// <summary>Adam's update beside the time to stream its four arrays: four are read, and all but the gradient written.</summary>
internal static class OptimizerStream
{
    private const int ArrayCount = 4;

    /// <summary>Measures arrays that stay in the second cache together, and arrays that stay in none.</summary>
    public static IEnumerable<StreamRow> Measure(CacheSizes caches, int repetitions)
    {
        yield return Measure(caches.L2 / 2, repetitions, inCache: true);
        yield return Measure(Math.Min(2 * caches.L3, 256 << 20), repetitions, inCache: false);
    }

    private static StreamRow Measure(long bytes, int repetitions, bool inCache)
    {
        int length = (int)(bytes / ArrayCount / sizeof(float)) & -64;
        var optimizer = new Adam(1e-3f);
        optimizer.Prepare(length);
        AlignedBuffer weights = new(length), gradient = new(length), first = new(length), second = new(length), third = new(length);
        for (int i = 0; i < length; i++)
            gradient.Span[i] = 1e-3f * (i % 11 - 5);
        Timing[] times = Interleaved.Measure(
            [
                new Contender("Adam", calls =>
                {
                    for (; calls > 0; calls--)
                    {
                        optimizer.BeginStep();
                        optimizer.Update(weights.Span, gradient.Span);
                    }
                }),
                new Contender("stream", calls =>
                {
                    for (; calls > 0; calls--)
                        MemoryStreams.ReadFourWriteThree(first.Span, second.Span, third.Span, gradient.Span);
                }),
            ],
            repetitions);
        string name = FormattableString.Invariant($"Adam, {length:N0} parameters {(inCache ? "in the L2 cache" : "in main memory")}");
        return new StreamRow(name, times[0].Best, times[1].Best, inCache);
    }
}
