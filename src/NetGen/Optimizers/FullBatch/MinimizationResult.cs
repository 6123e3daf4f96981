namespace NetGen.Optimizers;

/// <summary>Why a full-batch method ended.</summary>
public enum MinimizationEnd
{
    /// <summary>The iterations were used up.</summary>
    IterationLimit,

    /// <summary>The gradient is as good as zero.</summary>
    SmallGradient,

    /// <summary>The value hardly changed over an iteration.</summary>
    SmallChange,

    /// <summary>It was cancelled; the point is the best so far.</summary>
    Cancelled,

    /// <summary>No step lowers the value any more: rounding has the last word, or the gradient is not that of the function.</summary>
    NoProgress,
}

/// <summary>What a full-batch method came to.</summary>
/// <param name="Value">The value at the point found.</param>
/// <param name="GradientNorm">The largest magnitude among the partial derivatives there.</param>
/// <param name="Evaluations">How often the function was evaluated.</param>
/// <param name="End">Why it ended.</param>
/// <param name="Values">The value at the start and after each iteration; none is larger than the one before it.</param>
public sealed record MinimizationResult(
    double Value, double GradientNorm, int Evaluations, MinimizationEnd End, IReadOnlyList<double> Values)
{
    /// <summary>The iterations made.</summary>
    public int Iterations => Values.Count - 1;

    /// <summary>The result in a line: <c>1.5E-08 after 12 iterations and 15 evaluations, SmallGradient</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Value:G6} after {Iterations} iterations and {Evaluations} evaluations, {End}");

    /// <summary>Whether the method ended at what it takes for a minimum.</summary>
    public bool Converged => End is MinimizationEnd.SmallGradient or MinimizationEnd.SmallChange;
}
