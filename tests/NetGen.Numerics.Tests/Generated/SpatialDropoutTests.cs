namespace NetGen.Numerics.Tests.Generated;

[Network, Input(20, 4, 3), SpatialDropout(0.3), MeanSquaredError]
public partial class DropsChannels;

[Network, Input(20, 7), SpatialDropout(0.3), MeanSquaredError]
public partial class DropsSignals;

[Network, Input(6, 8, 8)]
[Conv2D(17, 3, Padding = Padding.Same), Tanh, SpatialDropout(0.4), Conv2D(5, 3), Tanh, AveragePool2D(2), SpatialDropout(0.25), Dense(3), MeanSquaredError]
public partial class DropsBetweenConvolutions;

/// <summary>Dropout of whole channels: one factor for each channel of a sample, in the pass forward as in that backward.</summary>
[Trait("Category", "Numeric")]
public sealed class SpatialDropoutTests
{
    [Fact]
    public void A_channel_is_dropped_as_a_whole_as_often_as_the_rate_says()
    {
        Check<DropsChannels>(12);
        Check<DropsSignals>(7);

        static void Check<TNetwork>(int pixels) where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            const int Batch = 100, Channels = 20;
            var inputs = new float[Batch * Channels * pixels];
            Array.Fill(inputs, 1);
            using var trainer = new Trainer<TNetwork>(TNetwork.Create(), new Sgd(0));
            var gradient = new float[inputs.Length];
            // Of (m x − t)² with x = 1 and t = 0 the derivative is 2 m², divided by what is averaged over.
            trainer.ComputeGradient(inputs, new float[inputs.Length], gradient);
            double[] factors = [.. gradient.Select(slope => Math.Sqrt(slope / 2 * inputs.Length))];
            int dropped = 0;
            foreach (double[] channel in factors.Chunk(pixels))
            {
                double factor = channel[0] == 0 ? 0 : 1 / 0.7;
                dropped += factor == 0 ? 1 : 0;
                Assert.All(channel, value => Assert.Equal(factor, value, 1e-3));
            }

            double expected = 0.3 * Batch * Channels, deviation = Math.Sqrt(0.3 * 0.7 * Batch * Channels);
            Assert.InRange(dropped, expected - 4 * deviation, expected + 4 * deviation);

            var outputs = new float[TNetwork.OutputLength];
            TNetwork.Create().Predict(inputs.AsSpan(0, TNetwork.InputLength), outputs);
            Assert.All(outputs, value => Assert.Equal(1, value));
        }
    }

    [Fact]
    public void Gradients_between_convolutions_are_those_of_differences()
    {
        const int Batch = 3;
        var random = new RandomStream(5);
        var inputs = new float[Batch * DropsBetweenConvolutions.InputLength];
        foreach (ref float value in inputs.AsSpan())
            value = random.NextSingle() - 0.5f;
        var network = new DropsBetweenConvolutions(seed: 1);
        // The same step draws the same masks.
        using var trainer = new Trainer<DropsBetweenConvolutions>(network, new Sgd(0), new TrainerOptions { Threads = 2 });
        float[] targets = [1, -1, 0.5f, 0, 2, 1, -2, 1, 0];
        trainer.ComputeGradient(inputs, targets);
        Dictionary<string, float[]> gradient = trainer.Gradient.ToDictionary(tensor => tensor.Name, tensor => tensor.ToArray());

        int compared = 0;
        foreach (ParameterTensor tensor in network.Parameters)
        {
            float[] weights = tensor.ToArray();
            float[] slopes = gradient[tensor.Name];
            for (int i = 0; i < weights.Length; i += 97)
            {
                const float Step = 2e-3f;
                double above = LossWith(i, weights[i] + Step), below = LossWith(i, weights[i] - Step);
                LossWith(i, weights[i]);
                Assert.Equal((above - below) / (2 * Step), slopes[i], 5e-3);
                compared++;
            }

            double LossWith(int element, float value)
            {
                float[] changed = [.. weights];
                changed[element] = value;
                tensor.CopyFrom(changed);
                return trainer.ComputeGradient(inputs, targets);
            }
        }

        Assert.True(compared > 20);
    }
}
