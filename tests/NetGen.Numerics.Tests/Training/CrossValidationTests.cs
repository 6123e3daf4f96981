using NetGen.Data;

namespace NetGen.Numerics.Tests.Training;

[Network, Input(3), Dense(16), Relu, Dense(1), MeanSquaredError]
public partial class PriceNet;

/// <summary>Cross-validation, and targets of a regression far from 0 and 1.</summary>
[Trait("Category", "Numeric")]
public sealed class CrossValidationTests
{
    /// <summary>Prices around a million, which depend on three features of different sizes, and noise of a tenth of their spread.</summary>
    private static MemoryDataset Prices(int count = 400)
    {
        var random = new RandomStream(5);
        var inputs = new float[3 * count];
        var prices = new float[count];
        for (int i = 0; i < count; i++)
        {
            double area = random.NextGaussian(), age = random.NextGaussian(), rooms = random.NextGaussian();
            (inputs[3 * i], inputs[3 * i + 1], inputs[3 * i + 2]) = ((float)(1000 + 300 * area), (float)(0.01 * age), (float)(5 + rooms));
            prices[i] = (float)(1e6 + 1e5 * (area + Math.Abs(age) - 0.5 * rooms + 0.15 * random.NextGaussian()));
        }

        return new MemoryDataset(inputs, [3], prices, 1);
    }

    [Fact]
    public void A_regression_is_measured_in_its_own_units_and_reaches_what_the_noise_allows()
    {
        CrossValidationResult result = CrossValidation.Run<PriceNet>(Prices());

        Assert.Equal(5, result.Folds.Count);
        Assert.InRange(result["r2"].Mean, 0.93, 1);
        Assert.InRange(result["mae"].Mean, 10_000, 30_000);
        Assert.InRange(result["r2"].Deviation, 1e-4, 0.05);
        Assert.Equal(result["r2"].Values.Average(), result["r2"].Mean, 12);
        Assert.All(result.Folds, fold => Assert.InRange(fold.Evaluation.Predictions.Targets.ToArray().Average(), 9e5, 1.2e6));
        Assert.Contains("r2 0.9", result.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => result["accuracy"]);
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        var options = new CrossValidationOptions { Folds = 3, Epochs = 3 };
        var other = new CrossValidationOptions { Folds = 3, Epochs = 3, Trainer = new TrainerOptions { Threads = 1 } };
        MemoryDataset prices = Prices(60);

        Assert.Equal(
            CrossValidation.Run<PriceNet>(prices, options)["r2"].Values,
            CrossValidation.Run(seed => new PriceNet(seed), prices, other)["r2"].Values);
    }

    [Fact]
    public void Classes_keep_their_shares_and_have_an_accuracy()
    {
        var random = new RandomStream(1);
        float[] inputs = [.. Enumerable.Range(0, 200).Select(_ => (float)random.NextGaussian())];
        int[] classes = [.. Enumerable.Range(0, 100).Select(i => inputs[2 * i] > 1 ? 1 : 0)];
        var data = new MemoryDataset(inputs, [2], classes, 2);

        CrossValidationResult result = CrossValidation.Run(
            seed => new TwoClassLogit(seed), data, new CrossValidationOptions { Metrics = [Metric.Accuracy, Metric.RocAuc], Optimizer = () => new Adam(0.02f) });

        Assert.InRange(result["accuracy"].Mean, 0.9, 1);
        int ones = classes.Sum();
        Assert.All(result.Folds, fold => Assert.InRange(fold.Evaluation.Predictions.Classes.ToArray().Sum(), ones / 5, ones / 5 + 1));
    }

    [Fact]
    public void Targets_scaled_apart_from_those_of_the_training_samples_are_refused()
    {
        MemoryDataset prices = Prices(40);
        TargetScaler scaler = TargetScaler.Standardize(prices);
        using var trainer = new Trainer<PriceNet>(new PriceNet(1), new Adam());

        Assert.Contains("scaled differently", Assert.Throws<ArgumentException>(() => trainer.Fit(
            prices.ScaleTargets(scaler), new FitOptions { Validation = prices, Progress = null })).Message, StringComparison.Ordinal);
        trainer.Fit(prices.ScaleTargets(scaler), new FitOptions { Validation = prices.ScaleTargets(scaler), Progress = null });
        using var classes = new Trainer<TwoClassLogit>(new TwoClassLogit(1), new Adam());
        var bits = new MemoryDataset([1, 2, 3, 4], [2], [0f, 1f], 1);
        Assert.Contains("outputs of TwoClassLogit are Logits", Assert.Throws<ArgumentException>(
            () => classes.Evaluate(bits.ScaleTargets(TargetScaler.Standardize(bits)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_sample_is_named_by_its_place_in_the_data_set()
    {
        var targets = new float[40];
        targets[37] = float.NaN;
        using var trainer = new Trainer<PriceNet>(new PriceNet(1), new Adam());

        string message = Assert.Throws<NonFiniteLossException>(() => trainer.Fit(
            new MemoryDataset(new float[120], [3], targets, 1), new FitOptions { BatchSize = 8, Progress = null })).Message;

        Assert.Contains("sample 37 of the data set holds NaN at 0 of its targets", message, StringComparison.Ordinal);
    }
}
