using NetGen;
using NetGen.Data;
using NetGen.Optimizers;
using NetGen.Schedules;

namespace Digits;

/// <summary>What a network is trained on, and how.</summary>
/// <param name="Train">The samples to learn from.</param>
/// <param name="Optimizer">What makes a step of a gradient.</param>
/// <param name="Options">Epochs, schedule, validation and the rest.</param>
/// <param name="Norms">The gradients' norms, for the report.</param>
/// <param name="Stopping">What watches for the best epoch, if anything does.</param>
internal sealed record Recipe(
    Dataset Train, Optimizer Optimizer, FitOptions Options, GradientNorms Norms, EarlyStopping? Stopping = null)
{
    /// <summary>
    /// All samples as they are, for a fixed number of epochs. The test samples are only looked at: nothing depends on them.
    /// </summary>
    public static Recipe Simple(Dataset train, Dataset test, int epochs)
    {
        const float LearningRate = 3e-3f;
        GradientNorms norms = SomeNorms();
        return new Recipe(train, new Adam(LearningRate), new FitOptions
        {
            Epochs = epochs,
            BatchSize = 32,
            Schedule = new CosineSchedule(LearningRate, epochs),
            Validation = test,
            Callbacks = [norms],
        }, norms);
    }

    /// <summary>
    /// What brings the last tenths of a percent of MNIST. No epoch sees the same image twice: each is moved, turned and stretched a
    /// little. The rate rises and falls in one cycle. A tenth of the samples is kept apart, and of all epochs the one that reads
    /// those best is the one that stays.
    /// </summary>
    public static Recipe Best(Dataset train, int epochs)
    {
        const float HighestRate = 3e-3f;
        const int BatchSize = 64;
        var (seen, kept) = train.Split(0.9, seed: 1, stratify: true);
        Dataset varied = seen.Augment(seed: 1, new Rotate(12), new Zoom(0.88f, 1.12f), new Shift(2, 2));
        int batches = (varied.Count + BatchSize - 1) / BatchSize;
        GradientNorms norms = SomeNorms();
        var stopping = new EarlyStopping("validation loss", patience: Math.Max(4, epochs / 4));
        return new Recipe(varied, new AdamW(HighestRate) { WeightDecay = 0.01f }, new FitOptions
        {
            Epochs = epochs,
            BatchSize = BatchSize,
            Schedule = new OneCycleSchedule(HighestRate, epochs * batches),
            SchedulePerBatch = true,
            Validation = kept,
            Callbacks = [stopping, norms],
            Prefetch = 4,
        }, norms, stopping);
    }

    // Of every twentieth batch: enough for a picture, and no time.
    private static GradientNorms SomeNorms() => new(everyBatches: 20);
}
