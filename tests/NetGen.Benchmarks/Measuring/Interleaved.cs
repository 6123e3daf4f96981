namespace NetGen.Benchmarks.Measuring;

/// <summary>Times contenders in turns, so that whatever slows the machine for a while slows all of them.</summary>
internal static class Interleaved
{
    private const double WarmUpSeconds = 0.25;

    /// <summary>Times every contender.</summary>
    /// <param name="contenders">The contenders.</param>
    /// <param name="repetitions">How many times each is timed.</param>
    /// <param name="seconds">About how long one repetition takes; at least one call is made.</param>
    /// <returns>A timing for each, in their order.</returns>
    public static Timing[] Measure(IReadOnlyList<Contender> contenders, int repetitions, double seconds = 0.003)
    {
        bool wall = contenders.Any(contender => contender.UsesThreads);
        int[] calls = [.. contenders.Select(contender => CallsFor(contender, seconds))];
        double[][] times = [.. contenders.Select(_ => new double[repetitions])];
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            for (int index = 0; index < contenders.Count; index++)
                times[index][repetition] = Time(contenders[index], calls[index], wall) / calls[index];
        }

        return [.. times.Select(ToTiming)];
    }

    /// <summary>Runs until tiered compilation has had its calls and its time, then counts the calls of a repetition.</summary>
    private static int CallsFor(Contender contender, double seconds)
    {
        int calls = 1;
        double best = double.PositiveInfinity;
        double start = Clock.WallSeconds();
        int rounds = 0;
        while (rounds < 3 || (rounds < 60 && Clock.WallSeconds() - start < WarmUpSeconds))
        {
            double time = Time(contender, calls, contender.UsesThreads);
            best = Math.Min(best, time / calls);
            calls = (int)Math.Clamp(seconds / 10 / best, 1, 1e7);
            rounds++;
            if (best < 1e-3)
                Thread.Sleep(3);
        }

        return (int)Math.Clamp(seconds / best, 1, 1e8);
    }

    private static double Time(Contender contender, int calls, bool wall)
    {
        contender.Restart?.Invoke();
        double start = wall ? Clock.WallSeconds() : Clock.ThreadSeconds();
        contender.Run(calls);
        return (wall ? Clock.WallSeconds() : Clock.ThreadSeconds()) - start;
    }

    private static Timing ToTiming(double[] times)
    {
        Array.Sort(times);
        return new Timing(times[0], times[times.Length / 2]);
    }
}
