using System.Globalization;
using System.Runtime.InteropServices;
using Xunit.Abstractions;

namespace NetGen.Tests.Maths;

/// <summary>
/// The largest error of every function, in units of the last place of the exact result, and what becomes of special arguments. With the variable
/// <c>NETGEN_ALL_FLOATS</c> set to 1, functions of one argument are computed for each of the 2³² floats there are; that takes minutes. Set to n, for every
/// n-th. <c>NETGEN_PAIRS</c> says how many random pairs of each kind functions of two arguments get.
/// </summary>
[Trait("Category", "Numeric")]
public sealed partial class LastPlaceTests(ITestOutputHelper report)
{
    private const double SmallestNormal = 1.1754943508222875e-38;
    private const int Lanes = 16, Block = 1 << 12;

    // A prime, so that all exponents and all kinds of fractions come.
    private const uint Stride = 997;

    private static readonly uint s_stride = uint.TryParse(Environment.GetEnvironmentVariable("NETGEN_ALL_FLOATS"), out uint every) ? Math.Max(1, every) : Stride;

    private static readonly int s_pairs = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_PAIRS"), out int pairs) ? pairs : 100_000;

    private delegate F32x16 OnVectors(F32x16 x);

    [Fact]
    public void Exp() => Within(1.02, Math.Exp, VectorMath.Exp);

    [Fact]
    public void Exp_of_negatives() =>
        Within(1.25, Math.Exp, x => new NegativeExponential<F32x16>(in MemoryMarshal.GetReference(VectorMath.ExpTable)).Of(x), most: 0);

    [Fact]
    public void Expm1() => Within(2.5, VectorMathTests.Reference.Expm1, VectorMath.Expm1);

    [Fact]
    public void Log() => Within(2.5, Math.Log, VectorMath.Log);

    [Fact]
    public void Log1p() => Within(2.5, VectorMathTests.Reference.Log1p, VectorMath.Log1p);

    [Fact]
    public void Log1p_of_a_fraction() => Within(1.5, VectorMathTests.Reference.Log1p, VectorMath.Log1pOfFraction, least: 0, most: 1);

    [Fact]
    public void Tanh() => Within(7, Math.Tanh, VectorMath.Tanh);

    [Fact]
    public void Sigmoid() => Within(5, x => 1 / (1 + Math.Exp(-x)), VectorMath.Sigmoid, least: -87);

    [Fact]
    public void Erf() => Within(7, VectorMathTests.Reference.Erf, VectorMath.Erf);

    [Fact]
    public void Sqrt() => Within(0.5000001, Math.Sqrt, F32x16.Sqrt);

    [Fact]
    public void Sin() => Within(0.95, Math.Sin, VectorMath.Sin);

    [Fact]
    public void Cos() => Within(0.95, Math.Cos, VectorMath.Cos);

    [Fact]
    public void Tan() => Within(2.5, Math.Tan, VectorMath.Tan);

    [Fact]
    public void Asin() => Within(2.5, Math.Asin, VectorMath.Asin);

    [Fact]
    public void Acos() => Within(1.5, Math.Acos, VectorMath.Acos);

    [Fact]
    public void Atan() => Within(2.5, Math.Atan, VectorMath.Atan);

    [Fact]
    public void Sinh() => Within(2.5, Math.Sinh, VectorMath.Sinh);

    [Fact]
    public void Cosh() => Within(2.5, Math.Cosh, VectorMath.Cosh);

    [Fact]
    public void Cbrt() => Within(1, Math.Cbrt, VectorMath.Cbrt);

    [Fact]
    public void Pow()
    {
        // Where powers are neither 0 nor infinite, and anywhere.
        AtPairs(8, Math.Pow, (x, y) => VectorMath.Pow(x, y), random => (MathF.Pow(2, Between(random, -12, 12)), Between(random, -40, 40)));
        AtPairs(8, Math.Pow, (x, y) => VectorMath.Pow(x, y), random => (1 + Between(random, -0.3f, 0.4f), Between(random, -300, 300)));
        AtPairs(8, Math.Pow, (x, y) => VectorMath.Pow(x, y), random => (Between(random, -9, 9), random.Next(-12, 13)));
        AtPairs(8, Math.Pow, (x, y) => VectorMath.Pow(x, y), random => (AnyFloat(random), AnyFloat(random)));
        // The worst there is known: bases just below √½ and √2, whose results are at the ends of what a float holds.
        AtPairs(8, Math.Pow, (x, y) => VectorMath.Pow(x, y), random => ToAnyPower(random, Between(random, 0.7f, 0.7071f) * (1 + random.Next(2))));
        // Results from the smallest subnormal number to the largest, of any base and of those next to 1.
        AtPairs(8, Math.Pow, (x, y) => VectorMath.Pow(x, y), random => ToAnyPower(random, MathF.Abs(AnyFloat(random))));
        AtPairs(8, Math.Pow, (x, y) => VectorMath.Pow(x, y), random => ToAnyPower(random, NextTo(1, random)));
        AtPairs(8, Math.Pow, (x, y) => VectorMath.Pow(x, y), random => (NextTo(MathF.Pow(2, random.Next(-30, 31)), random), random.Next(-8, 9) * 0.5f));
        AtSpecials(8, Math.Pow, (x, y) => VectorMath.Pow(x, y));
    }

    [Fact]
    public void Atan2()
    {
        AtPairs(2.5, Math.Atan2, (y, x) => VectorMath.Atan2(y, x), random => (Between(random, -2, 2), Between(random, -2, 2)));
        AtPairs(2.5, Math.Atan2, (y, x) => VectorMath.Atan2(y, x), random => (AnyFloat(random), AnyFloat(random)));
        // Angles about the places where one polynomial ends and another begins, and subnormal ones.
        AtPairs(2.5, Math.Atan2, (y, x) => VectorMath.Atan2(y, x), random =>
        {
            float x = Between(random, -9, 9), tangent = new[] { 0.41421357f, 1, 2.4142137f }[random.Next(3)];
            return (NextTo(x * tangent, random), x);
        });
        AtPairs(2.5, Math.Atan2, (y, x) => VectorMath.Atan2(y, x), random => (MathF.Pow(2, Between(random, -149, -120)), MathF.Pow(2, Between(random, -6, 6))));
        AtSpecials(2.5, Math.Atan2, (y, x) => VectorMath.Atan2(y, x));
    }

    /// <summary>Every stride-th float, each compared where the exact value is a number; what is none must be none.</summary>
    private void Within(
        double bound, Func<double, double> exact, OnVectors function, float least = float.NegativeInfinity, float most = float.PositiveInfinity)
    {
        var gate = new object();
        (double worst, float at) = (0, 0);
        long blocks = (0x100000000 / s_stride + Block - 1) / Block;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = 2 }, block =>
        {
            Span<float> arguments = stackalloc float[Lanes], results = stackalloc float[Lanes];
            (double mine, float where) = (0, 0);
            for (long first = block * Block; first < (block + 1) * Block; first += Lanes)
            {
                for (int lane = 0; lane < Lanes; lane++)
                    arguments[lane] = BitConverter.UInt32BitsToSingle(unchecked((uint)((first + lane) * s_stride)));
                F32x16.Store(function(F32x16.Load(ref arguments[0], 0)), ref results[0], 0);
                for (int lane = 0; lane < Lanes; lane++)
                {
                    if (arguments[lane] < least || arguments[lane] > most)
                        continue;
                    double error = Error(exact(arguments[lane]), results[lane]);
                    if (!(error <= mine))
                        (mine, where) = (error, arguments[lane]);
                }
            }

            lock (gate)
            {
                if (!(mine <= worst))
                    (worst, at) = (mine, where);
            }
        });
        report.WriteLine(Text($"{worst:0.0000} units in the last place at {at:R}"));
        Assert.True(worst <= bound, Text($"{worst:0.000} units in the last place at {at:R}; at most {bound} are promised."));
    }

    private void AtPairs(
        double bound, Func<double, double, double> exact, Func<float, float, float> function, Func<Random, (float, float)> draw)
    {
        var random = new Random(7);
        (double worst, float atA, float atB) = (0, 0, 0);
        for (int i = 0; i < s_pairs; i++)
        {
            (float a, float b) = draw(random);
            double error = Error(exact(a, b), function(a, b));
            if (!(error <= worst))
                (worst, atA, atB) = (error, a, b);
        }

        report.WriteLine(Text($"{worst:0.0000} units in the last place at ({atA:R}, {atB:R})"));
        Assert.True(worst <= bound, Text($"{worst:0.000} units in the last place at ({atA:R}, {atB:R}): {function(atA, atB):R}"));
    }

    private static void AtSpecials(double bound, Func<double, double, double> exact, Func<float, float, float> function)
    {
        float[] specials =
        [
            0, -0f, 1, -1, 2, -2, 3, -3, 0.5f, -0.5f, 2.5f, float.Epsilon, -float.Epsilon, 1e-40f, float.MaxValue, float.MinValue,
            8388607, -8388609, 16777216,
            float.PositiveInfinity, float.NegativeInfinity, float.NaN,
        ];
        foreach (float a in specials)
        {
            foreach (float b in specials)
            {
                (double expected, float found) = (exact(a, b), function(a, b));
                Assert.True(Error(expected, found) <= bound, $"({a:R}, {b:R}): {found:R} in place of {expected:R}");
                if (expected == 0)
                    Assert.Equal(double.IsNegative(expected), float.IsNegative(found));
            }
        }
    }

    /// <summary>The distance in units of the exact value's last place as a float; infinite where one is a number and the other is not.</summary>
    private static double Error(double expected, float found)
    {
        if (double.IsNaN(expected) || float.IsNaN(found))
            return double.IsNaN(expected) && float.IsNaN(found) ? 0 : double.PositiveInfinity;
        if (float.IsInfinity((float)expected) || float.IsInfinity(found))
        {
            // At the edge either the largest float or infinity.
            float nearest = (float)expected;
            float finite = MathF.Abs(float.IsInfinity(found) ? nearest : found);
            return nearest == found || (finite == float.MaxValue && float.Sign(nearest) == float.Sign(found)) ? 0 : double.PositiveInfinity;
        }

        double unit = Math.ScaleB(1, Math.ILogB(Math.Max(Math.Abs(expected), SmallestNormal)) - 23);
        return Math.Abs(found - expected) / unit;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static float Between(Random random, float low, float high) => low + (high - low) * random.NextSingle();

    /// <summary>A float at most some hundred places away.</summary>
    private static float NextTo(float number, Random random) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(number) + random.Next(-300, 301));

    private static (float, float) ToAnyPower(Random random, float x) => (x, (float)(Between(random, -104, 89) / Math.Log(x)));

    private static float AnyFloat(Random random) => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
}
