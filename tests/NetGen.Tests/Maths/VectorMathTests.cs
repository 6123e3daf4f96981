using System.Runtime.Intrinsics;

namespace NetGen.Tests.Maths;

/// <summary>Every function against double precision over the whole range of floats, and every width against the others.</summary>
[Trait("Category", "Numeric")]
public sealed partial class VectorMathTests
{
    [Fact]
    public void Exp_is_within_its_bound() => AssertBound<Exp>(Math.Exp, -87.3f, 88.72f, relative: 1.2e-7);

    [Fact]
    public void Exp_underflows_gradually()
    {
        foreach (float x in Sweep(-105, -87.3f))
        {
            if (!(Math.Abs(VectorMath.Exp(x) - Math.Exp(x)) <= 1.5e-45))
                Assert.Fail($"exp({x:R}) = {VectorMath.Exp(x):R}");
        }
    }

    [Fact]
    public void Expm1_is_within_its_bound() => AssertBound<Expm1>(Reference.Expm1, -104, 88.72f, relative: 2.5e-7);

    [Fact]
    public void Log_is_within_its_bound() => AssertBound<Log>(Math.Log, float.Epsilon, float.MaxValue, relative: 1.5e-7);

    [Fact]
    public void Log1p_is_within_its_bound() =>
        AssertBound<Log1p>(Reference.Log1p, -0.99999994f, float.MaxValue, relative: 3e-7);

    [Fact]
    public void Sigmoid_is_within_its_bound() =>
        AssertBound<Sigmoid>(x => 1 / (1 + Math.Exp(-x)), -87, float.MaxValue, relative: 3e-7);

    [Fact]
    public void Gate_is_within_its_bound() => AssertBound<Gate>(
        x => 1 / (1 + Math.Exp(-x)), float.MinValue, float.MaxValue, relative: double.PositiveInfinity, absolute: 2.5e-7);

    [Fact]
    public void Tanh_is_within_its_bound() =>
        AssertBound<Tanh>(Math.Tanh, float.MinValue, float.MaxValue, relative: 4e-7, absolute: 3e-7);

    [Fact]
    public void Erf_is_within_its_bound() =>
        AssertBound<Erf>(Reference.Erf, float.MinValue, float.MaxValue, relative: 4e-7, absolute: 4e-7);

    [Fact]
    public void NormalCdf_is_within_its_bound() => AssertBound<NormalCdf>(
        Reference.NormalCdf, float.MinValue, float.MaxValue, relative: double.PositiveInfinity, absolute: 2.5e-7);

    [Fact]
    public void NormalCdf_never_leaves_0_to_1_and_its_ends_are_exact()
    {
        foreach (float x in Sweep(-6, 6))
            Assert.InRange(VectorMath.NormalCdf(x), 0f, 1f);
        AssertAt<NormalCdf>(0, 0.5f);
        // The largest floats are multiplied with them.
        AssertAt<NormalCdf>(-5.12f, 0);
        AssertAt<NormalCdf>(float.MinValue, 0);
        AssertAt<NormalCdf>(5.12f, 1);
        AssertAt<NormalCdf>(float.PositiveInfinity, 1);
        AssertAt<NormalCdf>(float.NaN, float.NaN);
    }

    [Fact]
    public void Tanh_and_Erf_never_leave_minus_one_to_one()
    {
        foreach (float x in Sweep(2, 12))
        {
            Assert.InRange(VectorMath.Tanh(x), -1f, 1f);
            Assert.InRange(VectorMath.Erf(x), -1f, 1f);
        }
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.MaxValue, float.PositiveInfinity)]
    [InlineData(88.73f, float.PositiveInfinity)]
    [InlineData(float.MinValue, 0f)]
    [InlineData(-104f, 0f)]
    [InlineData(float.Epsilon, 1f)]
    [InlineData(float.NaN, float.NaN)]
    public void Exp_at_its_extremes(float x, float expected) => AssertAt<Exp>(x, expected);

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(88.73f, float.PositiveInfinity)]
    [InlineData(-18f, -1f)]
    [InlineData(1e-30f, 1e-30f)]
    [InlineData(float.NaN, float.NaN)]
    public void Expm1_at_its_extremes(float x, float expected) => AssertAt<Expm1>(x, expected);

    [Theory]
    [InlineData(0f, float.NegativeInfinity)]
    [InlineData(1f, 0f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(-float.Epsilon, float.NaN)]
    [InlineData(-1f, float.NaN)]
    [InlineData(float.NaN, float.NaN)]
    public void Log_at_its_extremes(float x, float expected) => AssertAt<Log>(x, expected);

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(-1f, float.NegativeInfinity)]
    [InlineData(-1.0000001f, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(1e-30f, 1e-30f)]
    [InlineData(float.NaN, float.NaN)]
    public void Log1p_at_its_extremes(float x, float expected) => AssertAt<Log1p>(x, expected);

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(float.Epsilon, float.Epsilon)]
    [InlineData(1e-30f, 1e-30f)]
    [InlineData(1f, 0.69314718f)]
    [InlineData(float.NaN, float.NaN)]
    public void Log1p_of_a_fraction_at_its_extremes(float x, float expected) => AssertAt<Log1pOfFraction>(x, expected);

    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(-89f, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Sigmoid_at_its_extremes(float x, float expected) => AssertAt<Sigmoid>(x, expected);

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(10f, 1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(1e-30f, 1e-30f)]
    [InlineData(float.NaN, float.NaN)]
    public void Tanh_at_its_extremes(float x, float expected) => AssertAt<Tanh>(x, expected);

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(5f, 1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(float.NaN, float.NaN)]
    public void Erf_at_its_extremes(float x, float expected) => AssertAt<Erf>(x, expected);

    [Fact]
    public void Negative_zero_is_a_zero_and_odd_functions_keep_its_sign()
    {
        AssertAt<Exp>(-0f, 1);
        AssertAt<Log>(-0f, float.NegativeInfinity);
        AssertAt<Tanh>(-0f, -0f);
        AssertAt<Erf>(-0f, -0f);
        AssertAt<Sin>(-0f, -0f);
        AssertAt<Tan>(-0f, -0f);
        AssertAt<Asin>(-0f, -0f);
        AssertAt<Atan>(-0f, -0f);
        AssertAt<Sinh>(-0f, -0f);
        AssertAt<Cbrt>(-0f, -0f);
    }

    [Fact]
    public void The_overloads_on_plain_registers_are_the_same_functions()
    {
        const float X = 0.7f;
        Assert.Equal(VectorMath.Exp(X), VectorMath.Exp(Vector512.Create(X))[15]);
        Assert.Equal(VectorMath.Expm1(X), VectorMath.Expm1(Vector256.Create(X))[7]);
        Assert.Equal(VectorMath.Log(X), VectorMath.Log(Vector128.Create(X))[3]);
        Assert.Equal(VectorMath.Log1p(X), VectorMath.Log1p(Vector512.Create(X))[0]);
        Assert.Equal(VectorMath.Log1pOfFraction(X), VectorMath.Log1pOfFraction(Vector512.Create(X))[0]);
        Assert.Equal(VectorMath.Tanh(X), VectorMath.Tanh(Vector256.Create(X))[0]);
        Assert.Equal(VectorMath.Sigmoid(X), VectorMath.Sigmoid(Vector128.Create(X))[0]);
        Assert.Equal(VectorMath.Gate(X), VectorMath.Gate(Vector512.Create(X))[3]);
        Assert.Equal(VectorMath.Erf(X), VectorMath.Erf(Vector512.Create(X))[8]);
        Assert.Equal(VectorMath.NormalCdf(X), VectorMath.NormalCdf(Vector256.Create(X))[5]);
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        AssertWidthsAgree<Exp>();
        AssertWidthsAgree<Expm1>();
        AssertWidthsAgree<Log>();
        AssertWidthsAgree<Log1p>();
        AssertWidthsAgree<Log1pOfFraction>();
        AssertWidthsAgree<Tanh>();
        AssertWidthsAgree<Sigmoid>();
        AssertWidthsAgree<Gate>();
        AssertWidthsAgree<Erf>();
        AssertWidthsAgree<NormalCdf>();
        AssertWidthsAgree<Sin>();
        AssertWidthsAgree<Cos>();
        AssertWidthsAgree<Tan>();
        AssertWidthsAgree<Asin>();
        AssertWidthsAgree<Acos>();
        AssertWidthsAgree<Atan>();
        AssertWidthsAgree<Sinh>();
        AssertWidthsAgree<Cosh>();
        AssertWidthsAgree<Cbrt>();
        AssertWidthsAgree<PowOfOther>();
        AssertWidthsAgree<Atan2OfOther>();
    }

    private static void AssertBound<TFunction>(
        Func<double, double> exact, float low, float high, double relative, double absolute = double.PositiveInfinity)
        where TFunction : IFunction
    {
        double worstRelative = 0, worstAbsolute = 0;
        float atRelative = 0, atAbsolute = 0;
        foreach (float x in Sweep(low, high))
        {
            double expected = exact(x);
            double difference = Math.Abs(TFunction.Apply<F32x1>(x).Value - expected);
            if (!double.IsFinite(difference))
                Assert.Fail($"{typeof(TFunction).Name}({x:R}) is not finite.");
            if (difference > worstAbsolute)
                (worstAbsolute, atAbsolute) = (difference, x);
            if (Math.Abs(expected) >= 1.2e-38 && difference / Math.Abs(expected) > worstRelative)
                (worstRelative, atRelative) = (difference / Math.Abs(expected), x);
        }

        Assert.True(
            worstRelative <= relative && worstAbsolute <= absolute,
            $"{typeof(TFunction).Name}: relative error {worstRelative:G3} at {atRelative:R} (bound {relative:G3}), "
            + $"absolute {worstAbsolute:G3} at {atAbsolute:R} (bound {absolute:G3})");
    }

    private static void AssertAt<TFunction>(float x, float expected) where TFunction : IFunction
    {
        AssertSameBits(expected, TFunction.Apply<F32x1>(x).Value);
        AssertSameBits(expected, TFunction.Apply<F32x4>(Vector128.Create(x)).Value[3]);
        AssertSameBits(expected, TFunction.Apply<F32x8>(Vector256.Create(x)).Value[7]);
        var lanes = new float[F32x2x4.Count];
        F32x2x4.Store(TFunction.Apply<F32x2x4>(F32x2x4.Create(x)), ref lanes[0], 0);
        Assert.All(lanes, lane => AssertSameBits(expected, lane));
        AssertSameBits(expected, TFunction.Apply<F32x16>(Vector512.Create(x)).Value[15]);
    }

    private static void AssertSameBits(float expected, float actual)
    {
        if (float.IsNaN(expected))
            Assert.True(float.IsNaN(actual), $"expected NaN, found {actual:R}");
        else
            Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(actual));
    }

    private static void AssertWidthsAgree<TFunction>() where TFunction : IFunction
    {
        // A prime step in the bits, so that neighbouring lanes hold numbers of very different kinds.
        const int Length = 1 << 16;
        var source = new float[Length];
        for (int i = 0; i < Length; i++)
            source[i] = BitConverter.UInt32BitsToSingle(unchecked((uint)i * 2654435761u));

        var expected = Map<TFunction, F32x1>(source);
        AssertSame(expected, Map<TFunction, F32x4>(source), 4);
        AssertSame(expected, Map<TFunction, F32x8>(source), 8);
        AssertSame(expected, Map<TFunction, F32x2x4>(source), 8);
        AssertSame(expected, Map<TFunction, F32x16>(source), 16);

        void AssertSame(float[] one, float[] other, int width)
        {
            for (int i = 0; i < Length; i++)
            {
                bool same = float.IsNaN(one[i])
                    ? float.IsNaN(other[i])
                    : BitConverter.SingleToInt32Bits(one[i]) == BitConverter.SingleToInt32Bits(other[i]);
                if (!same)
                    Assert.Fail($"{typeof(TFunction).Name}({source[i]:R}): {one[i]:R} alone, {other[i]:R} in {width} lanes");
            }
        }
    }

    private static float[] Map<TFunction, T>(float[] source)
        where TFunction : IFunction
        where T : struct, IVector<T>
    {
        var result = new float[source.Length];
        for (int i = 0; i < source.Length; i += T.Count)
            T.Store(TFunction.Apply(T.Load(ref source[0], (nuint)i)), ref result[0], (nuint)i);
        return result;
    }

    /// <summary>Floats between two bounds: evenly spread in value and evenly spread in bits, with zeros and subnormals.</summary>
    private static IEnumerable<float> Sweep(float low, float high)
    {
        const int Points = 200_000;
        yield return low;
        yield return high;
        for (int i = 0; i < Points; i++)
            yield return (float)(low + ((double)high - low) * i / Points);

        double center = Math.Clamp(1.0, low, high), reach = Math.Min(20, (double)high - low);
        for (int i = 0; i < Points; i++)
        {
            float x = (float)(center + reach * (2.0 * i / Points - 1));
            if (x >= low && x <= high)
                yield return x;
        }

        for (long bits = int.MinValue; bits <= int.MaxValue; bits += 4999)
        {
            float x = BitConverter.Int32BitsToSingle((int)bits);
            if (x >= low && x <= high)
                yield return x;
        }
    }
}
