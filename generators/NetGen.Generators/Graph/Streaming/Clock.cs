namespace NetGen.Generators.Graph.Streaming;

/// <summary>When a stream computes the steps of a tensor: one for every so many of the input's, as soon as all that it is made of is there.</summary>
/// <param name="Period">The steps of the input from one to the next.</param>
/// <param name="First">The number of the input's step at which the first comes, from 0.</param>
internal sealed record Clock(int Period, int First)
{
    /// <summary>That of the input.</summary>
    public static Clock OfInput { get; } = new(1, 0);

    /// <summary>How many whole periods pass before the first step; rows of what is remembered are numbered by periods.</summary>
    public int Latency => First / Period;

    /// <summary>At which step of a period it is.</summary>
    public int Phase => First % Period;

    /// <summary>Whether there is a step for each of the input.</summary>
    public bool IsInputs => this == OfInput;

    /// <summary>That of what makes one step of several, the first of which needs so many behind its own; null where that is too seldom.</summary>
    public Clock? Slower(int stride, int ahead)
    {
        (long period, long first) = ((long)Period * stride, First + (long)Period * ahead);
        return period <= Limits.MaximumPeriod && first <= Limits.MaximumExtent ? new Clock((int)period, (int)first) : null;
    }

    /// <summary>How many steps there are within so many of the input's.</summary>
    public int Within(int steps) => steps <= First ? 0 : (steps - First - 1) / Period + 1;

    /// <summary>The steps of the input before there is one more than so many.</summary>
    public int Until(int steps) => (int)Math.Min(First + (long)Period * steps, int.MaxValue / 2);
}
