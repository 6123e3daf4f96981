using NetGen.Data;
using NetGen.Reports;

namespace NetGen.Numerics.Tests.Training;

/// <summary>Class ids, whatever the form of the outputs; and what weights of classes are divided by.</summary>
[Trait("Category", "Numeric")]
public sealed class ClassTests
{
    /// <summary>Points inside and outside of a circle, a third of them inside.</summary>
    private static MemoryDataset Rings()
    {
        var random = new RandomStream(3);
        var inputs = new float[2 * 240];
        var classes = new int[240];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = i % 3 == 0 ? 1 : 0;
            (double sin, double cos) = Math.SinCos(random.NextDouble() * Math.Tau);
            double radius = classes[i] == 1 ? 0.5 * random.NextDouble() : 1 + 0.5 * random.NextDouble();
            (inputs[2 * i], inputs[2 * i + 1]) = ((float)(radius * sin), (float)(radius * cos));
        }

        return new MemoryDataset(inputs, [2], classes);
    }

    [Fact]
    public void Networks_of_two_classes_learn_class_ids_with_accuracy_and_strata_whatever_their_outputs_are()
    {
        var data = Rings();
        Learns(new TwoClassLogit(1));
        Learns(new TwoClassProbability(1));
        Learns(new TwoClassMargin(1));
        Learns(new TwoClassSign(1));
        Learns(new TwoClassShares(1));
        Learns(new TwoClassLogits(1));

        void Learns<TNetwork>(TNetwork model) where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            var (train, test) = data.Split(0.75, seed: 1, stratify: true);
            using var trainer = new Trainer<TNetwork>(model, new Adam(0.02f));
            TrainingHistory history = trainer.Fit(
                train.WeightClasses(train.BalancedClassWeights()),
                new FitOptions { Epochs = 60, BatchSize = 16, Validation = test, Progress = null });

            Assert.Equal("accuracy", history.Epochs[^1].Metrics[0].Key);
            Assert.InRange(history.Epochs[^1].Metrics[0].Value, 0.95, 1);
            EvaluationResult result = trainer.Evaluate(test, Metric.RocAuc, Metric.AveragePrecision, Metric.BalancedAccuracy);
            Assert.All(result.Metrics, metric => Assert.InRange(metric.Value, 0.95, 1));
            Assert.Equal(20, new ConfusionMatrix(result.Predictions).Support(1));
        }
    }

    [Fact]
    public void Classify_decides_as_the_metrics_do()
    {
        var data = Rings();
        var model = new TwoClassLogit(1);
        using var trainer = new Trainer<TwoClassLogit>(model, new Adam());
        int[] predicted = trainer.Evaluate(data).Predictions.PredictedClasses.ToArray();

        Assert.Equal<int[]>(predicted, [.. Enumerable.Range(0, data.Count).Select(i => model.Classify(data.Input(i)))]);
        Assert.Equal(2, predicted.Distinct().Count());
    }

    [Fact]
    public void Class_ids_train_as_the_target_values_they_stand_for()
    {
        var data = Rings();
        float[] inputs = [.. data.Input(0), .. data.Input(1), .. data.Input(2)];
        Check(new TwoClassLogit(1), [1, 0, 0]);
        Check(new TwoClassMargin(1), [1, -1, -1]);
        Check(new TwoClassShares(1), [0, 1, 1, 0, 1, 0]);

        void Check<TNetwork>(TNetwork model, float[] targets) where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            using var trainer = new Trainer<TNetwork>(model, new Sgd(0.1f));
            float loss = trainer.ComputeGradient(inputs, (ReadOnlySpan<int>)[1, 0, 0]);
            float[] gradient = trainer.Gradient.Span.ToArray();
            Assert.Equal(trainer.ComputeGradient(inputs, targets), loss);
            Assert.Equal<float[]>(trainer.Gradient.Span.ToArray(), gradient);
            Assert.Throws<ArgumentException>(() => trainer.Step(inputs, (ReadOnlySpan<int>)[1, 0, 2]));
        }
    }

    [Fact]
    public void One_hot_targets_are_fitted_with_default_metrics()
    {
        var rings = Rings();
        float[] inputs = [.. Enumerable.Range(0, rings.Count).SelectMany(i => rings.Input(i).ToArray())];
        float[] oneHot = [.. rings.GetClasses().SelectMany(id => (float[])[1 - id, id])];
        var data = new MemoryDataset(inputs, [2], oneHot, 2);
        using var trainer = new Trainer<TwoClassLogits>(new TwoClassLogits(1), new Adam(0.02f));

        TrainingHistory history = trainer.Fit(data, new FitOptions { Epochs = 40, BatchSize = 16, Validation = data, Progress = null });

        Assert.InRange(history.Epochs[^1]["accuracy"], 0.95, 1);
    }

    [Fact]
    public void A_regression_has_no_accuracy_by_default_and_refuses_it()
    {
        var data = new MemoryDataset([1, 2, 3, 4], [2], [0f, 1f], 1);
        using var trainer = new Trainer<OneValue>(new OneValue(1), new Adam(0.02f));

        Assert.Empty(trainer.Fit(data, new FitOptions { Validation = data, Progress = null }).Epochs[0].Metrics);
        Assert.Contains("use mse, mae or r2", Assert.Throws<InvalidOperationException>(
            () => trainer.Evaluate(data, Metric.Accuracy)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("samples are right", TrainingReport.ToHtml(
            trainer.Fit(data, new FitOptions { Progress = null }),
            new TrainingReportOptions { Predictions = trainer.Evaluate(data).Predictions }), StringComparison.Ordinal);
    }

    [Fact]
    public void Micro_batches_of_weighted_classes_give_the_gradient_of_the_whole()
    {
        Check<WeightedClasses>();
        Check<WeightedFocal>();
        Check<WeightedScores>();
        Check<WeightedLogit>();
        Check<WeightedMargin>();

        static void Check<TNetwork>() where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            float[] inputs = [1, 2, -1, 0.5f, 0.3f, -2, 1, 1, -0.5f, 2];
            int[] classes = [0, 1, 0, 0, 1];
            float[] weights = [1, 0.5f, 2, 1, 3];
            foreach (float[] sampleWeights in (float[][])[[], weights])
            {
                (float loss, float[] gradient, float[] inputGradient) = Compute(microBatch: 0);
                foreach (int microBatch in (int[])[1, 2, 3, 4])
                {
                    (float pieces, float[] gradientOfPieces, float[] inputGradientOfPieces) = Compute(microBatch);
                    Assert.Equal(loss, pieces, 1e-5f);
                    Assert.All(gradient.Zip(gradientOfPieces), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
                    Assert.All(inputGradient.Zip(inputGradientOfPieces), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
                }

                (float, float[], float[]) Compute(int microBatch)
                {
                    TNetwork model = (TNetwork)Activator.CreateInstance(typeof(TNetwork), 1)!;
                    using var trainer = new Trainer<TNetwork>(model, new Sgd(0), new TrainerOptions { MicroBatch = microBatch });
                    var inputGradient = new float[inputs.Length];
                    return (trainer.ComputeGradient(inputs, classes, inputGradient, sampleWeights), trainer.Gradient.Span.ToArray(), inputGradient);
                }
            }
        }
    }

    [Fact]
    public void An_epochs_loss_is_the_mean_over_its_samples_however_they_fall_into_batches()
    {
        Check<WeightedClasses>(new MemoryDataset([1, 2, -1, 0.5f, 0.3f, -2, 1, 1, -0.5f, 2], [2], [0, 1, 0, 0, 1]));
        Check<WeightedLogit>(new MemoryDataset([1, 2, -1, 0.5f, 0.3f, -2, 1, 1, -0.5f, 2], [2], [0, 1, 0, 0, 1]));
        Check<WeightedLogit>(new MemoryDataset([1, 2, -1, 0.5f, 0.3f, -2, 1, 1, -0.5f, 2], [2], [0, 1, 0.3f, 0, 1], 1));
        Check<WeightedScores>(new MemoryDataset([1, 2, -1, 0.5f, 0.3f, -2, 1, 1, -0.5f, 2], [2], [0, 1, 0, 0, 1]));
        Check<WeightedMargin>(new MemoryDataset([1, 2, -1, 0.5f, 0.3f, -2, 1, 1, -0.5f, 2], [2], [0, 1, 0, 0, 1]));
        Check<WeightedMargin>(new MemoryDataset([1, 2, -1, 0.5f, 0.3f, -2, 1, 1, -0.5f, 2], [2], [-1f, 1, -1, -1, 1], 1));

        static void Check<TNetwork>(MemoryDataset data) where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            using var trainer = new Trainer<TNetwork>(TNetwork.Create(seed: 1), new Sgd(0));
            double whole = trainer.Evaluate(data).Loss;
            foreach (int batch in (int[])[1, 2, 3, 5])
            {
                EpochRecord record = trainer.Fit(data, new FitOptions { BatchSize = batch, Validation = data, Progress = null }).Epochs[0];
                Assert.Equal(whole, record.Loss, 1e-5);
                Assert.Equal(whole, record.ValidationLoss, 1e-6);
            }
        }
    }

    [Fact]
    public void Weights_of_two_classes_are_those_of_their_samples()
    {
        float[] inputs = [1, 2, -1, 0.5f, 0.3f, -2, 1, 1];
        using var weighted = new Trainer<WeightedLogit>(new WeightedLogit(1), new Sgd(0));
        using var plain = new Trainer<TwoClassLogit>(new TwoClassLogit(1), new Sgd(0));

        // Between the classes, between their weights: 0.7 · 1 + 0.3 · 10.
        AssertSame(weighted.ComputeGradient(inputs, (ReadOnlySpan<float>)[0, 1, 0.3f, 1]), plain.ComputeGradient(inputs, (ReadOnlySpan<float>)[0, 1, 0.3f, 1], default, [1, 10, 3.7f, 10]));
        AssertSame(weighted.ComputeGradient(inputs, (ReadOnlySpan<int>)[0, 1, 0, 1]), plain.ComputeGradient(inputs, (ReadOnlySpan<int>)[0, 1, 0, 1], default, [1, 10, 1, 10]));
        AssertSame(
            weighted.ComputeGradient(inputs, (ReadOnlySpan<int>)[0, 1, 0, 1], default, [2, 0.5f, 1, 0]),
            plain.ComputeGradient(inputs, (ReadOnlySpan<int>)[0, 1, 0, 1], default, [2, 5, 1, 0]));

        void AssertSame(float loss, float expected)
        {
            Assert.Equal(expected, loss, 1e-6f);
            Assert.All(plain.Gradient.Span.ToArray().Zip(weighted.Gradient.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }

    [Fact]
    public void Weights_of_two_classes_with_a_margin_are_those_of_their_samples()
    {
        float[] inputs = [1, 2, -1, 0.5f, 0.3f, -2, 1, 1];
        using var weighted = new Trainer<WeightedMargin>(new WeightedMargin(1), new Sgd(0));
        using var plain = new Trainer<TwoClassMargin>(new TwoClassMargin(1), new Sgd(0));
        float expected = plain.ComputeGradient(inputs, (ReadOnlySpan<float>)[-1, 1, -1, 1], default, [1, 10, 1, 10]);

        Assert.Equal(expected, weighted.ComputeGradient(inputs, (ReadOnlySpan<float>)[-1, 1, -1, 1]), 1e-6f);
        Assert.Equal(expected, weighted.ComputeGradient(inputs, (ReadOnlySpan<int>)[0, 1, 0, 1]), 1e-6f);
        Assert.All(plain.Gradient.Span.ToArray().Zip(weighted.Gradient.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Labels_that_are_no_targets_of_a_loss_are_refused_before_the_first_step_and_their_class_ids_are_learned()
    {
        Check<TwoClassLogit>([1, -1, 1, -1], "The target of sample 1 is -1; BinaryCrossEntropy of TwoClassLogit takes 0 and 1");
        Check<TwoClassLogit>([1, 0, 2, 0], "The target of sample 2 is 2;");
        Check<TwoClassMargin>([1, 0, 1, 0], "The target of sample 1 is 0; BinaryHinge of TwoClassMargin takes -1 and 1");
        Fits<TwoClassLogit>([1, 0.25f, 1, 0]);
        Fits<TwoClassMargin>([1, -1, 1, 0.5f]);
        Fits<TwoClassSign>([1, 0, -1, 0.5f]);

        static void Check<TNetwork>(float[] labels, string message) where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            TNetwork model = TNetwork.Create(seed: 1);
            float[] before = model.Parameters.Span.ToArray();
            var data = new MemoryDataset([1, 2, -1, 0.5f, 0.3f, -2, 1, 1], [2], labels, 1);
            using var trainer = new Trainer<TNetwork>(model, new Sgd(0.1f));
            ArgumentException exception = Assert.Throws<ArgumentException>(() => trainer.Fit(data, new FitOptions { Quiet = true }));
            Assert.Equal("train", exception.ParamName);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => trainer.Minimize(data, new Lbfgs()));
            Assert.Equal(before, model.Parameters.Span.ToArray());
            if (!labels.Contains(2))
                trainer.Fit(data.ToClasses(), new FitOptions { Quiet = true });
        }

        static void Fits<TNetwork>(float[] labels) where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            using var trainer = new Trainer<TNetwork>(TNetwork.Create(seed: 1), new Sgd(0.1f));
            trainer.Fit(new MemoryDataset([1, 2, -1, 0.5f, 0.3f, -2, 1, 1], [2], labels, 1), new FitOptions { Quiet = true });
        }
    }

    [Fact]
    public void A_loss_on_class_ids_alone_refuses_rows_of_them_before_anything_is_changed_and_says_what_to_do()
    {
        float[] inputs = [1, 2, -1, 0.5f];
        float[] oneHot = [1, 0, 0, 1];
        Dataset rows = new MemoryDataset(inputs, [2], oneHot, 2);
        Check<WeightedFocal>();
        Check<WeightedScores>();

        void Check<TNetwork>() where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            TNetwork model = TNetwork.Create(seed: 1);
            float[] before = model.Parameters.Span.ToArray();
            using var trainer = new Trainer<TNetwork>(model, new Sgd(0.1f));
            Assert.Contains("make them class ids with ToClasses()", Assert.Throws<ArgumentException>(() => trainer.Fit(rows)).Message);
            Assert.Contains("make them class ids with ToClasses()", Assert.Throws<ArgumentException>(() => trainer.Evaluate(rows)).Message);
            Assert.Contains("make them class ids with ToClasses()", Assert.Throws<ArgumentException>(() => trainer.Step(inputs, oneHot)).Message);
            Assert.Equal(before, model.Parameters.Span.ToArray());
            trainer.Fit(rows.ToClasses(), new FitOptions { Quiet = true });
        }
    }
}
