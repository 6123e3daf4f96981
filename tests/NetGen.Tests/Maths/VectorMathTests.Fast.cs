using System.Runtime.Intrinsics;

namespace NetGen.Tests.Maths;

/// <content>The second grade: <see cref="LastPlaceTests"/> has the bounds of the other functions.</content>
public sealed partial class VectorMathTests
{
    [Fact]
    public void Fast_Gate_is_within_its_bound() => AssertBound<FastGate>(
        x => 1 / (1 + Math.Exp(-x)), float.MinValue, float.MaxValue, relative: double.PositiveInfinity, absolute: 1e-5);

    [Fact]
    public void Fast_NormalCdf_is_within_its_bound() => AssertBound<FastNormalCdf>(
        Reference.NormalCdf, float.MinValue, float.MaxValue, relative: double.PositiveInfinity, absolute: 3e-6);

    [Fact]
    public void Fast_GatedMix_is_within_its_bound()
    {
        AssertGatedMix(FastMath.GatedMix, 4e-5);
        Assert.Equal(FastMath.GatedMix(0.7f, 0.2f, 3), FastMath.GatedMix(Vector512.Create(0.7f), Vector512.Create(0.2f), Vector512.Create(3f))[15]);
        Assert.Equal(FastMath.GatedMix(0.7f, 0.2f, 3), FastMath.GatedMix(Vector128.Create(0.7f), Vector128.Create(0.2f), Vector128.Create(3f))[3]);
    }

    [Fact]
    public void Fast_GatedTanh_is_within_its_bound()
    {
        AssertGatedTanh(FastMath.GatedTanh, 3e-5);
        Assert.Equal(FastMath.GatedTanh(0.7f, 0.2f), FastMath.GatedTanh(Vector512.Create(0.7f), Vector512.Create(0.2f))[15]);
        Assert.Equal(FastMath.GatedTanh(0.7f, 0.2f), FastMath.GatedTanh(Vector128.Create(0.7f), Vector128.Create(0.2f))[3]);
    }

    [Fact]
    public void Fast_functions_never_leave_their_ranges()
    {
        foreach (float x in Sweep(-24, 24))
        {
            Assert.InRange(FastMath.Tanh(x), -1f, 1f);
            Assert.InRange(FastMath.Erf(x), -1f, 1f);
            Assert.InRange(FastMath.Gate(x), 0f, 1f);
            Assert.InRange(FastMath.NormalCdf(x), 0f, 1f);
            Assert.InRange(FastMath.Sigmoid(x), 0f, 1f);
        }
    }

    [Fact]
    public void Fast_functions_at_their_extremes()
    {
        AssertAt<FastExp>(0, 1);
        AssertAt<FastExp>(-0f, 1);
        AssertAt<FastExp>(float.NegativeInfinity, 0);
        AssertAt<FastExp>(-88, 0);
        AssertAt<FastExp>(88.38f, float.PositiveInfinity);
        AssertAt<FastExp>(float.PositiveInfinity, float.PositiveInfinity);
        AssertAt<FastExpm1>(0, 0);
        AssertAt<FastExpm1>(float.NegativeInfinity, -1);
        AssertAt<FastExpm1>(88.7f, float.PositiveInfinity);
        AssertAt<FastExpm1>(float.PositiveInfinity, float.PositiveInfinity);
        AssertAt<FastSigmoid>(0, 0.5f);
        AssertAt<FastSigmoid>(float.NegativeInfinity, 0);
        AssertAt<FastSigmoid>(float.PositiveInfinity, 1);
        AssertAt<FastGate>(0, 0.5f);
        AssertAt<FastNormalCdf>(0, 0.5f);
        AssertAt<FastNormalCdf>(-4.8f, 0);
        AssertAt<FastNormalCdf>(4.8f, 1);
        AssertAt<FastTanh>(-0f, -0f);
        AssertAt<FastErf>(-0f, -0f);
        AssertAt<FastLog>(1, 0);
        AssertAt<FastLog>(0, float.NegativeInfinity);
        AssertAt<FastLog>(-0f, float.NegativeInfinity);
        AssertAt<FastLog>(-float.Epsilon, float.NaN);
        AssertAt<FastLog>(float.NegativeInfinity, float.NaN);
        AssertAt<FastLog>(float.PositiveInfinity, float.PositiveInfinity);
        AssertAt<FastLog1p>(0, 0);
        AssertAt<FastLog1p>(-1, float.NegativeInfinity);
        AssertAt<FastLog1p>(-1.0000001f, float.NaN);
        AssertAt<FastLog1p>(1e-30f, 1e-30f);
        AssertAt<FastLog1p>(float.PositiveInfinity, float.PositiveInfinity);
        NaNStays<FastExp, FastExpm1>();
        NaNStays<FastLog, FastLog1p>();
        NaNStays<FastTanh, FastSigmoid>();
        NaNStays<FastGate, FastErf>();
        NaNStays<FastErf, FastNormalCdf>();

        static void NaNStays<TOne, TOther>() where TOne : IFunction where TOther : IFunction
        {
            AssertAt<TOne>(float.NaN, float.NaN);
            AssertAt<TOther>(float.NaN, float.NaN);
        }
    }

    [Fact]
    public void The_fast_overloads_on_plain_registers_are_the_same_functions()
    {
        const float X = 0.7f;
        Assert.Equal(FastMath.Exp(X), FastMath.Exp(Vector512.Create(X))[15]);
        Assert.Equal(FastMath.Expm1(X), FastMath.Expm1(Vector256.Create(X))[7]);
        Assert.Equal(FastMath.Log(X), FastMath.Log(Vector128.Create(X))[3]);
        Assert.Equal(FastMath.Log1p(X), FastMath.Log1p(Vector512.Create(X))[0]);
        Assert.Equal(FastMath.Tanh(X), FastMath.Tanh(Vector256.Create(X))[0]);
        Assert.Equal(FastMath.Sigmoid(X), FastMath.Sigmoid(Vector128.Create(X))[0]);
        Assert.Equal(FastMath.Gate(X), FastMath.Gate(Vector512.Create(X))[3]);
        Assert.Equal(FastMath.Erf(X), FastMath.Erf(Vector512.Create(X))[8]);
        Assert.Equal(FastMath.NormalCdf(X), FastMath.NormalCdf(Vector256.Create(X))[5]);
    }

    [Fact]
    public void Every_width_gives_the_same_bits_of_fast_functions()
    {
        AssertWidthsAgree<FastExp>();
        AssertWidthsAgree<FastExpm1>();
        AssertWidthsAgree<FastLog>();
        AssertWidthsAgree<FastLog1p>();
        AssertWidthsAgree<FastTanh>();
        AssertWidthsAgree<FastSigmoid>();
        AssertWidthsAgree<FastGate>();
        AssertWidthsAgree<FastErf>();
        AssertWidthsAgree<FastNormalCdf>();
    }

    public readonly struct FastExp : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => FastMath.Exp(x);
    }

    public readonly struct FastExpm1 : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => FastMath.Expm1(x);
    }

    public readonly struct FastLog : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => FastMath.Log(x);
    }

    public readonly struct FastLog1p : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => FastMath.Log1p(x);
    }

    public readonly struct FastTanh : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => FastMath.Tanh(x);
    }

    public readonly struct FastSigmoid : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => FastMath.Sigmoid(x);
    }

    public readonly struct FastGate : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => FastMath.Gate(x);
    }

    public readonly struct FastNormalCdf : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => FastMath.NormalCdf(x);
    }

    public readonly struct FastErf : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => FastMath.Erf(x);
    }
}
