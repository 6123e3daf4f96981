using NetGen.Data;

namespace NetGen.Reports;

/// <summary>What a <see cref="TrainingReport"/> shows beside the history. Whatever is left out is not shown.</summary>
public sealed class TrainingReportOptions
{
    /// <summary>The title; the network's name if left out, if that is known.</summary>
    public string? Title { get; init; }

    /// <summary>The network, for its table of layers.</summary>
    public NetworkDescription? Network { get; init; }

    /// <summary>
    /// What the trained network predicts for some samples, from <see cref="Trainer{TNetwork}.Evaluate"/>: for the confusion
    /// matrix, where there are classes and no output is NaN, and the worst mistakes.
    /// </summary>
    public Predictions? Predictions { get; init; }

    /// <summary>The samples that were predicted, in the same order, so that mistakes can be looked at.</summary>
    public Dataset? Samples { get; init; }

    /// <summary>The classes' names; their ids if left out.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The callback that collected gradient norms during training.</summary>
    public GradientNorms? GradientNorms { get; init; }

    /// <summary>The range test that the learning rate came from.</summary>
    public LearningRateCurve? LearningRates { get; init; }

    /// <summary>How many of the worst mistakes to show at most, at least 0.</summary>
    public int Mistakes { get; init; } = 24;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Mistakes);
        if (Samples is not null && Predictions is not null && Samples.Count != Predictions.Count)
        {
            throw new ArgumentException(
                $"There are {Predictions.Count} predictions and {Samples.Count} samples; give the samples that were predicted, in their order.",
                nameof(Samples));
        }

        if (ClassNames is not null && Predictions is not null && ClassNames.Count != Predictions.ClassCount)
            throw new ArgumentException($"There are {ClassNames.Count} names for {Predictions.ClassCount} classes.", nameof(ClassNames));
    }
}
