using NetGen.Data;

namespace NetGen.Tests.Training;

/// <summary>How <c>Fit</c> reads samples, weighs them, and measures what it learned.</summary>
public sealed class FitDataTests
{
    private readonly Dataset _data = TestData.Separable(83, seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Batches_that_are_read_ahead_give_the_same_bits(int prefetch)
    {
        Dataset data = _data.Augment(7, new HorizontalFlip(), new Noise(0.1f, -2, 2));
        Assert.Equal(Train(data, 0), Train(data, prefetch));
    }

    [Fact]
    public void A_sample_of_weight_two_counts_as_two_and_one_of_weight_zero_not_at_all()
    {
        float[] weights = [.. Enumerable.Range(0, 83).Select(i => (float)(i % 3))];
        int[] repeated = [.. Enumerable.Range(0, 83).SelectMany(i => Enumerable.Repeat(i, i % 3))];
        (float[] weighted, double weightedLoss) = TrainWhole(_data.Weight(weights));
        (float[] copies, double copiesLoss) = TrainWhole(_data.Subset(repeated));

        Assert.Equal(copiesLoss, weightedLoss, 5);
        for (int i = 0; i < copies.Length; i++)
            Assert.Equal(copies[i], weighted[i], 1e-4f);

        static (float[], double) TrainWhole(Dataset data)
        {
            var model = new SoftmaxNet();
            using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(0.5f));
            TrainingHistory history = trainer.Fit(data, new FitOptions { Epochs = 10, BatchSize = 1000, Progress = null });
            return (model.Parameters.Span.ToArray(), history.Epochs[^1].Loss);
        }
    }

    [Fact]
    public void The_loss_of_an_epoch_weighs_batches_by_their_samples_weights()
    {
        Dataset data = _data.Weight([.. Enumerable.Range(0, 83).Select(i => i < 40 ? 3f : 0.25f)]);
        Assert.Equal(Loss(1000), Loss(10), 5);

        double Loss(int batchSize)
        {
            using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0f));
            return trainer.Fit(data, new FitOptions { BatchSize = batchSize, Progress = null }).Epochs[0].Loss;
        }
    }

    [Fact]
    public void Views_keep_weights()
    {
        Dataset data = _data.Weight([.. Enumerable.Range(0, 83).Select(i => i + 1f)]);
        Dataset view = data.Subset([5, 80, 7]).Augment(1, new HorizontalFlip()).Slice(1, 2);
        var weights = new float[2];
        view.ReadSampleWeights([1, 0], weights);
        Assert.True(view.HasSampleWeights);
        Assert.Equal([8f, 81f], weights);

        var ones = new float[2];
        _data.ReadSampleWeights([3, 4], ones);
        Assert.False(_data.HasSampleWeights);
        Assert.Equal([1f, 1f], ones);
    }

    [Fact]
    public void Wrong_weights_are_refused()
    {
        Assert.Contains("83 samples", Assert.Throws<ArgumentException>(() => _data.Weight(new float[82])).Message, StringComparison.Ordinal);
        var negative = new float[83];
        negative[7] = -1;
        Assert.Contains("sample 7 is -1", Assert.Throws<ArgumentException>(() => _data.Weight(negative)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _data.Weight(new float[83]).Mixup());
    }

    [Fact]
    public void Metrics_of_the_training_samples_stand_beside_those_of_the_validation_samples()
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Adam(0.05f));
        var stopping = new EarlyStopping("training accuracy");
        EpochRecord last = trainer.Fit(_data, new FitOptions
        {
            Epochs = 3, Validation = TestData.Separable(40, seed: 2), Metrics = [Metric.Accuracy], TrainingMetrics = true,
            Callbacks = [stopping], Progress = null,
        }).Epochs[^1];
        Assert.Equal(["accuracy", "training accuracy"], last.Metrics.Select(metric => metric.Key));
        Assert.Equal(stopping.Best, trainer.Evaluate(_data, Metric.Accuracy).Metrics[0].Value);
    }

    [Fact]
    public void Gradient_norms_are_collected_by_tensor()
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0f));
        var norms = new GradientNorms();
        trainer.Fit(_data, new FitOptions { Epochs = 2, BatchSize = 1000, Shuffle = false, Callbacks = [norms], Progress = null });

        Assert.Equal(["0.weight", "0.bias"], norms.Tensors);
        Assert.Equal(2, norms.Epochs.Count);
        Assert.Equal(Gradients.Norm(trainer.Gradient["0.weight"].ToArray()), norms.Epochs[1][0], 6);
        Assert.Equal(Gradients.Norm(trainer.Gradient["0.bias"].ToArray()), norms.Epochs[0][1], 6);
    }

    private static float[] Train(Dataset data, int prefetch)
    {
        var model = new SoftmaxNet();
        using var trainer = new Trainer<SoftmaxNet>(model, new Adam(0.05f));
        trainer.Fit(data, new FitOptions { Epochs = 4, BatchSize = 10, Seed = 3, Prefetch = prefetch, Progress = null });
        return model.Parameters.Span.ToArray();
    }
}
