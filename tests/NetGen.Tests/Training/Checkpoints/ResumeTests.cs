using NetGen.Data;
using NetGen.Tests.Data;

namespace NetGen.Tests.Training.Checkpoints;

public sealed class ResumeTests : IDisposable
{
    private readonly Dataset _data = TestData.Separable(83, seed: 1);
    private readonly Dataset _validation = TestData.Separable(40, seed: 2);
    private readonly TemporaryDirectory _directory = new();

    private string Path => System.IO.Path.Combine(_directory.Root, "run.checkpoint");

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string, string, FitOptions> OtherRuns => new()
    {
        { "metrics: 'accuracy' in the checkpoint, now 'accuracy, f1'", "", new() { Metrics = [Metric.Accuracy, Metric.F1()] } },
        { "metrics: 'accuracy' in the checkpoint, now 'auc'", "", new() { Metrics = [Metric.RocAuc] } },
        { "training metrics: 'no' in the checkpoint, now 'yes'", "", new() { TrainingMetrics = true } },
        { "batch size: '10' in the checkpoint, now '12'", "", new() { BatchSize = 12 } },
        { "order: 'shuffled with seed 0' in the checkpoint, now 'shuffled with seed 1'", "", new() { Seed = 1 } },
        { "now 'as in the data set'", "", new() { Shuffle = false } },
        { "validation samples: ", "other validation", new() },
        { "samples: '83, targets ", "other data", new() },
        { "samples: '83, targets ", "other order", new() },
        { "samples: '83, targets ", "one other target", new() },
        { "samples: '83, targets ", "other inputs", new() },
        { "optimizer: 'Sgd' in the checkpoint, now 'Adam'", "other optimizer", new() },
        { "trainer seed: '0' in the checkpoint, now '5'", "other trainer", new() },
        { "callbacks: 'EarlyStopping by accuracy' in the checkpoint, now 'EarlyStopping by loss'", "", new() { Callbacks = [new EarlyStopping("loss")] } },
        { "now 'none'", "", new() { Callbacks = [] } },
    };

    /// <summary>The same samples with another input in each, or another class.</summary>
    private MemoryDataset Changed(float shift, Action<int[]> change)
    {
        var inputs = new float[_data.Count * _data.InputLength];
        var classes = new int[_data.Count];
        _data.Read([.. Enumerable.Range(0, _data.Count)], inputs, [], classes);
        change(classes);
        return new MemoryDataset([.. inputs.Select(value => value + shift)], [1, 2, 3], classes, 3);
    }

    [Theory]
    [MemberData(nameof(OtherRuns))]
    public void A_checkpoint_of_another_run_is_refused_with_both_values(string message, string other, FitOptions options)
    {
        Fit(new Setup());
        var model = new SoftmaxNet(seed: 9);
        float[] before = model.Parameters.Span.ToArray();
        Optimizer optimizer = other == "other optimizer" ? new Adam(0.1f) : new Sgd(0.1f);
        using var trainer = new Trainer<SoftmaxNet>(model, optimizer, new TrainerOptions { Seed = other == "other trainer" ? 5 : 0 });
        int[] reversed = [.. Enumerable.Range(0, 83).Reverse()];
        Dataset data = other switch
        {
            "other data" => TestData.Separable(83, seed: 3),
            "other order" => _data.Subset(reversed),
            "one other target" => Changed(0, classes => classes[81] = (classes[81] + 1) % 3),
            "other inputs" => Changed(1e-3f, _ => { }),
            _ => _data,
        };

        var thrown = Assert.Throws<InvalidDataException>(() => trainer.Fit(data, new FitOptions
        {
            Epochs = 4, BatchSize = options.BatchSize == 32 ? 10 : options.BatchSize, Shuffle = options.Shuffle, Seed = options.Seed,
            Metrics = options.Metrics ?? [Metric.Accuracy], TrainingMetrics = options.TrainingMetrics, Progress = null,
            Validation = other == "other validation" ? TestData.Separable(41, seed: 2) : _validation,
            Callbacks = options.Callbacks is [] && message != "now 'none'" ? [new EarlyStopping("accuracy")] : options.Callbacks,
            Checkpoint = new CheckpointOptions(Path) { Resume = true },
        }));

        Assert.Contains(message, thrown.Message);
        Assert.StartsWith(Path, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.Span.ToArray());
        Assert.Equal((0L, 0L), (trainer.StepCount, optimizer.StepCount));
    }

    [Fact]
    public void A_learning_rate_that_is_given_anew_counts()
    {
        Fit(new Setup { Epochs = 2 });
        TrainingHistory history = Fit(new Setup { Epochs = 4, Rate = 0.001f, Resume = true }).History;
        Assert.Equal([0.1f, 0.1f, 0.001f, 0.001f], history.Epochs.Select(epoch => epoch.LearningRate));
        // It is the given one from there on.
        Assert.Equal(0.001f, Fit(new Setup { Epochs = 5, Rate = 0.001f, Resume = true }).History.Epochs[^1].LearningRate);
    }

    [Fact]
    public void A_rate_that_a_plateau_lowered_stays_unless_another_one_is_given()
    {
        TrainingHistory first = Fit(Plateau(3, 0.1f)).History;
        float lowered = first.Epochs[^1].LearningRate;
        Assert.True(lowered < 0.1f);

        TrainingHistory whole = Fit(Plateau(5, 0.1f) with { Resume = false, File = "whole" }).History;
        TrainingHistory resumed = Fit(Plateau(5, 0.1f)).History;
        Assert.Equal(whole.Epochs.Select(epoch => epoch.LearningRate), resumed.Epochs.Select(epoch => epoch.LearningRate));
        float[] rates = [.. Fit(Plateau(7, 2f)).History.Epochs.Skip(5).Select(epoch => epoch.LearningRate)];
        Assert.Equal(2f, rates[0]);
        Assert.True(rates[1] < 2f);

        // No epoch is an improvement of a thousand, so that each lowers the rate.
        static Setup Plateau(int epochs, float rate) => new()
        {
            Epochs = epochs, Rate = rate, Resume = true,
            Callbacks = () => [new ReduceRateOnPlateau("loss") { Patience = 0, Factor = 0.5f, Threshold = 1000 }],
        };
    }

    [Fact]
    public void A_larger_patience_lets_a_run_go_on_that_had_ended()
    {
        Setup setup = Impatient(1);
        TrainingHistory first = Fit(setup).History;
        Assert.Equal((StopReason.Callback, 3), (first.StopReason, first.Epochs.Count));

        TrainingHistory same = Fit(setup with { Resume = true }).History;
        Assert.Equal((StopReason.Callback, 3), (same.StopReason, same.Epochs.Count));
        TrainingHistory longer = Fit(Impatient(4) with { Resume = true }).History;
        Assert.Equal((StopReason.Callback, 6), (longer.StopReason, longer.Epochs.Count));

        // Nothing improves by a thousand, so that the first epoch stays the best.
        static Setup Impatient(int patience) => new()
        {
            Epochs = 20, Callbacks = () => [new EarlyStopping("loss", patience) { MinimumChange = 1000 }],
        };
    }

    [Fact]
    public void More_epochs_and_callbacks_that_remember_nothing_are_welcome()
    {
        Fit(new Setup { Epochs = 2 });
        var seen = new List<int>();
        TrainingHistory history = Fit(new Setup
        {
            Epochs = 3, Resume = true,
            Callbacks = () => [new ReportedProgress(new Inline(progress => seen.Add(progress.Epoch))), new EarlyStopping("accuracy")],
        }).History;
        Assert.Equal(3, history.Epochs.Count);
        Assert.All(seen, epoch => Assert.Equal(3, epoch));
    }

    [Fact]
    public void A_run_that_a_callback_ended_within_an_epoch_stays_ended()
    {
        Setup setup = new() { Epochs = 3, Callbacks = () => [new StopAt(4)] };
        TrainingHistory first = Fit(setup).History;
        TrainingHistory again = Fit(setup with { Resume = true }).History;
        Assert.Equal((StopReason.Callback, 0), (again.StopReason, again.Epochs.Count));
        Assert.Equal(first.StopReason, again.StopReason);
    }

    public static TheoryData<string> Damages =>
    [
        "a renamed tensor", "no optimizer", "no format", "another format", "no checksum", "another checksum", "NaN parameters", "infinite parameters", "NaN state",
        "a negative weight", "a negative sum", "an infinite sum", "a negative epoch", "an absurd epoch", "an absurd batch", "a negative batch", "no steps",
        "an absurd reason", "a missing state", "another state", "a shorter state", "no position", "a short position", "floats for a position", "a ragged history",
        "epochs of another number", "no history", "a negative rate", "a NaN rate", "no callback", "half a callback", "a short callback", "NaN best parameters",
    ];

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_checkpoint_is_refused_and_nothing_is_taken_over(string damage)
    {
        // Damage that no checksum tells of, too: whoever wrote it may have been wrong itself.
        foreach (bool hidden in (bool[])[false, true])
        {
            foreach (int everyBatches in (int[])[0, 4])
            {
                File.Delete(Path);
                bool inside = everyBatches > 0;
                Fit(new Setup { Epochs = 2, EveryBatches = everyBatches, Callbacks = () => inside ? [new EarlyStopping("accuracy"), new Fail(16)] : [new EarlyStopping("accuracy")] }, fails: inside);
                // Within an epoch a sum may be negative, as some losses are.
                if (damage is "a negative sum" && hidden && inside)
                    continue;
                if (!CheckpointDamage.Apply(Path, damage, hidden))
                    continue;
                AssertRefused(damage);
            }
        }
    }

    [Fact]
    public void A_file_that_is_no_checkpoint_is_refused()
    {
        new SoftmaxNet().Parameters.Save(Path);
        AssertRefused("its format is 'pt'");
        File.WriteAllBytes(Path, [1, 2, 3]);
        AssertRefused("");
    }

    [Fact]
    public void Parameters_are_loaded_out_of_a_checkpoint()
    {
        float[] trained = Fit(new Setup { Epochs = 2 }).Parameters;
        var model = new SoftmaxNet(seed: 9);
        model.Parameters.Load(Path);
        Assert.Equal(trained, model.Parameters.Span.ToArray());
    }

    private void AssertRefused(string what)
    {
        var model = new SoftmaxNet(seed: 9);
        float[] before = model.Parameters.Span.ToArray();
        var optimizer = new Sgd(0.1f) { Momentum = 0.9f };
        using var trainer = new Trainer<SoftmaxNet>(model, optimizer);
        var stopping = new EarlyStopping("accuracy");
        Exception? thrown = Record.Exception(() => trainer.Fit(_data, new FitOptions
        {
            Epochs = 4, BatchSize = 10, Metrics = [Metric.Accuracy], Validation = _validation, Progress = null, Callbacks = [stopping],
            Checkpoint = new CheckpointOptions(Path) { Resume = true },
        }));
        Assert.True(thrown is InvalidDataException, $"{what}: {thrown?.ToString() ?? "resumed without a word"}");
        Assert.StartsWith(Path, thrown!.Message, StringComparison.Ordinal);
        if (what.StartsWith("its", StringComparison.Ordinal))
            Assert.Contains(what, thrown.Message);
        Assert.True(before.SequenceEqual(model.Parameters.Span.ToArray()), $"{what}: parameters have changed");
        OptimizerState state = optimizer.ExportState();
        Assert.Equal((0L, 0L), (state.StepCount, trainer.StepCount));
        Assert.All(state.Slots["momentum"], value => Assert.Equal(0, value));
        Assert.Equal(0.1f, optimizer.LearningRate);
    }

    private (float[] Parameters, TrainingHistory History) Fit(Setup setup, bool fails = false)
    {
        var model = new SoftmaxNet();
        using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(setup.Rate) { Momentum = 0.9f });
        var options = new FitOptions
        {
            Epochs = setup.Epochs, BatchSize = 10, Metrics = [Metric.Accuracy], Validation = _validation, Progress = null,
            Callbacks = setup.Callbacks?.Invoke() ?? [new EarlyStopping("accuracy")],
            Checkpoint = new CheckpointOptions(System.IO.Path.Combine(_directory.Root, setup.File)) { Resume = setup.Resume, EveryBatches = setup.EveryBatches },
        };
        if (fails)
        {
            Assert.Throws<OperationCanceledException>(() => trainer.Fit(_data, options));
            return ([], new TrainingHistory());
        }

        TrainingHistory history = trainer.Fit(_data, options);
        return (model.Parameters.Span.ToArray(), history);
    }

    private sealed record Setup
    {
        internal int Epochs { get; init; } = 2;
        internal float Rate { get; init; } = 0.1f;
        internal bool Resume { get; init; }
        internal int EveryBatches { get; init; }
        internal string File { get; init; } = "run.checkpoint";
        internal Func<IReadOnlyList<TrainingCallback>>? Callbacks { get; init; }
    }

    private sealed class Inline(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }

    /// <summary>Fails as a crash would, and is not there when the run goes on.</summary>
    private sealed class Fail(int at) : TrainingCallback
    {
        private int _batches;

        public override string Identity => "";

        public override void OnBatchEnd(FitContext context)
        {
            if (++_batches == at)
                throw new OperationCanceledException();
        }
    }

    private sealed class StopAt(int batch) : TrainingCallback
    {
        public override void OnBatchEnd(FitContext context)
        {
            if (context.Batch == batch)
                context.Stop();
        }
    }
}
