using NetGen.Data;

namespace NetGen.Numerics.Tests.Losses;

/// <summary>The validation loss of a fit: what training would have computed on the same samples.</summary>
[Trait("Category", "Numeric")]
public sealed class ValidationLossTests
{
    // More than one block of predictions, and a part of one.
    private const int Count = 300;

    [Fact]
    public void Of_class_ids() => Check(new ClassesLearner(seed: 3), LossTargets.Classes(Count, 5));

    [Fact]
    public void Of_values() => Check(new ValuesLearner(seed: 3), LossTargets.Numbers(Count, 3));

    [Fact]
    public void Of_images() => Check(new ImageLearner(seed: 3), LossTargets.Numbers(Count, 3 * 6 * 6));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Outputs_that_are_no_numbers_have_a_loss_that_is_none(float bad)
    {
        IsNotFinite(new SquaredErrorOf37());
        IsNotFinite(new AbsoluteErrorOf37());
        IsNotFinite(new HuberOf37());
        IsNotFinite(new SmoothL1Of37());
        IsNotFinite(new LogCoshOf37());
        IsNotFinite(new PoissonNllOf37());
        IsNotFinite(new BinaryHingeOf37());
        IsNotFinite(new BinaryCrossEntropyOf37());
        IsNotFinite(new CrossEntropyOf37());
        IsNotFinite(new KullbackLeiblerOf37());
        IsNotFinite(new CosineEmbeddingOf37());

        void IsNotFinite<TNetwork>(TNetwork model) where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            // The sum over inputs carries it to every output, as NaN where it meets a weight of zero.
            LossFormulaTests.PassOn(model);
            var inputs = new float[2 * 37];
            inputs[36] = bad;
            using var trainer = new Trainer<TNetwork>(model, new Sgd(0.1f));
            double loss = trainer.Evaluate(new MemoryDataset(inputs, [37], LossTargets.Probabilities(2, 37), 37)).Loss;
            Assert.False(double.IsFinite(loss), $"{typeof(TNetwork).Name}: {loss}");
        }
    }

    private static void Check<TNetwork>(TNetwork model, int[] classes) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        float[] inputs = Inputs<TNetwork>();
        Check(model, new MemoryDataset(inputs, [.. TNetwork.Description.InputShape], classes, TNetwork.OutputLength),
            (trainer, weights) => trainer.ComputeGradient(inputs, classes, default, weights));
    }

    private static void Check<TNetwork>(TNetwork model, float[] targets) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        float[] inputs = Inputs<TNetwork>();
        Check(model, new MemoryDataset(inputs, [.. TNetwork.Description.InputShape], targets, TNetwork.OutputLength),
            (trainer, weights) => trainer.ComputeGradient(inputs, targets, default, weights));
    }

    private static void Check<TNetwork>(TNetwork model, Dataset samples, Func<Trainer<TNetwork>, float[], float> training)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        using var trainer = new Trainer<TNetwork>(model, new Sgd(0.01f));
        TrainingHistory history = trainer.Fit(samples, new FitOptions { Validation = samples, Progress = null });
        float expected = training(trainer, []);
        Assert.Equal(expected, history.Epochs[0].ValidationLoss, 2e-6 * expected);

        float[] weights = [.. Enumerable.Range(0, Count).Select(i => i % 7 * 0.5f)];
        float weighted = training(trainer, weights);
        Assert.NotEqual(expected, weighted);
        Assert.Equal(weighted, trainer.Evaluate(samples.Weight(weights)).Loss, 2e-6 * weighted);
    }

    private static float[] Inputs<TNetwork>() where TNetwork : class, ITrainableNetwork<TNetwork> =>
        LossTargets.Numbers(Count, TNetwork.InputLength, seed: 5);
}

[Network, Input(1, 6, 6), Conv2D(4, 3), Relu, MaxPool2D(2), Dense(5), SoftmaxCrossEntropy]
public partial class ClassesLearner;

[Network, Input(7), Dense(20), Tanh, Dense(3), Huber]
public partial class ValuesLearner;

[Network, Input(2, 6, 6), Conv2D(4, 3, Padding = Padding.Same), Silu, Conv2D(3, 3, Padding = Padding.Same), MeanSquaredError]
public partial class ImageLearner;
