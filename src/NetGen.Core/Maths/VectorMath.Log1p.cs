using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>ln(1 + x), with a relative error of at most 3e-7 also where 1 + x is close to 1.</summary>
    /// <remarks>
    /// -∞ at -1, not a number below. With u = 1 + x as a float can hold it, ln(1 + x) = ln u + (x - (u - 1))/u to first
    /// order in what the sum lost.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1p<T>(T x) where T : struct, IVector<T>
    {
        // Kept finite: what infinity lost is infinite, not "not a number".
        var u = T.Min(T.Create(float.MaxValue), x + T.Create(1));
        var lost = x - (u - T.Create(1));
        return Log(u) + lost / T.Max(T.Create(FloatBits.SmallestNormal), u);
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

    /// <summary>ln(1 + x) for x from 0 to 1, to within 1.5 units in the last place.</summary>
    /// <remarks>
    /// x + x²·p(x), where p has degree 8: what a softplus takes of e^-|x|, without the splitting of a number that may be anything.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Floats from 0 to 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1pOfFraction<T>(T x) where T : struct, IVector<T>
    {
        var p = T.Create(-0.0033183498f);
        p = T.MultiplyAdd(p, x, T.Create(0.020204032f));
        p = T.MultiplyAdd(p, x, T.Create(-0.057663407f));
        p = T.MultiplyAdd(p, x, T.Create(0.1068045f));
        p = T.MultiplyAdd(p, x, T.Create(-0.15355335f));
        p = T.MultiplyAdd(p, x, T.Create(0.19695379f));
        p = T.MultiplyAdd(p, x, T.Create(-0.24958584f));
        p = T.MultiplyAdd(p, x, T.Create(0.33330512f));
        p = T.MultiplyAdd(p, x, T.Create(-0.49999931f));
        return T.MultiplyAdd(x * x, p, x);
    }

    /// <inheritdoc cref="Log1pOfFraction{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1pOfFraction(Vector512<float> x) => Log1pOfFraction<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Log1pOfFraction{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1pOfFraction(Vector<float> x) => Log1pOfFraction<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Log1pOfFraction{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log1pOfFraction(Vector256<float> x) => Log1pOfFraction<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Log1pOfFraction{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log1pOfFraction(Vector128<float> x) => Log1pOfFraction<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Log1pOfFraction{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log1pOfFraction(float x) => Log1pOfFraction<F32x1>(new(x)).Value;
}
