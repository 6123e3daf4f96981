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

    /// <summary>
    /// What a network with several outputs predicts, from <see cref="EvaluationResult.Outputs"/>, in place of <see cref="Predictions"/>: each output
    /// has sections of its own.
    /// </summary>
    public IReadOnlyList<OutputEvaluation> Outputs { get; init; } = [];

    /// <summary>The samples that were predicted, in the same order, so that mistakes can be looked at.</summary>
    public Dataset? Samples { get; init; }

    /// <summary>The classes' names; their ids if left out. Of several outputs, they are those of the ones with as many classes.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The callback that collected gradient norms during training.</summary>
    public GradientNorms? GradientNorms { get; init; }

    /// <summary>The range test that the learning rate came from.</summary>
    public LearningRateCurve? LearningRates { get; init; }

    /// <summary>How many of the worst mistakes to show at most, at least 0.</summary>
    public int Mistakes { get; init; } = 24;

    /// <summary>What is shown of predictions, each with what headings call it.</summary>
    internal IEnumerable<(string Of, Predictions Predictions)> Judged => Predictions is { } single
        ? [("", single)]
        : Outputs.Select(output => (Outputs.Count == 1 ? "" : $" of {TrainingReport.Encode(output.Name)}", output.Predictions));

    internal IReadOnlyList<string>? NamesFor(Predictions predictions) => ClassNames?.Count == predictions.ClassCount ? ClassNames : null;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Mistakes);
        if (Predictions is not null && Outputs.Count > 0)
            throw new ArgumentException($"Give {nameof(Predictions)} of one output or {nameof(Outputs)} of several, not both.", nameof(Outputs));
        Predictions[] all = [.. Judged.Select(judged => judged.Predictions)];
        if (Samples is not null && all.FirstOrDefault(predictions => predictions.Count != Samples.Count) is { } other)
        {
            throw new ArgumentException(
                $"There are {other.Count} predictions and {Samples.Count} samples; give the samples that were predicted, in their order.",
                nameof(Samples));
        }

        if (ClassNames is not null && all.Length > 0 && all.All(predictions => predictions.ClassCount != ClassNames.Count))
        {
            throw new ArgumentException(
                $"There are {ClassNames.Count} names for {string.Join(" or ", all.Select(predictions => predictions.ClassCount))} classes.",
                    nameof(ClassNames));
        }
    }
}
