namespace NetGen;

/// <summary>
/// How <see cref="CrossValidation"/> trains and measures. The defaults are made for tables of some hundred to some ten thousand rows.
/// </summary>
public sealed class CrossValidationOptions
{
    /// <summary>The number of folds, at least 2.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>The seed of folds, networks and orders; the networks' seeds are this and the numbers that follow.</summary>
    public int Seed { get; init; }

    /// <summary>Whether folds keep the classes' shares; unless set, where the data has class ids.</summary>
    public bool? Stratify { get; init; }

    /// <summary>
    /// What to compute; unless set, accuracy where targets are surely classes, else R² and the mean absolute error where outputs are values.
    /// </summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>
    /// Makes each fold's optimizer; unless set <see cref="AdamW"/> with a decay of 0.3, which keeps small tables from being learned by heart.
    /// </summary>
    public Func<Optimizer> Optimizer { get; init; } = static () => new AdamW { WeightDecay = 0.3f };

    /// <summary>The trainers' threads, memory and clipping.</summary>
    public TrainerOptions? Trainer { get; init; }

    /// <summary>How many times to go through the training samples at most, at least 1.</summary>
    public int Epochs { get; init; } = 200;

    /// <summary>The samples of a step, at least 1.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// The share of a fold's training samples that is kept apart to see when training should stop, 0 to below 1; with 0 it runs through all
    /// epochs. The samples that the fold is measured on have no part in that.
    /// </summary>
    public double StoppingShare { get; init; } = 0.15;

    /// <summary>How many epochs in a row may bring no improvement before training stops, at least 0.</summary>
    public int Patience { get; init; } = 15;

    /// <summary>Whether inputs get the mean 0 and the variance 1 by what a fold's training samples say, images channel by channel.</summary>
    public bool ScaleInputs { get; init; } = true;

    /// <summary>Whether the targets of a regression do; metrics are in their own units all the same.</summary>
    public bool ScaleTargets { get; init; } = true;

    /// <summary>Where each fold's progress is shown; nowhere unless set.</summary>
    public TrainingCallback? Progress { get; init; }

    /// <summary>Ends the run after the batch that is running, with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Patience);
        if (!(StoppingShare is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(StoppingShare), StoppingShare, "The share is from 0 to below 1.");
        ArgumentNullException.ThrowIfNull(Optimizer);
    }
}
