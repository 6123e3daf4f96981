using static Xunit.Assert;

namespace NetGen.Numerics.Tests.Training;

/// <summary>A norm that keeps nothing of what its statistics were before.</summary>
[Network, Input(3, 53, 54), BatchNorm(Momentum = 1f), MeanSquaredError]
public partial class NormOfLargeImages;

/// <summary>The same of images whose channels lie side by side.</summary>
[Network, Input(32, 16, 17), Conv2D(32, 1, Bias = false), BatchNorm(Momentum = 1f), Relu, Conv2D(32, 3), MeanSquaredError]
public partial class NormOfManyChannels;

/// <summary>Small images, of which eight go through the layers together.</summary>
[Network, Input(3, 22, 22), Conv2D(6, 5), Relu, MaxPool2D(2), Conv2D(16, 3, Groups = 2), Tanh, MeanSquaredError]
public partial class TurnsOfEight;

/// <summary>Sums over all pixels of a batch are taken sample by sample.</summary>
[Trait("Category", "Numeric")]
public sealed class SampleSumTests
{
    private const int Count = 7, Pixels = 53 * 54, Channels = 3;

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(100f, 0.01f)]
    [InlineData(1e4f, 1f)]
    [InlineData(-1e4f, 1f)]
    public void A_variance_is_as_accurate_beside_a_large_mean(float mean, float deviation)
    {
        // Samples differ in their means as much as pixels do.
        var random = new Random(3);
        float[] inputs = [.. Enumerable.Range(0, Count).SelectMany(_ =>
        {
            float own = mean + deviation * (float)(random.NextDouble() - 0.5);
            return Enumerable.Range(0, Channels * Pixels).Select(_ => own + deviation * (float)(random.NextDouble() - 0.5));
        })];
        var model = new NormOfLargeImages(seed: 1);
        using (var trainer = new Trainer<NormOfLargeImages>(model, new Sgd(0f)))
            trainer.Step(inputs, new float[inputs.Length]);

        float[] found = model.Parameters["0.running_var"].ToArray();
        for (int c = 0; c < Channels; c++)
        {
            double[] values = [.. Enumerable.Range(0, Count).SelectMany(s =>
                inputs.Skip((s * Channels + c) * Pixels).Take(Pixels).Select(value => (double)value))];
            double center = values.Average();
            double variance = values.Sum(value => (value - center) * (value - center)) / (values.Length - 1);
            InRange(found[c], variance * (1 - 1e-4), variance * (1 + 1e-4));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_bits_do_not_depend_on_the_number_of_workers(int threads)
    {
        Equal(GradientOf<NormOfLargeImages>(1), GradientOf<NormOfLargeImages>(threads));
        Equal(GradientOf<NormOfManyChannels>(1), GradientOf<NormOfManyChannels>(threads));
        Equal(GradientOf<TurnsOfEight>(1, count: 43), GradientOf<TurnsOfEight>(threads, count: 43));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(19)]
    [InlineData(32)]
    public void A_gradient_is_the_mean_of_those_of_the_samples_however_many_turns_they_take(int count)
    {
        float[] whole = GradientOf<TurnsOfEight>(2, count);
        var mean = new double[whole.Length];
        for (int s = 0; s < count; s++)
        {
            float[] ofSample = GradientOf<TurnsOfEight>(1, count: 1, first: s);
            for (int i = 0; i < mean.Length; i++)
                mean[i] += (double)ofSample[i] / count;
        }

        double largest = mean.Max(Math.Abs);
        All(Enumerable.Range(0, mean.Length), i => InRange(whole[i], mean[i] - 1e-5 * largest, mean[i] + 1e-5 * largest));
    }

    private static float[] GradientOf<TNetwork>(int threads, int count = Count, int first = 0)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        using var trainer = new Trainer<TNetwork>(TNetwork.Create(seed: 5), new Sgd(0.1f), new TrainerOptions { Threads = threads });
        float[] inputs =
        [
            .. Enumerable.Range(first * TNetwork.InputLength, count * TNetwork.InputLength).Select(i => MathF.Sin(i * 0.37f) + i % 7 * 0.1f),
        ];
        trainer.ComputeGradient(inputs, new float[count * TNetwork.OutputLength]);
        return trainer.Gradient.Span.ToArray();
    }
}
