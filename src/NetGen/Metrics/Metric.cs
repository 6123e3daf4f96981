namespace NetGen.Metrics;

/// <summary>A number that says how good predictions are.</summary>
/// <param name="name">The name in histories and progress displays.</param>
/// <param name="higherIsBetter">Whether a larger number is better.</param>
/// <param name="compute">The computation.</param>
public sealed partial class Metric(string name, bool higherIsBetter, Func<Predictions, double> compute)
{
    /// <summary>The name in histories and progress displays.</summary>
    public string Name { get; } = name;

    /// <summary>The output it is of, where a network has several; see <see cref="For"/>.</summary>
    public string? Output { get; private init; }

    /// <summary>Whether a larger number is better.</summary>
    public bool HigherIsBetter { get; } = higherIsBetter;

    /// <summary>The same metric of one of a network's several outputs: <c>steering.mae</c>.</summary>
    /// <param name="output">The output's name.</param>
    public Metric For(string output)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        return new Metric($"{output}.{Name}", HigherIsBetter, compute) { Output = output };
    }

    /// <summary>Computes the number.</summary>
    /// <param name="predictions">The predictions.</param>
    /// <exception cref="InvalidOperationException">The targets are of the wrong kind for this metric.</exception>
    public double Compute(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return compute(predictions);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>How numbers per class become one.</summary>
public enum Averaging
{
    /// <summary>
    /// The plain mean over classes, those that neither occur nor are predicted left out: rare classes count as much as frequent ones.
    /// </summary>
    Macro,

    /// <summary>From the counts of all classes together: every sample counts the same.</summary>
    Micro,

    /// <summary>The mean over classes weighted by their numbers of samples.</summary>
    Weighted,

    /// <summary>Of class 1 alone, for two classes.</summary>
    Binary,
}
