using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class FastMath
{
    private const float LnTwo = 0.693147181f;

    /// <summary>The natural logarithm, with a relative error of at most 1e-5 for normal floats.</summary>
    /// <remarks>
    /// -∞ at ±0, not a number below; between -88.1 and -87.3 where x is subnormal.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x) where T : struct, IVector<T>
    {
        T f = T.SplitPowerOfTwo(x, out T power) - T.Create(1);
        T p = T.MultiplyAdd(T.Create(-0.1421605f), f, T.Create(0.21928105f));
        p = T.MultiplyAdd(p, f, T.Create(-0.25387967f));
        p = T.MultiplyAdd(p, f, T.Create(0.3327403f));
        p = T.MultiplyAdd(p, f, T.Create(-0.49991742f));
        p = T.MultiplyAdd(p, f, T.Create(1));
        T result = T.MultiplyAdd(power, T.Create(LnTwo), f * p);
        T outside = T.Select(T.Equal(x, T.Create(0)), T.Create(float.NegativeInfinity), T.Create(float.NaN));
        return T.Select(T.LessThan(T.Create(0), x), T.Select(T.LessThan(x, T.Create(float.PositiveInfinity)), result, x), outside);
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

    /// <summary>ln(1 + x), with a relative error of at most 1e-5 also where 1 + x is close to 1.</summary>
    /// <remarks>
    /// -∞ at -1, not a number below. What 1 + x lost is added where it matters.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1p<T>(T x) where T : struct, IVector<T>
    {
        T sum = x + T.Create(1);
        return Log(sum) + T.And(T.LessThan(sum, T.Create(2)), x - (sum - T.Create(1)));
    }

    /// <inheritdoc cref="Log1p{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1p(Vector512<float> x) => Log1p<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Log1p{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1p(Vector<float> x) => Log1p<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Log1p{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log1p(Vector256<float> x) => Log1p<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Log1p{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log1p(Vector128<float> x) => Log1p<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Log1p{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log1p(float x) => Log1p<F32x1>(new(x)).Value;
}
