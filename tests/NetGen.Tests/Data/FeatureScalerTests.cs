using NetGen.Data;

namespace NetGen.Tests.Data;

public class FeatureScalerTests
{
    private readonly MemoryDataset _data = new([1, 100, 7, 3, 300, 7, 5, 200, 7], [3], [0, 1, 0]);

    [Fact]
    public void Standardized_features_have_mean_0_and_variance_1_and_constants_become_0()
    {
        var scaler = FeatureScaler.Standardize(_data);
        var scaled = _data.Scale(scaler).ToMemory();

        for (int feature = 0; feature < 2; feature++)
        {
            double[] values = [.. Enumerable.Range(0, 3).Select(i => (double)scaled.Input(i)[feature])];
            Assert.Equal(0, values.Average(), 1e-6);
            Assert.Equal(1, values.Average(value => value * value), 1e-6);
            Assert.Equal(0, scaled.Input(feature)[2]);
        }

        Assert.Equal([3, 200, 7], scaler.Shift.ToArray());
        Assert.Equal([0, 1, 0], scaled.GetClasses());
    }

    [Fact]
    public void Features_far_from_zero_keep_their_variance()
    {
        var data = new MemoryDataset([10_000_000, 10_000_001, 10_000_002, 10_000_003], [1], new int[4]);

        Assert.Equal(0.8944272f, FeatureScaler.Standardize(data).Scale[0], 1e-6f);
    }

    [Fact]
    public void Limits_are_brought_to_0_and_1()
    {
        var scaled = _data.Scale(FeatureScaler.MinMax(_data)).ToMemory();

        Assert.Equal([0, 0, 0], scaled.Input(0).ToArray());
        Assert.Equal([0.5f, 1, 0], scaled.Input(1).ToArray());
        Assert.Equal([1, 0.5f, 0], scaled.Input(2).ToArray());
    }

    [Fact]
    public void Channels_share_their_numbers_if_asked()
    {
        var images = new MemoryDataset([1, 3, 10, 10, 5, 7, 30, 30], [2, 1, 2], new int[2]);

        var scaler = FeatureScaler.Standardize(images, perChannel: true);
        Assert.Equal([4, 20], scaler.Shift.ToArray());
        Assert.Equal(1 / Math.Sqrt(5), scaler.Scale[0], 1e-6);
        var scaled = images.Scale(scaler).ToMemory();
        Assert.Equal([-1, -1], scaled.Input(0)[2..].ToArray());

        Assert.Equal([1, 10], FeatureScaler.MinMax(images, perChannel: true).Shift.ToArray());
    }

    [Fact]
    public void Scaling_is_undone_and_its_numbers_are_all_there_is_to_it()
    {
        var scaler = FeatureScaler.Standardize(_data);
        var restored = new FeatureScaler(scaler.Shift, scaler.Scale, 3);
        float[] inputs = [1, 100, 7, 9, -4, 7];
        restored.Apply(inputs);
        float[] expected = [1, 100, 7, 9, -4, 7];
        scaler.Apply(expected);
        Assert.Equal(expected, inputs);

        restored.Invert(inputs);
        Assert.Equal([1, 100, 7, 9, -4, 7], inputs.Select(value => MathF.Round(value, 4)));
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        var scaler = FeatureScaler.Standardize(_data);

        Assert.Contains("Samples of 3 floats", Assert.Throws<ArgumentException>(() => scaler.Apply(new float[4])).Message);
        Assert.Throws<ArgumentException>(() => Samples.OfClasses(3).Scale(scaler));
        Assert.Throws<ArgumentException>(() => FeatureScaler.MinMax(Samples.OfClasses(0)));
        Assert.Contains("do not fit rows of 4 numbers", Assert.Throws<ArgumentException>(() => new FeatureScaler(scaler.Shift, scaler.Scale, 4)).Message);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_number_that_is_none_is_refused_with_row_and_column(float bad, string text)
    {
        float[] inputs = [1, 2, 3, 4, 5, bad, 7, 8];
        var data = new MemoryDataset(inputs, [2], [0, 1, 0, 1]);

        Assert.Contains($"Sample 2 has {text} as input 1", Assert.Throws<ArgumentException>(() => FeatureScaler.Standardize(data)).Message);
        Assert.Contains($"Sample 2 has {text} as input 1", Assert.Throws<ArgumentException>(() => FeatureScaler.MinMax(data, perChannel: true)).Message);
        Assert.Equal(2, FeatureScaler.Standardize(data.Subset([0, 1, 3])).InputLength);
    }

    [Fact]
    public void A_scaler_is_made_of_numbers_that_were_saved()
    {
        var scaler = new FeatureScaler([1, 2], [0.5f, 4], inputLength: 4);
        float[] inputs = [3, 3, 3, 3];
        scaler.Apply(inputs);

        Assert.Equal([1, 1, 4, 4], inputs);
        Assert.Throws<ArgumentException>(() => new FeatureScaler([1, 2], [1], 2));
        Assert.Throws<ArgumentException>(() => new FeatureScaler([1, 2], [1, 1], 3));
        Assert.Throws<ArgumentException>(() => new FeatureScaler([1, float.NaN], [1, 1], 2));
    }
}
