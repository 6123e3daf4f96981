namespace NetGen.Benchmarks.Measuring;

/// <summary>Times contenders in turns, so that whatever slows the machine for a while slows all of them.</summary>
internal static class Interleaved
{
    /// <summary>Times every contender.</summary>
    /// <param name="contenders">The contenders.</param>
    /// <param name="repetitions">How many times each is timed.</param>
    /// <param name="seconds">About how long one repetition takes; at least one call is made.</param>
    /// <param name="warmUp">How long each runs before, so that tiered compilation has had its calls and its time.</param>
    /// <returns>A timing for each, in their order.</returns>
    public static Timing[] Measure(IReadOnlyList<Contender> contenders, int repetitions, double seconds = 0.003, double warmUp = 0.5)
    {
        int[] calls = [.. contenders.Select(contender => CallsFor(contender, seconds, warmUp))];
        double[][] times = [.. contenders.Select(_ => new double[repetitions])];
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            for (int index = 0; index < contenders.Count; index++)
            {
                times[index][repetition] = contenders[index].UsesThreads
                    ? BestCall(contenders[index], calls[index])
                    : Time(contenders[index], calls[index]) / calls[index];
            }
        }

        return [.. times.Select(ToTiming)];
    }

    /// <summary>Runs for the time of the warm-up, then counts the calls of a repetition.</summary>
    private static int CallsFor(Contender contender, double seconds, double warmUp)
    {
        int calls = 1;
        double best = double.PositiveInfinity;
        double start = Clock.WallSeconds();
        int rounds = 0;
        while (rounds < 3 || (rounds < 150 && Clock.WallSeconds() - start < warmUp))
        {
            double time = Time(contender, calls);
            best = Math.Min(best, time / calls);
            calls = (int)Math.Clamp(seconds / 10 / best, 1, 1e7);
            rounds++;
            if (best < 1e-3)
                Thread.Sleep(3);
        }

        return (int)Math.Clamp(seconds / best, 1, 1e8);
    }

    /// <summary>The time of some calls, behind one that is not timed: it fetches what the contender before has driven out of the caches.</summary>
    private static double Time(Contender contender, int calls)
    {
        contender.Restart?.Invoke();
        contender.Run(1);
        double start = Clock.ThreadSeconds();
        contender.Run(calls);
        return Clock.ThreadSeconds() - start;
    }

    /// <summary>
    /// The shortest of some calls by the wall's clock, which alone tells the time of several threads. Each call is timed by
    /// itself, since on a busy machine few moments give a process two cores; one goes before them to wake the helpers.
    /// </summary>
    private static double BestCall(Contender contender, int calls)
    {
        contender.Restart?.Invoke();
        contender.Run(1);
        double best = double.PositiveInfinity;
        for (; calls > 0; calls--)
        {
            double start = Clock.WallSeconds();
            contender.Run(1);
            best = Math.Min(best, Clock.WallSeconds() - start);
        }

        return best;
    }

    private static Timing ToTiming(double[] times)
    {
        Array.Sort(times);
        return new Timing(times[0], times[times.Length / 2]);
    }
}
