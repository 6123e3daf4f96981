namespace NetGen.Tests.Steps;

/// <summary>A softmax over channels that lie apart: groups of vectors in turn, single ones behind them, images that are asked for ahead.</summary>
[Trait("Category", "Numeric")]
public sealed class SoftmaxColumnsTests
{
    private const int Samples = 2, Between = 5;

    // From no vector at all, by one and several groups of each width with and without a rest, to images far larger than a cache holds at once.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 7)]
    [InlineData(10, 49)]
    [InlineData(1, 64)]
    [InlineData(7, 128)]
    [InlineData(70, 150)]
    [InlineData(301, 256)]
    [InlineData(65, 1100)]
    public void Each_pixel_is_divided_by_the_sum_of_its_channels(int channels, int pixels)
    {
        var random = new Random(channels * pixels);
        float[] x = Inputs(channels, pixels, random);
        float[] y = Softmax(x, channels, pixels);
        for (int s = 0; s < Samples; s++)
        {
            for (int p = 0; p < pixels; p++)
            {
                int[] places = [.. Enumerable.Range(0, channels).Select(k => (((s * channels) + k) * (pixels + Between)) + p)];
                double largest = places.Max(i => (double)x[i]), sum = places.Sum(i => Math.Exp(x[i] - largest));
                foreach (int i in places)
                {
                    double expected = Math.Exp(x[i] - largest) / sum;
                    Assert.InRange(y[i], expected * (1 - 2e-6), expected * (1 + 2e-6));
                }
            }
        }

        Assert.All(Enumerable.Range(0, y.Length).Where(i => i % (pixels + Between) >= pixels), i => Assert.Equal(float.NaN, y[i]));
    }

    [Theory]
    [InlineData(9, 150)]
    [InlineData(301, 256)]
    public void What_is_not_finite_stays_in_its_pixel(int channels, int pixels)
    {
        float[] x = Inputs(channels, pixels, new Random(7)), y = Softmax(x, channels, pixels);
        int[] chosen = [0, 15, 31, 64, 70, pixels - 1];
        foreach (int p in chosen)
        {
            foreach (int k in (int[])[0, 1, channels - 1])
            {
                Assert.Equal(Enumerable.Repeat(float.NaN, channels), WithOne(float.NaN, p, k));
                Assert.Equal(Enumerable.Repeat(float.NaN, channels), WithOne(float.PositiveInfinity, p, k));
                float[] without = WithOne(float.NegativeInfinity, p, k);
                Assert.Equal(0, without[k]);
                Assert.Equal(1, without.Sum(), 1e-5f);
            }

            float[] none = [.. x];
            for (int k = 0; k < channels; k++)
                none[(k * (pixels + Between)) + p] = float.NegativeInfinity;
            Assert.Equal(Enumerable.Repeat(float.NaN, channels), Pixel(Softmax(none, channels, pixels), p));
        }

        float[] WithOne(float value, int p, int k)
        {
            float[] changed = [.. x];
            changed[(k * (pixels + Between)) + p] = value;
            float[] result = Softmax(changed, channels, pixels);
            float[] own = Pixel(result, p);
            for (int i = 0; i < channels; i++)
                result[(i * (pixels + Between)) + p] = y[(i * (pixels + Between)) + p];
            Assert.Equal(y, result);
            return own;
        }

        float[] Pixel(float[] image, int p) => [.. Enumerable.Range(0, channels).Select(k => image[(k * (pixels + Between)) + p])];
    }

    // Of a coarseness at which the distance from the largest is exact.
    private static float[] Inputs(int channels, int pixels, Random random) =>
        [.. Enumerable.Range(0, Samples * channels * (pixels + Between)).Select(_ => random.Next(-20480, 20480) / 1024f)];

    // The results' memory is full of what is not a number before: none of that may come into them, or be written over between lines.
    private static float[] Softmax(float[] x, int channels, int pixels)
    {
        int line = pixels + Between;
        float[] y = [.. Enumerable.Repeat(float.NaN, x.Length)];
        SoftmaxColumns.Softmax(ref y[0], channels * line, line, in x[0], channels * line, line, channels, pixels, 0, Samples);
        return y;
    }
}
