using NetGen.Data;
using Spectre.Console;

namespace NetGen.Tests.Training;

public sealed class FitTests
{
    private const int Count = 83;

    private readonly Dataset _data = TestData.Separable(Count, seed: 1);
    private readonly Dataset _validation = TestData.Separable(40, seed: 2);

    [Fact]
    public void A_network_learns_and_the_history_tells_how()
    {
        var model = new SoftmaxNet();
        using var trainer = new Trainer<SoftmaxNet>(model, new Adam(0.05f));
        TrainingHistory history = trainer.Fit(_data, new FitOptions
        {
            Epochs = 20, BatchSize = 10, Validation = _validation, Progress = null, TrackGradientNorm = true,
        });

        Assert.Equal(20, history.Epochs.Count);
        Assert.Equal(StopReason.Completed, history.StopReason);
        EpochRecord last = history.Epochs[^1];
        Assert.Equal(20 * 9, last.Steps);
        Assert.True(last["accuracy"] > 0.75, $"accuracy {last["accuracy"]}");
        Assert.True(last.Loss < history.Epochs[0].Loss / 2);
        Assert.Equal(trainer.Evaluate(_validation).Loss, last.ValidationLoss);
        Assert.InRange(last.GradientNorm, 1e-6, 10);
        Assert.True(last.SamplesPerSecond > 0);
        string[] lines = history.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(21, lines.Length);
        Assert.Equal("epoch,steps,loss,validation loss,accuracy,learning rate,gradient norm,seconds,samples per second", lines[0]);
        Assert.StartsWith("20,180,", lines[20], StringComparison.Ordinal);
    }

    [Fact]
    public void The_loss_of_an_epoch_is_the_mean_over_its_samples()
    {
        var model = new SoftmaxNet();
        using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(0f));
        TrainingHistory history = trainer.Fit(_data, new FitOptions { BatchSize = 10, Progress = null });
        Assert.Equal(trainer.Evaluate(_data).Loss, history.Epochs[0].Loss, 6);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_one_does_not()
    {
        float[] first = Train(new FitOptions { Epochs = 3, BatchSize = 10, Seed = 5, Progress = null }, 1);
        Assert.Equal(first, Train(new FitOptions { Epochs = 3, BatchSize = 10, Seed = 5, Progress = null }, 3));
        Assert.NotEqual(first, Train(new FitOptions { Epochs = 3, BatchSize = 10, Seed = 6, Progress = null }, 1));
    }

    [Fact]
    public void A_schedule_sets_the_rate_of_each_epoch()
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(1f));
        TrainingHistory history = trainer.Fit(_data, new FitOptions
        {
            Epochs = 3, Schedule = new ExponentialSchedule(0.1f, 0.5f), Progress = null,
        });
        Assert.Equal([0.1f, 0.05f, 0.025f], history.Epochs.Select(epoch => epoch.LearningRate));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 4)]
    [InlineData(13, 4)]
    [InlineData(28, 0)]
    [InlineData(40, 7)]
    public void A_run_that_is_killed_and_resumed_gives_the_bits_of_one_that_was_not(int killedAt, int everyBatches)
    {
        string path = Path.Combine(Path.GetTempPath(), $"netgen-{Guid.NewGuid():N}.checkpoint");
        try
        {
            (float[] expected, TrainingHistory expectedHistory) = Run(null, everyBatches, 0);
            Assert.Throws<OperationCanceledException>(() => Run(path, everyBatches, killedAt));
            (float[] actual, TrainingHistory history) = Run(path, everyBatches, 0);

            Assert.Equal(expected, actual);
            Assert.Equal(
                expectedHistory.Epochs.Select(epoch => (epoch.Loss, epoch.ValidationLoss, epoch["accuracy"], epoch.Steps)),
                history.Epochs.Select(epoch => (epoch.Loss, epoch.ValidationLoss, epoch["accuracy"], epoch.Steps)));
            (float[] again, TrainingHistory same) = Run(path, everyBatches, 0);
            Assert.Equal(expected, again);
            Assert.Equal(expectedHistory.StopReason, same.StopReason);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused_and_changes_nothing()
    {
        string path = Path.Combine(Path.GetTempPath(), $"netgen-{Guid.NewGuid():N}.checkpoint");
        try
        {
            Train(new FitOptions { BatchSize = 10, Progress = null, Checkpoint = new CheckpointOptions(path) }, 1);
            var model = new SoftmaxNet(seed: 9);
            float[] before = model.Parameters.Span.ToArray();
            using var trainer = new Trainer<SoftmaxNet>(model, new Adam(0.05f));
            var thrown = Assert.Throws<InvalidDataException>(() => trainer.Fit(_data, new FitOptions
            {
                BatchSize = 12, Progress = null, Checkpoint = new CheckpointOptions(path) { Resume = true },
            }));
            Assert.Contains("batch size: '10' in the checkpoint, now '12'", thrown.Message, StringComparison.Ordinal);
            using var other = new Trainer<SoftmaxNet>(model, new Sgd(0.05f));
            Assert.Throws<InvalidDataException>(() => other.Fit(_data, new FitOptions
            {
                BatchSize = 10, Progress = null, Checkpoint = new CheckpointOptions(path) { Resume = true },
            }));
            Assert.Equal(before, model.Parameters.Span.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Early_stopping_ends_training_and_puts_the_best_parameters_back()
    {
        var model = new SoftmaxNet();
        // So fast that it soon gets worse.
        using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(60f));
        var stopping = new EarlyStopping(patience: 2);
        TrainingHistory history = trainer.Fit(_data, new FitOptions
        {
            Epochs = 50, BatchSize = 10, Validation = _validation, Callbacks = [stopping], Progress = null,
        });

        Assert.Equal(StopReason.Callback, history.StopReason);
        Assert.Equal(stopping.BestEpoch + 3, history.Epochs.Count);
        Assert.Equal(history.Epochs.Min(epoch => epoch.ValidationLoss), stopping.Best);
        Assert.Equal(stopping.Best, trainer.Evaluate(_validation).Loss);
    }

    [Fact]
    public void Training_stops_on_cancellation_and_on_its_stop_conditions()
    {
        using var source = new CancellationTokenSource();
        Assert.Equal(StopReason.Cancelled, Fit(new FitOptions
        {
            Epochs = 9, CancellationToken = source.Token, Progress = null,
            Callbacks = [new Call(context => { if (context.Epoch == 2) source.Cancel(); })],
        }, 1));
        Assert.Equal(StopReason.LossChange, Fit(new FitOptions { Epochs = 9, StopAtLossChange = 0.5, Progress = null }, 2));
        Assert.Equal(StopReason.GradientNorm, Fit(new FitOptions { Epochs = 9, StopAtGradientNorm = 1e9, Progress = null }, 1));

        StopReason Fit(FitOptions options, int epochs)
        {
            using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.01f));
            TrainingHistory history = trainer.Fit(_data, options);
            Assert.Equal(epochs, history.Epochs.Count);
            return history.StopReason;
        }
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_training_and_names_epoch_and_batch()
    {
        var inputs = TestData.Floats(20 * 6);
        inputs[15 * 6] = float.PositiveInfinity;
        var data = new MemoryDataset(inputs, [1, 2, 3], TestData.Classes(20, 3), 3);
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.01f));
        var thrown = Assert.Throws<NonFiniteLossException>(
            () => trainer.Fit(data, new FitOptions { BatchSize = 4, Shuffle = false, Progress = null }));
        Assert.Equal((1, 4L), (thrown.Epoch, thrown.Step));
        Assert.StartsWith("In epoch 1, batch 4: At step 4 the loss is NaN: sample 15 of the data set holds", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_finite_leaves_the_last_checkpoint_and_the_parameters_of_the_step_before()
    {
        string path = Path.Combine(Path.GetTempPath(), $"netgen-{Guid.NewGuid():N}.checkpoint");
        try
        {
            var inputs = TestData.Floats(20 * 6);
            inputs[15 * 6] = float.NaN;
            var data = new MemoryDataset(inputs, [1, 2, 3], TestData.Classes(20, 3), 3);
            var model = new SoftmaxNet();
            using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(0.1f));
            Assert.Throws<NonFiniteLossException>(() => trainer.Fit(data, new FitOptions
            {
                BatchSize = 4, Shuffle = false, Progress = null, Checkpoint = new CheckpointOptions(path) { EveryBatches = 1 },
            }));

            var saved = SafeTensorsFile.Read(path);
            foreach (ParameterTensor tensor in model.Parameters)
            {
                Assert.All(tensor.ToArray(), value => Assert.True(float.IsFinite(value), $"{tensor.Name} holds {value}"));
                Assert.Equal(tensor.ToArray(), saved.Tensors.Single(found => found.Name == tensor.Name).ToSingles());
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Parameters_that_are_not_finite_never_replace_a_checkpoint()
    {
        string path = Path.Combine(Path.GetTempPath(), $"netgen-{Guid.NewGuid():N}.checkpoint");
        try
        {
            byte[] before = [];
            var model = new SoftmaxNet();
            using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(0.1f));
            var thrown = Assert.Throws<NonFiniteLossException>(() => trainer.Fit(_data, new FitOptions
            {
                BatchSize = 10, Progress = null, Checkpoint = new CheckpointOptions(path) { EveryBatches = 1 },
                Callbacks = [new Call(context =>
                {
                    if (context.Batch != 3)
                        return;
                    before = File.ReadAllBytes(path);
                    model.Parameters["0.weight"][1, 2] = float.PositiveInfinity;
                })],
            }));

            Assert.Equal(("0.weight", 3), (thrown.Tensor, thrown.Step));
            Assert.StartsWith("After step 3: the weights of 0.weight in Dense(3) are not finite", thrown.Message, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_callback_that_watches_a_validation_loss_which_there_is_none_of_is_refused_at_once()
    {
        foreach (TrainingCallback callback in (TrainingCallback[])[new EarlyStopping("validation loss"), new ReduceRateOnPlateau("validation loss")])
        {
            using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.01f));
            Assert.Contains("set FitOptions.Validation", Assert.Throws<InvalidOperationException>(
                () => trainer.Fit(_data, new FitOptions { Progress = null, Callbacks = [callback] })).Message, StringComparison.Ordinal);
            Assert.Equal(0, trainer.StepCount);
        }
    }

    [Fact]
    public void Data_that_does_not_fit_is_refused()
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.01f));
        AssertRefused("inputs have the shape [7], 7 floats; SoftmaxNet expects [1, 2, 3], 6 floats", new MemoryDataset(new float[7], [7], [0]));
        AssertRefused("has 4 classes; SoftmaxNet knows 3", new MemoryDataset(new float[6], [6], [0], 4));
        AssertRefused("targets have 2 floats; SoftmaxNet has 3 outputs", new MemoryDataset(new float[6], [6], new float[2], 2));
        AssertRefused("no samples", new MemoryDataset([], [6], Array.Empty<int>(), 3));

        void AssertRefused(string message, Dataset data) => Assert.Contains(
            message, Assert.Throws<ArgumentException>(() => trainer.Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_a_line_per_epoch_where_there_is_no_terminal()
    {
        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            // Spectre takes a file for coloured where the environment speaks of a terminal.
            Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(writer), Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 20;
        Train(new FitOptions { Epochs = 2, Validation = _validation, Progress = new TerminalProgress(console) }, 1);

        string[] lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches(
            @"^epoch 2/2 loss \d\.\d{4}, validation loss \d\.\d{4}, accuracy \d\.\d{4}, rate 0\.05 \((\d+\.\d s|\d+ ms), [\d,]+ samples/s\)\r?$",
            lines[1]);
    }

    private (float[] Parameters, TrainingHistory History) Run(string? path, int everyBatches, int killedAt)
    {
        var model = new SoftmaxNet();
        using var trainer = new Trainer<SoftmaxNet>(model, new Adam(0.3f), new TrainerOptions { Threads = 2 });
        int batches = 0;
        TrainingHistory history = trainer.Fit(_data, new FitOptions
        {
            Epochs = 6, BatchSize = 10, Seed = 3, Validation = _validation, Progress = null,
            Schedule = new CosineSchedule(0.3f, 50), SchedulePerBatch = true,
            Callbacks = [new EarlyStopping("accuracy", patience: 3), new Call(_ =>
            {
                if (++batches == killedAt)
                    throw new OperationCanceledException();
            })],
            Checkpoint = path is null ? null : new CheckpointOptions(path) { EveryBatches = everyBatches, Resume = true },
        });
        return (model.Parameters.Span.ToArray(), history);
    }

    private float[] Train(FitOptions options, int threads)
    {
        var model = new SoftmaxNet();
        using var trainer = new Trainer<SoftmaxNet>(model, new Adam(0.05f), new TrainerOptions { Threads = threads });
        trainer.Fit(_data, options);
        return model.Parameters.Span.ToArray();
    }

    private sealed class Call(Action<FitContext> action) : TrainingCallback
    {
        public override void OnBatchEnd(FitContext context) => action(context);
    }
}
