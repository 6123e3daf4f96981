namespace NetGen;

/// <summary>
/// Writes loss, metrics and learning rate where TensorBoard finds them: <c>tensorboard --logdir runs</c> shows them while training goes on. Each run
/// should have a directory of its own; one that goes on from a checkpoint continues the curves in its directory.
/// </summary>
/// <remarks>
/// The numbers of epochs are called <c>epoch/loss</c>, <c>epoch/accuracy</c> and so on, over the epochs from 1; those of batches, if asked for,
/// <c>batch/loss</c> and <c>batch/learning rate</c>, over the batches of the whole run from 1. What is not known is left out.
/// </remarks>
/// <param name="directory">The directory; made if it is not there.</param>
/// <param name="everyBatches">How many batches lie between two that are written; 0 writes epochs alone.</param>
public sealed class TensorBoard(string directory, int everyBatches = 0) : TrainingCallback
{
    private readonly string _directory = !string.IsNullOrEmpty(directory)
        ? directory
        : throw new ArgumentException("TensorBoard needs a directory to look into.", nameof(directory));

    private readonly int _everyBatches = everyBatches >= 0
        ? everyBatches
        : throw new ArgumentOutOfRangeException(nameof(everyBatches), everyBatches, "Batches are written every so many, or not at all with 0.");

    private EventFile? _file;
    private bool _isContinued;

    /// <inheritdoc/>
    public override string Identity => "";

    /// <inheritdoc/>
    /// <exception cref="IOException">The directory cannot be made or written to.</exception>
    public override void OnFitBegin(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (File.Exists(_directory))
            throw new IOException($"{_directory} is a file; TensorBoard needs a directory to look into.");
        _file?.Dispose();
        try
        {
            Directory.CreateDirectory(_directory);
            _file = EventFile.Create(_directory);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"{_directory} cannot be written to: {exception.Message}", exception);
        }

        _isContinued = false;
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        long batch = (context.Epoch - 1) * (long)context.Batches + context.Batch;
        Continue(context, batch);
        if (_everyBatches == 0 || batch % _everyBatches != 0)
            return;
        _file!.WriteScalars(batch, [new("batch/loss", context.BatchLoss), new("batch/learning rate", context.Optimizer.LearningRate)]);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        IEnumerable<KeyValuePair<string, double>> numbers =
        [
            new("loss", record.Loss), new("validation loss", record.ValidationLoss), .. record.Metrics,
            new("learning rate", record.LearningRate), new("gradient norm", record.GradientNorm), new("samples per second", record.SamplesPerSecond),
        ];
        _file!.WriteScalars(record.Epoch, numbers
            .Where(number => !double.IsNaN(number.Value))
            .Select(number => KeyValuePair.Create("epoch/" + number.Key, number.Value)));
    }

    /// <inheritdoc/>
    public override void OnFitEnd(FitContext context)
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>
    /// A run that goes on may repeat batches that an interrupted one has written already: TensorBoard is told to forget those. It knows one count of
    /// steps for all curves, so the smaller of the two that are written is given, an epoch's.
    /// </summary>
    private void Continue(FitContext context, long batch)
    {
        if (_isContinued)
            return;
        _isContinued = true;
        if (batch > 1)
            _file!.WriteStart(_everyBatches == 0 ? context.Epoch : batch);
    }
}
