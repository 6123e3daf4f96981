using System.Diagnostics;

namespace NetGen;

/// <summary>How far a training has come.</summary>
/// <param name="Epoch">The epoch that is running or has just ended, from 1.</param>
/// <param name="Epochs">The epochs there will be, unless training ends earlier.</param>
/// <param name="Batch">The batches of the epoch that are done.</param>
/// <param name="Batches">The batches of an epoch.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="Record">What the epoch came to, when it has ended; null before.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, int Batch, int Batches, double Loss, EpochRecord? Record)
{
    /// <summary>The part of all batches that is done, 0 to 1.</summary>
    public double Fraction => ((Epoch - 1) * (double)Batches + Batch) / (Epochs * (double)Batches);
}

/// <summary>
/// Tells a program how training goes, such as one that moves a bar in a window: after each epoch, and some times a second in between.
/// </summary>
/// <param name="progress">Who is told; <see cref="Progress{T}"/> calls on the thread that made it.</param>
/// <param name="interval">The least time between two reports within an epoch; a tenth of a second if left out, and none at all for zero.</param>
public sealed class ReportedProgress(IProgress<TrainingProgress> progress, TimeSpan? interval = null) : TrainingCallback
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly IProgress<TrainingProgress> _progress = progress ?? throw new ArgumentNullException(nameof(progress));
    private readonly TimeSpan _interval = interval ?? s_interval;
    private long _last;

    /// <inheritdoc/>
    public override string Identity => "";

    /// <inheritdoc/>
    public override void OnBatchEnd(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // An epoch's last batch is told with what the epoch came to.
        if (context.Batch == context.Batches || Stopwatch.GetElapsedTime(_last) < _interval)
            return;
        _last = Stopwatch.GetTimestamp();
        Report(context, context.Epoch, context.Batch, context.EpochLoss, null);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(record);
        Report(context, record.Epoch, context.Batches, record.Loss, record);
    }

    private void Report(FitContext context, int epoch, int batch, double loss, EpochRecord? record) =>
        _progress.Report(new TrainingProgress(epoch, context.Options.Epochs, batch, context.Batches, loss, record));
}
