using NetGen.Data;

namespace NetGen.Tests.Training;

public sealed class LearningRateTests
{
    private readonly Dataset _data = TestData.Separable(200, seed: 1);

    [Fact]
    public void The_range_test_suggests_a_rate_between_nothing_and_divergence()
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
        LearningRateCurve curve = trainer.FindLearningRate(_data, new RangeTestOptions { Minimum = 1e-4f, Maximum = 1e4f, BatchSize = 20 });

        Assert.Equal(curve.Rates.Count, curve.Losses.Count);
        Assert.Equal(1e-4f, curve.Rates[0]);
        Assert.True(curve.Diverged, $"the loss at the end is {curve.Losses[^1]}");
        Assert.NotNull(curve.Suggestion);
        Assert.InRange(curve.Suggestion.Value, 1e-2f, 10f);
        Assert.True(curve.Suggestion < curve.LowestAt, $"suggested {curve.Suggestion}, lowest at {curve.LowestAt}");
        // The suggestion is good: training with it lowers the loss by much.
        trainer.Optimizer.LearningRate = curve.Suggestion.Value;
        TrainingHistory history = trainer.Fit(_data, new FitOptions { Epochs = 10, BatchSize = 20, Progress = null });
        Assert.True(history.Epochs[^1].Loss < 0.6 * curve.Losses[0], $"from {curve.Losses[0]} to {history.Epochs[^1].Loss}");
        Assert.Equal(curve.Rates.Count + 1, curve.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void The_range_test_leaves_no_trace()
    {
        float[] expected = Train(test: false, out long steps);
        Assert.Equal(expected, Train(test: true, out long stepsAfterTest));
        Assert.Equal(steps, stepsAfterTest);

        float[] Train(bool test, out long steps)
        {
            var model = new SoftmaxNet();
            using var trainer = new Trainer<SoftmaxNet>(model, new Adam(0.05f));
            var options = new FitOptions { Epochs = 2, BatchSize = 20, Progress = null };
            trainer.Fit(_data, options);
            if (test)
                trainer.FindLearningRate(_data, new RangeTestOptions { Maximum = 1e6f, BatchSize = 30, Steps = 40 });
            trainer.Fit(_data, options);
            steps = trainer.Optimizer.StepCount;
            return model.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void A_loss_that_never_falls_suggests_nothing()
    {
        var curve = new LearningRateCurve([1, 2, 4, 8, 16], [1, 2, 3, 4, 5], smoothing: 0.5, diverged: true);
        Assert.Null(curve.Suggestion);
        Assert.Null(curve.LowestAt);
    }

    [Fact]
    public void The_smoothed_curve_weighs_neighbours_on_both_sides()
    {
        var curve = new LearningRateCurve([1, 2, 4], [8, 4, 0], smoothing: 0.5, diverged: false);
        Assert.Equal([(8 + 2 + 0) / 1.75, (4 + 4 + 0) / 2.0, (2 + 2 + 0) / 1.75], curve.Smoothed);
        Assert.Equal(2f, curve.Suggestion);
        Assert.Equal(4f, curve.LowestAt);
    }

    [Fact]
    public void Inputs_that_are_not_finite_are_reported_and_leave_no_trace_either()
    {
        var model = new SoftmaxNet();
        float[] before = model.Parameters.Span.ToArray();
        using var trainer = new Trainer<SoftmaxNet>(model, new Adam(0.05f));
        var inputs = new float[60];
        Array.Fill(inputs, float.NaN);
        Assert.Throws<NonFiniteLossException>(() => trainer.FindLearningRate(new MemoryDataset(inputs, [6], new int[10], 3)));
        Assert.Equal(before, model.Parameters.Span.ToArray());
        Assert.Equal((0L, 0L, 0.05f), (trainer.StepCount, trainer.Optimizer.StepCount, trainer.Optimizer.LearningRate));
    }

    [Fact]
    public void A_plateau_lowers_the_rate_and_a_schedule_beside_it_is_refused()
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(1e-6f));
        // Hardly anything improves, so that every epoch but the first is one too many.
        TrainingHistory history = trainer.Fit(_data, new FitOptions
        {
            Epochs = 5, Progress = null, Metrics = [Metric.Accuracy],
            Callbacks = [new ReduceRateOnPlateau("accuracy") { Factor = 0.5f, Patience = 0, Threshold = 10, Minimum = 2e-7f }],
        });
        Assert.Equal([1e-6f, 1e-6f, 0.5e-6f, 0.25e-6f, 2e-7f], history.Epochs.Select(epoch => epoch.LearningRate));

        Assert.Contains("leave out one", Assert.Throws<InvalidOperationException>(() => trainer.Fit(_data, new FitOptions
        {
            Schedule = 0.1f, Callbacks = [new ReduceRateOnPlateau()], Progress = null,
        })).Message, StringComparison.Ordinal);
    }
}
