using NetGen.Data;
using NetGen.Tests.Data;

namespace NetGen.Tests.Training;

/// <summary>What can be known before the first step is refused before it, and nothing has changed.</summary>
public sealed class EarlyCheckTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Dataset _data = TestData.Separable(40, seed: 1);

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string, FitOptions> Mistakes => new()
    {
        { "The 'acuracy' is to be watched, but there will be none; there will be loss, accuracy", new() { Metrics = [Metric.Accuracy], Callbacks = [new EarlyStopping("acuracy")] } },
        { "The 'f1' is to be watched", new() { Metrics = [Metric.Accuracy], Callbacks = [new ReduceRateOnPlateau("f1")] } },
        { "The 'accuracy' is to be watched", new() { Callbacks = [new EarlyStopping("accuracy")] } },
        { "set FitOptions.Validation", new() { Metrics = [Metric.Accuracy], Callbacks = [new EarlyStopping("training accuracy")] } },
        { "set FitOptions.Validation", new() { Callbacks = [new EarlyStopping("validation loss")] } },
        { "mse needs target values", new() { Metrics = [Metric.MeanSquaredError] } },
        { "Two metrics are called 'accuracy'", new() { Metrics = [Metric.Accuracy, Metric.Accuracy] } },
        { "A metric cannot be called 'loss'", new() { Metrics = [new Metric("loss", false, _ => 0)] } },
        { "One of the metrics is null", new() { Metrics = [null!] } },
        { "One of the callbacks is null", new() { Callbacks = [null!] } },
        { "rate at step 3 is -", new() { Epochs = 9, Schedule = new Falling() } },
        { "there is no directory", new() { Checkpoint = new CheckpointOptions("/nowhere/at/all/run") } },
        { "EveryBatches", new() { Checkpoint = new CheckpointOptions("run") { EveryBatches = -1 } } },
        { "StopAtGradientNorm must be", new() { StopAtGradientNorm = double.NaN } },
        { "StopAtLossChange must be", new() { StopAtLossChange = -1 } },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_refused_before_the_first_step(string message, FitOptions options)
    {
        var model = new SoftmaxNet();
        float[] before = model.Parameters.Span.ToArray();
        using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(0.1f));
        Exception? thrown = Record.Exception(() => trainer.Fit(_data, options));
        Assert.NotNull(thrown);
        Assert.Contains(message, thrown.Message);
        Assert.Equal(0, trainer.StepCount);
        Assert.Equal(before, model.Parameters.Span.ToArray());
        // The trainer is as good as new.
        trainer.Fit(_data, new FitOptions { Quiet = true });
    }

    [Fact]
    public void A_callback_twice_is_refused()
    {
        var stopping = new EarlyStopping();
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
        Assert.Contains("twice", Assert.Throws<ArgumentException>(
            () => trainer.Fit(_data, new FitOptions { Callbacks = [stopping, stopping], Progress = null })).Message);
    }

    [Fact]
    public void Settings_are_refused_where_they_are_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceRateOnPlateau { Factor = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceRateOnPlateau { Factor = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceRateOnPlateau { Factor = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceRateOnPlateau { Patience = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceRateOnPlateau { Cooldown = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceRateOnPlateau { Threshold = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceRateOnPlateau { Minimum = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { MinimumChange = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1) { Momentum = 0.5f, Dampening = 2 });
        Assert.Throws<ArgumentException>(() => new CheckpointOptions(""));
        Assert.Throws<InvalidOperationException>(() => new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(1) { Nesterov = true }));
    }

    [Fact]
    public void A_token_that_is_cancelled_already_lets_no_step_change_anything()
    {
        var model = new SoftmaxNet();
        float[] before = model.Parameters.Span.ToArray();
        string path = Path.Combine(_directory.Root, "run");
        using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(0.1f));
        TrainingHistory history = trainer.Fit(_data, new FitOptions
        {
            CancellationToken = new CancellationToken(canceled: true), Progress = null, Checkpoint = new CheckpointOptions(path),
        });
        Assert.Equal((StopReason.Cancelled, 0, 0L), (history.StopReason, history.Epochs.Count, trainer.StepCount));
        Assert.Equal(before, model.Parameters.Span.ToArray());
        Assert.Empty(Directory.GetFiles(_directory.Root));
    }

    [Fact]
    public async Task Two_runs_at_once_are_refused_and_the_first_goes_on()
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f), new TrainerOptions { Threads = 2 });
        using var inside = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        var wait = new Call(_ =>
        {
            inside.Set();
            leave.Wait();
        });
        Task<TrainingHistory> first = Task.Run(() => trainer.Fit(_data, new FitOptions { Epochs = 2, Progress = null, Callbacks = [wait] }));
        inside.Wait();
        float[] inputs = TestData.Floats(6);
        Assert.Contains("Fit was called while", Assert.Throws<InvalidOperationException>(() => trainer.Fit(_data)).Message);
        Assert.Contains("FindLearningRate was called while", Assert.Throws<InvalidOperationException>(() => trainer.FindLearningRate(_data)).Message);
        Assert.Contains("one thread at a time", Assert.Throws<InvalidOperationException>(() => trainer.Step(inputs, [1])).Message);
        Assert.Throws<InvalidOperationException>(() => trainer.ComputeGradient(inputs, [1]));
        leave.Set();
        TrainingHistory history = await first;
        Assert.Equal((2, StopReason.Completed), (history.Epochs.Count, history.StopReason));
        trainer.Step(inputs, [1]);
    }

    [Fact]
    public void A_run_within_a_run_is_refused_but_its_callbacks_may_evaluate_and_look_at_gradients()
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
        int refused = 0;
        trainer.Fit(_data, new FitOptions
        {
            Progress = null,
            Callbacks = [new Call(_ =>
            {
                Assert.Throws<InvalidOperationException>(() => trainer.Fit(_data));
                trainer.Evaluate(_data, Metric.Accuracy);
                trainer.ComputeGradient(TestData.Floats(6), [1]);
                refused++;
            })],
        });
        Assert.Equal(2, refused);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_trainer_that_was_disposed_of_says_so(int threads)
    {
        var model = new SoftmaxNet();
        float[] before = model.Parameters.Span.ToArray();
        var trainer = new Trainer<SoftmaxNet>(model, new Sgd(0.1f), new TrainerOptions { Threads = threads });
        trainer.Dispose();
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.Step(TestData.Floats(6), [1]));
        Assert.Throws<ObjectDisposedException>(() => trainer.ComputeGradient(TestData.Floats(6), [1]));
        Assert.Throws<ObjectDisposedException>(() => trainer.Fit(_data));
        Assert.Throws<ObjectDisposedException>(() => trainer.Evaluate(_data));
        Assert.Throws<ObjectDisposedException>(() => trainer.FindLearningRate(_data));
        Assert.Equal(before, model.Parameters.Span.ToArray());
    }

    [Fact]
    public void An_optimizer_is_one_trainers_until_that_is_disposed_of()
    {
        var optimizer = new Adam(0.1f);
        var first = new Trainer<SoftmaxNet>(new SoftmaxNet(), optimizer);
        first.Step(TestData.Floats(6), [1]);
        Assert.Contains("belongs to another trainer", Assert.Throws<ArgumentException>(
            () => new Trainer<SoftmaxNet>(new SoftmaxNet(), optimizer)).Message);
        Assert.Equal(1, optimizer.StepCount);
        first.Step(TestData.Floats(6), [1]);
        first.Dispose();
        using var second = new Trainer<SoftmaxNet>(new SoftmaxNet(), optimizer);
        Assert.Equal(0, optimizer.StepCount);
        first.Dispose();
        Assert.Throws<ArgumentException>(() => new Trainer<SoftmaxNet>(new SoftmaxNet(), optimizer));
    }

    private sealed class Falling : Schedule
    {
        protected internal override double Compute(long step) => 0.25 - 0.1 * step;
    }

    private sealed class Call(Action<FitContext> action) : TrainingCallback
    {
        public override void OnBatchEnd(FitContext context) => action(context);
    }
}
