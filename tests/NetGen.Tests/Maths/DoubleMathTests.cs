using System.Runtime.Intrinsics;

namespace NetGen.Tests.Maths;

/// <summary>Functions in double precision that the base library lacks, and roundings of every width.</summary>
[Trait("Category", "Numeric")]
public sealed class DoubleMathTests
{
    // From tables with 17 digits.
    [Theory]
    [InlineData(1e-10, 9.9999999995000000e-11)]
    [InlineData(-0.5, -0.69314718055994531)]
    [InlineData(1, 0.69314718055994531)]
    [InlineData(1e300, 690.77552789821371)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(-2, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Log1p(double x, double expected) => Agree(expected, VectorMath.Log1p(x));

    [Theory]
    [InlineData(1e-10, 1.0000000000500000e-10)]
    [InlineData(-1e-5, -9.9999500001666662e-6)]
    [InlineData(0.5, 0.64872127070012815)]
    [InlineData(2, 6.3890560989306502)]
    [InlineData(-800, -1)]
    [InlineData(800, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Expm1(double x, double expected) => Agree(expected, VectorMath.Expm1(x));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-8, 1.1283791670955126e-8)]
    [InlineData(0.5, 0.52049987781304654)]
    [InlineData(-1, -0.84270079294971487)]
    [InlineData(2.9999, 0.9999778955735178)]
    [InlineData(3, 0.99997790950300141)]
    [InlineData(4, 0.99999998458274210)]
    [InlineData(-7, -1)]
    [InlineData(double.NaN, double.NaN)]
    public void Erf(double x, double expected) => Agree(expected, VectorMath.Erf(x));

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.73105857863000488)]
    [InlineData(-800, 0)]
    [InlineData(800, 1)]
    public void Sigmoid(double x, double expected) => Agree(expected, VectorMath.Sigmoid(x));

    [Fact]
    public void Roundings_of_every_width_are_those_of_single_numbers()
    {
        float[] numbers =
        [
            0, -0f, 0.5f, -0.5f, 1.5f, 2.5f, -2.5f, 0.49999997f, -0.49999997f, 8388607.5f, -8388607.5f, 8388608, 1e30f, float.PositiveInfinity,
            float.NegativeInfinity, float.NaN, float.Epsilon, -float.Epsilon, 1, -1, 1.0000001f, -1.0000001f, 3.7f, -3.7f, 4194304.5f, -4194304.5f,
            .. new float[6],
        ];
        for (int i = 0; i < numbers.Length; i += 16)
        {
            ReadOnlySpan<float> x = numbers.AsSpan(i, 16);
            float[] round = [.. x.ToArray().Select(number => MathF.Round(number))], floor = [.. x.ToArray().Select(number => MathF.Floor(number))];
            Same(round, VectorMath.Round(Vector512.Create(x)));
            Same(floor, VectorMath.Floor(Vector512.Create(x)));
            for (int k = 0; k < 16; k += 4)
            {
                Same(round[k..(k + 4)], VectorMath.Round(Vector128.Create(x[k..])));
                Same(floor[k..(k + 4)], VectorMath.Floor(Vector128.Create(x[k..])));
            }
        }

        static void Same<T>(float[] expected, T found) where T : struct => Assert.Equal(
            expected.Select(BitConverter.SingleToInt32Bits),
            System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>([found]).ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    private static void Agree(double expected, double found)
    {
        if (double.IsFinite(expected))
            Assert.True(Math.Abs(expected - found) <= 4e-16 * Math.Max(Math.Abs(expected), 1e-290), $"{found:R} instead of {expected:R}");
        else
            Assert.Equal(expected, found);
    }
}
