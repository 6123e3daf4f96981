using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>The natural logarithm, with a relative error of at most 1.5e-7.</summary>
    /// <remarks>
    /// -∞ at ±0, not a number below; subnormal arguments are exact numbers like any other. With x = 2ⁿ·(1 + f) and
    /// √½ ≤ 1 + f &lt; √2, ln x = n·ln 2 + f - f²/2 + f³·p(f), where p has degree 7.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x) where T : struct, IVector<T>
    {
        var isSubnormal = T.LessThan(x, T.Create(FloatBits.SmallestNormal));
        var normal = T.Select(isSubnormal, x * T.Create(8388608f), x);
        var f = T.SplitPowerOfTwo(normal, out var power) - T.Create(1);
        power -= T.Select(isSubnormal, T.Create(FloatBits.FractionBits), T.Create(0));

        var p = T.Create(-0.0763443261f);
        p = T.MultiplyAdd(p, f, T.Create(0.127616376f));
        p = T.MultiplyAdd(p, f, T.Create(-0.131602362f));
        p = T.MultiplyAdd(p, f, T.Create(0.142017543f));
        p = T.MultiplyAdd(p, f, T.Create(-0.16623351f));
        p = T.MultiplyAdd(p, f, T.Create(0.200012267f));
        p = T.MultiplyAdd(p, f, T.Create(-0.250008225f));
        p = T.MultiplyAdd(p, f, T.Create(0.333333313f));

        // The small terms first, so that each is rounded against its like.
        var square = f * f;
        var rest = T.MultiplyAdd(power, T.Create(LnTwoLow), square * f * p);
        rest = T.MultiplyAdd(square, T.Create(-0.5f), rest);
        var result = T.MultiplyAdd(power, T.Create(LnTwoHigh), f + rest);

        result = T.Select(T.LessThan(x, T.Create(float.PositiveInfinity)), result, x);
        result = T.Select(T.Equal(x, T.Create(0)), T.Create(float.NegativeInfinity), result);
        return T.Select(T.LessThan(x, T.Create(0)), T.Create(float.NaN), result);
    }

    /// <inheritdoc cref="Log{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => Log<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Log{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x) => Log<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Log{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x) => Log<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Log{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x) => Log<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Log{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => Log<F32x1>(new(x)).Value;
}
