using System.Globalization;
using NetGen.Data;

namespace NetGen.Tests.Training.Killing;

/// <summary>
/// Trainings that keep checkpoints, one per optimizer, all at the same time so that killing the process breaks each off somewhere else.
/// </summary>
internal static class KilledRuns
{
    /// <summary>The argument that makes the test program run the trainings instead of tests.</summary>
    internal const string Argument = "--run-trainings-to-be-killed";

    internal static readonly Dictionary<string, Func<Optimizer>> Optimizers = new()
    {
        ["sgd"] = () => new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true, WeightDecay = 0.01f },
        ["adagrad"] = () => new AdaGrad(0.1f) { RateDecay = 0.001 },
        ["adadelta"] = () => new AdaDelta(),
        ["rmsprop"] = () => new RmsProp(0.01f) { Centered = true, Momentum = 0.5f },
        ["adam"] = () => new Adam(0.05f),
        ["adamw"] = () => new AdamW(0.05f) { WeightDecay = 0.1f },
        ["amsgrad"] = () => new AmsGrad(0.05f),
        ["nadam"] = () => new Nadam(0.05f),
        ["radam"] = () => new RAdam(0.05f),
        ["adamax"] = () => new AdaMax(0.05f),
        ["lion"] = () => new Lion(0.01f),
    };

    /// <summary>Runs all trainings from their checkpoints in a directory, if there are any, and leaves their results there.</summary>
    internal static void RunAll(string directory)
    {
        var threads = Optimizers.Keys.Select((name, index) => new Thread(() =>
        {
            string result = Run(name, index, Path.Combine(directory, name + ".checkpoint"), pause: true);
            File.WriteAllText(Path.Combine(directory, name + ".result"), result);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    /// <summary>One training; what it came to, to the last bit, as text.</summary>
    internal static string Run(string name, int index, string? checkpoint, bool pause)
    {
        // The runs differ in all that is remembered: callbacks, schedules, reading ahead, weights, and where checkpoints lie.
        bool scheduled = index % 2 == 0;
        Dataset data = TestData.Separable(83, seed: 1).Augment(5, new HorizontalFlip(), new Noise(0.05f, -2, 2));
        if (index % 3 == 0)
            data = data.Weight([.. Enumerable.Range(0, 83).Select(i => 0.5f + i % 4)]);
        var model = new SoftmaxNet(index);
        using var trainer = new Trainer<SoftmaxNet>(
            model, Optimizers[name](), new TrainerOptions { Threads = 1 + index % 2, ClipNorm = 1 });
        var norms = new GradientNorms(everyBatches: 2);
        var stopping = new EarlyStopping("accuracy", patience: 6);
        TrainingHistory history = trainer.Fit(data, new FitOptions
        {
            Epochs = 8, BatchSize = 10, Seed = index, Validation = TestData.Separable(40, seed: 2), Progress = null,
            Metrics = [Metric.Accuracy], TrackGradientNorm = true, Prefetch = index % 3,
            Schedule = scheduled ? new CosineSchedule(trainer.Optimizer.LearningRate, 72) : null, SchedulePerBatch = true,
            Callbacks = [stopping, norms, scheduled ? new Pause(pause) : new ReduceRateOnPlateau { Patience = 0, Factor = 0.7f }, new Pause(pause)],
            Checkpoint = checkpoint is null ? null : new CheckpointOptions(checkpoint) { EveryBatches = 1 + index % 4, Resume = true },
        });

        OptimizerState state = trainer.Optimizer.ExportState();
        return string.Join('\n',
        [
            $"stopped: {history.StopReason}, best epoch {stopping.BestEpoch}, {state.StepCount} steps, {trainer.StepCount} in all",
            "parameters: " + Bits(model.Parameters.Span.ToArray()),
            .. state.Slots.OrderBy(slot => slot.Key, StringComparer.Ordinal).Select(slot => $"{slot.Key}: {Bits(slot.Value)}"),
            .. history.Epochs.Select(epoch => string.Create(CultureInfo.InvariantCulture,
                $"{epoch.Epoch}: {epoch.Steps} {epoch.Loss:R} {epoch.ValidationLoss:R} {epoch["accuracy"]:R} {epoch.LearningRate:R} "
                + $"{epoch.GradientNorm:R}")),
            .. norms.Epochs.Select(epoch => "norms: " + string.Join(' ', epoch.Select(norm => norm.ToString("R", CultureInfo.InvariantCulture)))),
        ]);
    }

    private static string Bits(float[] values) =>
        string.Join(' ', values.Select(value => BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture)));

    /// <summary>Says that a batch is done, and takes its time, so that a kill has something to hit.</summary>
    private sealed class Pause(bool pause) : TrainingCallback
    {
        public override void OnBatchEnd(FitContext context)
        {
            if (!pause)
                return;
            Console.Out.WriteLine("batch");
            Thread.Sleep(2);
        }
    }
}
