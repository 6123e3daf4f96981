using NetGen.Data;

namespace NetGen;

/// <summary>How <c>Fit</c> trains.</summary>
public sealed class FitOptions
{
    /// <summary>How many times to go through the training samples, at least 1.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>The samples of a step, at least 1; the last batch of an epoch takes what is left.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Whether each epoch takes the samples in a new order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The seed of the orders. The order of an epoch depends on the seed and the epoch alone.</summary>
    public int Seed { get; init; }

    /// <summary>Samples that are not trained on, evaluated after each epoch.</summary>
    public Dataset? Validation { get; init; }

    /// <summary>
    /// What to compute after each epoch, from the validation samples or, without them, from the training samples. By default the
    /// accuracy where there are validation samples of classes: class ids, class probabilities, or one-hot values for a network with a loss on classes.
    /// </summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>
    /// Whether the metrics are also computed from the training samples after each epoch where there are validation samples, as
    /// <c>training accuracy</c> and so on: how far the two are apart shows how much is learned by heart. It costs a prediction of each.
    /// </summary>
    public bool TrainingMetrics { get; init; }

    /// <summary>
    /// How many batches a thread of its own reads ahead, at least 0; 0 reads each when it is needed. Worth it where reading takes
    /// long, as with augmentation and files. The bits are the same.
    /// </summary>
    public int Prefetch { get; init; }

    /// <summary>Who else is told what happens, in this order.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>Where progress is shown: in the terminal, or nowhere with null.</summary>
    public TrainingCallback? Progress { get; init; } = new TerminalProgress();

    /// <summary>The learning rate over time; the optimizer's own if left out.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Whether the schedule counts batches instead of epochs.</summary>
    public bool SchedulePerBatch { get; init; }

    /// <summary>Where to keep checkpoints, and whether to go on from one.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Ends training after an epoch whose mean gradient norm is below this.</summary>
    public double? StopAtGradientNorm { get; init; }

    /// <summary>
    /// Ends training after an epoch whose loss differs from the epoch's before by less than this share of it.
    /// </summary>
    public double? StopAtLossChange { get; init; }

    /// <summary>Whether to compute the norm of every gradient for the history, at the price of a pass over it.</summary>
    public bool TrackGradientNorm { get; init; }

    /// <summary>Ends training after the batch that is running; the history says so.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Prefetch);
        if (StopAtGradientNorm is { } norm)
            ArgumentOutOfRangeException.ThrowIfNegative(norm, nameof(StopAtGradientNorm));
        if (StopAtLossChange is { } change)
            ArgumentOutOfRangeException.ThrowIfNegative(change, nameof(StopAtLossChange));
        ArgumentNullException.ThrowIfNull(Callbacks, nameof(Callbacks));
    }
}

/// <summary>Where <c>Fit</c> keeps checkpoints.</summary>
/// <param name="path">The file, in safetensors format; replaced as a whole, so that there is always one that is complete.</param>
public sealed class CheckpointOptions(string path)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>How many batches lie between two checkpoints; 0 means one after each epoch.</summary>
    public int EveryBatches { get; init; }

    /// <summary>
    /// Whether to go on from the file if it exists. With the same network, data, and options, the run then gives the bits of
    /// one that was never interrupted.
    /// </summary>
    public bool Resume { get; init; }
}
