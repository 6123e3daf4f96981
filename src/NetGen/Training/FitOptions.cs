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
    /// accuracy where there are validation samples of classes: class ids, class probabilities, or one-hot values for a network with a loss on
    /// classes.
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

    /// <summary>
    /// Where progress is shown: in the terminal, or nowhere with null; <see cref="LogProgress"/> and <see cref="ReportedProgress"/> tell loggers
    /// and programs.
    /// </summary>
    public TrainingCallback? Progress { get; init; } = new TerminalProgress();

    /// <summary>Whether nothing is shown in the terminal, whatever <see cref="Progress"/> says.</summary>
    public bool Quiet { get; init; }

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

    /// <summary>Ends training after the batch that is running, or before the first if it is cancelled already; the history says so.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Prefetch);
        if (StopAtGradientNorm is { } norm)
            Require.NotNegative(norm, nameof(StopAtGradientNorm));
        if (StopAtLossChange is { } change)
            Require.NotNegative(change, nameof(StopAtLossChange));
        ArgumentNullException.ThrowIfNull(Callbacks, nameof(Callbacks));
        if (Callbacks.Contains(null!))
            throw new ArgumentException("One of the callbacks is null.", nameof(Callbacks));
        if (Callbacks.Distinct().Count() != Callbacks.Count)
            throw new ArgumentException("A callback is there twice; it would count everything twice.", nameof(Callbacks));
        CheckMetrics();
        if (Checkpoint is { } checkpoint)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(checkpoint.EveryBatches, nameof(CheckpointOptions.EveryBatches));
            AtomicFile.RequireWritable(checkpoint.Path);
        }
    }

    /// <summary>Refuses rates that a schedule will give one day and no optimizer takes.</summary>
    /// <param name="batches">The batches of an epoch.</param>
    internal void CheckSchedule(int batches)
    {
        if (Schedule is null)
            return;
        const int Looks = 1000;
        long steps = SchedulePerBatch ? Epochs * (long)batches : Epochs;
        for (long look = 0; look < Math.Min(steps, Looks); look++)
        {
            long step = steps <= Looks ? look : (long)((steps - 1) * (double)look / (Looks - 1));
            float rate = Schedule.RateAt(step);
            if (!(rate >= 0 && float.IsFinite(rate)))
            {
                throw new ArgumentException($"The schedule's rate at step {step} is {rate}; learning rates are finite and at least 0.");
            }
        }
    }

    private void CheckMetrics()
    {
        if (Metrics is not { } metrics)
            return;
        if (metrics.Contains(null!))
            throw new ArgumentException("One of the metrics is null.", nameof(Metrics));
        string? twice = metrics.GroupBy(metric => metric.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"Two metrics are called '{twice}'; their numbers could not be told apart.", nameof(Metrics));
        if (metrics.FirstOrDefault(metric => metric.Name is "loss" or "validation loss") is { } taken)
            throw new ArgumentException($"A metric cannot be called '{taken.Name}'; every epoch has a number of that name.", nameof(Metrics));
    }
}

/// <summary>Where <c>Fit</c> keeps checkpoints.</summary>
/// <param name="path">The file, in safetensors format; replaced as a whole, so that there is always one that is complete.</param>
public sealed class CheckpointOptions(string path)
{
    /// <summary>The file.</summary>
    public string Path { get; } = string.IsNullOrEmpty(path) ? throw new ArgumentException("A checkpoint needs a file's name.", nameof(path)) : path;

    /// <summary>How many batches lie between two checkpoints; 0 means one after each epoch.</summary>
    public int EveryBatches { get; init; }

    /// <summary>
    /// Whether to go on from the file if it exists. With the same network, data, and options, the run then gives the bits of
    /// one that was never interrupted. What decides the course of a run (network, optimizer, samples, batches, seeds, metrics, what callbacks
    /// watch) must be the same, or the file is refused with both values. Other settings may be new and then count: a learning rate, schedule or
    /// decay, the number of epochs, clipping, patience.
    /// </summary>
    public bool Resume { get; init; }
}
