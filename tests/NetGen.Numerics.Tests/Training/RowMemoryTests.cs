using static Xunit.Assert;

namespace NetGen.Numerics.Tests.Training;

/// <summary>Turns of several samples leave rows of gradients, and samples rows of what lies alike.</summary>
[Network, Input(16, 8, 10), Conv2D(16, 3, Padding = Padding.Same), InstanceNorm, MeanSquaredError]
public partial class NormedInTurns;

/// <summary>The same without a norm.</summary>
[Network, Input(1, 13, 14), ConvTranspose2D(4, 1, 5, StrideHeight = 2, StrideWidth = 4), Dense(4), MeanSquaredError]
public partial class SpreadInTurns;

/// <summary>Rows of twenty floats in room for thirty-two.</summary>
[Network, Input(30), Dense(20), LogSoftmax, MeanSquaredError]
public partial class RowsWithRoom;

/// <summary>Fifty channels in room for sixty-four.</summary>
[Network, Input(2, 9, 6), Conv2D(50, 3), BatchNorm, MeanSquaredError]
public partial class PixelsWithRoom;

/// <summary>Channels that are written one by one, and read in vectors.</summary>
[Network, Input(33, 2, 4), Conv2D(66, 3, Stride = 2, Padding = Padding.Same, Groups = 33), InstanceNorm(Affine = false), ConvTranspose2D(1, 5, 5)]
[ConvTranspose2D(70, 1, 1, Bias = false), MeanSquaredError]
public partial class ChannelsOneByOne;

/// <summary>A hundred channels in room for 128, which a map writes in seven vectors and a sum reads in four panels.</summary>
[Network, Input(20, 2, 8), Conv2D(50, 2, Stride = 2, Padding = Padding.Same, Groups = 10), LogSigmoid, Upsample(2, Mode = UpsampleMode.Bilinear)]
[DepthwiseConv2D(1, Multiplier = 2, Bias = false), LogSigmoid, ConvTranspose2D(1, 2, Stride = 2), BatchNorm, Conv2D(50, 3, Padding = Padding.Same)]
[Tanh, Dense(15), SoftmaxCrossEntropy]
public partial class PanelsWithRoom;

/// <summary>What lies beside each other in memory leaves each other alone.</summary>
[Trait("Category", "Numeric")]
public sealed class RowMemoryTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void What_a_turn_leaves_is_no_other_workers_sample(int threads)
    {
        SameBits<NormedInTurns>(threads);
        SameBits<SpreadInTurns>(threads);
    }

    [Fact]
    public void A_batch_that_is_not_finite_leaves_nothing_to_the_next()
    {
        HealsAfterNaN<RowsWithRoom>();
        HealsAfterNaN<PixelsWithRoom>();
        HealsAfterNaN<ChannelsOneByOne>();
    }

    [Fact]
    public void A_sample_that_is_not_finite_leaves_nothing_to_the_next()
    {
        ChannelsOneByOne channels = new(7);
        LeavesNothing(ChannelsOneByOne.InputLength, ChannelsOneByOne.OutputLength, (inputs, outputs) => channels.PredictBatch(inputs, outputs));
        PanelsWithRoom panels = new(7);
        LeavesNothing(PanelsWithRoom.InputLength, PanelsWithRoom.OutputLength, (inputs, outputs) => panels.PredictBatch(inputs, outputs));
    }

    private static void LeavesNothing(int inputLength, int outputLength, Action<float[], float[]> predict)
    {
        const int Count = 9, Bad = 3;
        float[] inputs = Numbers(Count * inputLength, 1), expected = new float[Count * outputLength];
        predict(inputs, expected);
        float[] spoilt = [.. inputs], found = new float[expected.Length], after = new float[expected.Length];
        spoilt.AsSpan(Bad * inputLength, inputLength).Fill(float.NaN);
        predict(spoilt, found);
        predict(inputs, after);
        Equal(expected, after);
        Equal(expected[..(Bad * outputLength)], found[..(Bad * outputLength)]);
        Equal(expected[((Bad + 1) * outputLength)..], found[((Bad + 1) * outputLength)..]);
    }

    // Workers meet by chance, so that a race shows in some of many steps.
    private static void SameBits<TNetwork>(int threads) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        const int Count = 33, Steps = 25;
        float[] inputs = Numbers(Count * TNetwork.InputLength, 1), targets = Numbers(Count * TNetwork.OutputLength, 2);
        using Trainer<TNetwork> one = New<TNetwork>(1), several = New<TNetwork>(threads);
        one.ComputeGradient(inputs, targets);
        for (int step = 0; step < Steps; step++)
        {
            several.ComputeGradient(inputs, targets);
            Equal(one.Gradient.Span.ToArray(), several.Gradient.Span.ToArray());
        }
    }

    private static void HealsAfterNaN<TNetwork>() where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        const int Count = 12;
        float[] inputs = Numbers(Count * TNetwork.InputLength, 1), targets = Numbers(Count * TNetwork.OutputLength, 2);
        using Trainer<TNetwork> fresh = New<TNetwork>(1), spoilt = New<TNetwork>(1);
        // All of it: behind a sample that is finite zeros would stand again, where samples take turns.
        float[] bad = new float[inputs.Length];
        Array.Fill(bad, float.NaN);
        True(float.IsNaN(spoilt.ComputeGradient(bad, targets)));
        float loss = fresh.ComputeGradient(inputs, targets);
        Equal(loss, spoilt.ComputeGradient(inputs, targets));
        Equal(fresh.Gradient.Span.ToArray(), spoilt.Gradient.Span.ToArray());
    }

    private static Trainer<TNetwork> New<TNetwork>(int threads) where TNetwork : class, ITrainableNetwork<TNetwork> =>
        new(TNetwork.Create(seed: 5), new Sgd(0.1f), new TrainerOptions { Threads = threads });

    private static float[] Numbers(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * 0.37f + seed) + i % 7 * 0.1f)];
}
