namespace NetGen.Tests.Optimizers;

[Trait("Category", "Numeric")]
public sealed class GradientsTests
{
    [Fact]
    public void Clipping_by_value_limits_every_length_and_keeps_NaN()
    {
        for (int length = 0; length < 70; length++)
        {
            float[] values = TestData.Floats(length, length + 1, scale: 3);
            float[] expected = [.. values.Select(value => Math.Clamp(value, -0.5f, 0.5f))];
            Gradients.ClipByValue(values, 0.5f);
            Assert.Equal(expected, values);
        }

        float[] broken = [float.NaN, float.PositiveInfinity];
        Gradients.ClipByValue(broken, 1);
        Assert.Equal([float.NaN, 1f], broken);
    }

    [Fact]
    public void The_norm_is_exact_to_double_precision_at_every_length()
    {
        foreach (int length in (int[])[0, 1, 15, 16, 17, 4095, 4096, 4097, 10_001])
        {
            float[] values = TestData.Floats(length, 5);
            double expected = Math.Sqrt(values.Sum(value => (double)value * value));
            Assert.Equal(expected, Gradients.Norm(values), 1e-12 * expected);
        }
    }

    [Fact]
    public void The_norm_neither_overflows_nor_underflows()
    {
        Assert.Equal(3e38 * Math.Sqrt(20), Gradients.Norm(Enumerable.Repeat(3e38f, 20).ToArray()), 1e32);
        Assert.Equal(1e-40 * Math.Sqrt(20), Gradients.Norm(Enumerable.Repeat(1e-40f, 20).ToArray()), 1e-44);
    }

    [Fact]
    public void Sums_over_blocks_add_up_to_the_bits_of_the_norm()
    {
        float[] values = TestData.Floats(3 * Gradients.NormBlock + 100, 6);
        double sum = 0;
        for (int start = 0; start < values.Length; start += Gradients.NormBlock)
            sum += Gradients.SumOfSquares(values.AsSpan(start, Math.Min(Gradients.NormBlock, values.Length - start)));
        Assert.Equal(BitConverter.DoubleToInt64Bits(Gradients.Norm(values)), BitConverter.DoubleToInt64Bits(Math.Sqrt(sum)));
    }

    [Fact]
    public void Clipping_by_norm_shortens_what_is_too_long_and_nothing_else()
    {
        float[] values = [3, 4];
        Assert.Equal(5, Gradients.ClipByNorm(values, 1));
        Assert.Equal(1, Gradients.Norm(values), 1e-6);
        Assert.Equal(0.6f, values[0], 6);

        float[] small = [0.3f, 0.4f];
        Gradients.ClipByNorm(small, 1);
        Assert.Equal([0.3f, 0.4f], small);
    }

    [Fact]
    public void A_norm_that_is_not_finite_does_not_hide_behind_clipping()
    {
        float[] values = [float.PositiveInfinity, 1];
        Assert.Equal(double.PositiveInfinity, Gradients.ClipByNorm(values, 1));
        Assert.Equal([float.PositiveInfinity, 1f], values);
    }
}
