using System.Text;

namespace NetGen;

/// <summary>A number over the folds of a cross-validation.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Mean">The mean over the folds.</param>
/// <param name="Deviation">The standard deviation over the folds, with n − 1 for n folds.</param>
/// <param name="Values">The number of each fold.</param>
public sealed record FoldStatistic(string Name, double Mean, double Deviation, IReadOnlyList<double> Values)
{
    internal static FoldStatistic Of(string name, IReadOnlyList<double> values)
    {
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new FoldStatistic(name, mean, Math.Sqrt(squares / (values.Count - 1)), values);
    }

    /// <summary>The mean and the deviation: <c>r2 0.3512 ± 0.0210</c>.</summary>
    public override string ToString() => $"{Name} {NumberText.Measure(Mean)} ± {NumberText.Measure(Deviation)}";
}

/// <summary>One fold of a cross-validation: what was trained, and what came of it on samples it has not seen.</summary>
/// <param name="History">The training.</param>
/// <param name="Evaluation">The measurement, in the targets' own units.</param>
public sealed record FoldResult(TrainingHistory History, EvaluationResult Evaluation)
{
    /// <summary>The fold in a line: <c>loss 0.0530, accuracy 0.9833</c>.</summary>
    public override string ToString() => Evaluation.ToString();
}

/// <summary>What a cross-validation came to.</summary>
public sealed class CrossValidationResult
{
    internal CrossValidationResult(IReadOnlyList<FoldResult> folds)
    {
        Folds = folds;
        Loss = FoldStatistic.Of("loss", [.. folds.Select(fold => fold.Evaluation.Loss)]);
        Metrics = [.. folds[0].Evaluation.Metrics.Select((metric, i) =>
            FoldStatistic.Of(metric.Key, [.. folds.Select(fold => fold.Evaluation.Metrics[i].Value)]))];
    }

    /// <summary>The folds, in order.</summary>
    public IReadOnlyList<FoldResult> Folds { get; }

    /// <summary>The loss on the samples measured, of scaled targets where they were scaled.</summary>
    public FoldStatistic Loss { get; }

    /// <summary>The metrics, in the order asked for.</summary>
    public IReadOnlyList<FoldStatistic> Metrics { get; }

    /// <summary>A number by its name: <c>loss</c> or a metric's.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is no such number; the message lists those there are.</exception>
    public FoldStatistic this[string name] => Metrics.Prepend(Loss).FirstOrDefault(statistic => statistic.Name == name)
        ?? throw new ArgumentException(
            $"There is no '{name}'; there are {string.Join(", ", Metrics.Prepend(Loss).Select(statistic => statistic.Name))}.", nameof(name));

    /// <summary>A line per number: its mean and deviation over the folds.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Folds.Count} folds");
        foreach (FoldStatistic statistic in Metrics.Prepend(Loss))
            text.Append('\n').Append(statistic);
        return text.ToString();
    }
}
