namespace NetGen;

/// <summary>How <see cref="Trainer{TNetwork}.FindLearningRate"/> goes through learning rates.</summary>
public sealed class RangeTestOptions
{
    /// <summary>The first learning rate, above 0.</summary>
    public float Minimum { get; init; } = 1e-7f;

    /// <summary>The last learning rate, above <see cref="Minimum"/>.</summary>
    public float Maximum { get; init; } = 10;

    /// <summary>The steps from one to the other, each on a batch of its own, at least 3.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>The samples of a step, at least 1: those of the training that is to come.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The seed of the order of samples.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// How many of the neighbouring losses the smoothed curve takes in: the weight of a loss k steps away is <c>Smoothing</c>ᵏ, from 0
    /// (none) to below 1.
    /// </summary>
    public float Smoothing { get; init; } = 0.8f;

    /// <summary>The test ends when the running mean of losses exceeds its lowest value by this factor, above 1.</summary>
    public float DivergenceFactor { get; init; } = 4;

    internal void Validate()
    {
        Require.Positive(Minimum, nameof(Minimum));
        Require.Positive(Maximum, nameof(Maximum));
        if (Maximum <= Minimum)
            throw new ArgumentOutOfRangeException(nameof(Maximum), Maximum, $"Maximum must be above Minimum, which is {Minimum}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        Require.Fraction(Smoothing, nameof(Smoothing));
        if (!(DivergenceFactor > 1))
            throw new ArgumentOutOfRangeException(nameof(DivergenceFactor), DivergenceFactor, "DivergenceFactor must be above 1.");
    }
}
