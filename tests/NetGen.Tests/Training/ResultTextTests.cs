using System.Globalization;

namespace NetGen.Tests.Training;

/// <summary>What training and measuring give can be written as it is.</summary>
public sealed class ResultTextTests
{
    private static readonly EpochRecord s_record = new()
    {
        Epoch = 3, Steps = 30, Loss = 0.04123, LearningRate = 1e-5f,
        Metrics = [KeyValuePair.Create("accuracy", 0.98333), KeyValuePair.Create("f1", 0.5)],
    };

    [Fact]
    public void An_epoch_is_a_line_in_any_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal("epoch 3: loss 0.0412, accuracy 0.9833, f1 0.5000, rate 1e-5", s_record.ToString());
            Assert.Equal(
                "epoch 3: loss 0.0412, validation loss 1.5000, accuracy 0.9833, f1 0.5000, rate 1e-5",
                (s_record with { ValidationLoss = 1.5 }).ToString());
            Assert.Contains("epoch 3: loss 0.0412", $"{new TrainingProgress(3, 5, 1, 2, 0.25, s_record)}", StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Runs_and_evaluations_are_lines()
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.5f));
        var data = TestData.Separable(20, seed: 1);
        TrainingHistory history = trainer.Fit(data, new FitOptions { Epochs = 2, Quiet = true, Metrics = [Metric.Accuracy] });
        Assert.Equal($"2 epochs, Completed; {history.Epochs[1]}", history.ToString());
        Assert.Equal("0 epochs, Completed", new TrainingHistory().ToString());
        EvaluationResult result = trainer.Evaluate(data, Metric.Accuracy);
        Assert.StartsWith("loss ", result.ToString(), StringComparison.Ordinal);
        Assert.Contains(", accuracy ", result.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("output: loss ", result.Outputs[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("classes a, b, c; inputs are scaled", new ModelCard
        {
            ClassNames = ["a", "b", "c"], InputScaling = new Scaling([0f], [1f], 1),
        }.ToString());
        Assert.Equal("no names, no scaling", new ModelCard().ToString());
    }
}
