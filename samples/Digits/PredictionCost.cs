using System.Diagnostics;
using NetGen;

namespace Digits;

/// <summary>Measures what one prediction costs.</summary>
internal static class PredictionCost
{
    private const int Rounds = 20;
    private const int PredictionsPerRound = 1000;

    /// <summary>The time of one prediction in the quickest of some rounds, and the bytes it allocates on the heap.</summary>
    public static (double Microseconds, long Bytes) Measure<TNetwork>(TNetwork model, ReadOnlySpan<float> input)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        Span<float> scores = stackalloc float[TNetwork.OutputLength];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < PredictionsPerRound; i++)
                model.Predict(input, scores);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / PredictionsPerRound);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return (best, (long)Math.Ceiling((double)allocated / (Rounds * PredictionsPerRound)));
    }
}
