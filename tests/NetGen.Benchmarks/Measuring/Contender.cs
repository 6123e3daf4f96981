namespace NetGen.Benchmarks.Measuring;

/// <summary>One way to do a workload's work, ready to be timed: its outputs have been checked.</summary>
/// <param name="Name">Who does it: NetGen, ONNX Runtime.</param>
/// <param name="Run">Does the work as many times as it is told. The loop is inside so that it costs nothing.</param>
internal sealed record Contender(string Name, Action<int> Run)
{
    /// <summary>What brings the contender back to its first state before each repetition; not timed.</summary>
    public Action? Restart { get; init; }

    /// <summary>Whether more than one thread works, so that only the wall's clock tells the time.</summary>
    public bool UsesThreads { get; init; }
}

/// <summary>Seconds for one call.</summary>
/// <param name="Best">The minimum over the repetitions: what the code can do.</param>
/// <param name="Median">The median over the repetitions: how far the machine let it.</param>
internal readonly record struct Timing(double Best, double Median);
