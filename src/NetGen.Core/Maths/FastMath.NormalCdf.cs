using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class FastMath
{
    /// <summary>
    /// Φ(x) = (1 + erf(x / √2)) / 2, the share of a standard normal distribution that is not above x, with an absolute error of at most 3e-6, never
    /// beyond 0 and 1: exactly 0 up to -4.8, and exactly 1 from 4.8 on.
    /// </summary>
    /// <remarks>
    /// ½ + x·p(x²)/q(x²), both of degree 3.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalCdf<T>(T x) where T : struct, IVector<T>
    {
        x = T.Max(T.Create(-4.797524f), T.Min(T.Create(4.797524f), x));
        T square = x * x;

        T p = T.MultiplyAdd(T.Create(3.19883645e-05f), square, T.Create(0.00378424904f));
        p = T.MultiplyAdd(p, square, T.Create(0.0277432011f));
        p = T.MultiplyAdd(p, square, T.Create(0.398935347f));

        T q = T.MultiplyAdd(T.Create(0.00113643574f), square, T.Create(0.0238605648f));
        q = T.MultiplyAdd(q, square, T.Create(0.23617082f));
        q = T.MultiplyAdd(q, square, T.Create(1));

        return T.Create(0.5f) + x * p / q;
    }

    /// <inheritdoc cref="NormalCdf{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> NormalCdf(Vector512<float> x) => NormalCdf<F32x16>(new(x)).Value;

    /// <inheritdoc cref="NormalCdf{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> NormalCdf(Vector<float> x) => NormalCdf<F32xN>(new(x)).Value;

    /// <inheritdoc cref="NormalCdf{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> NormalCdf(Vector256<float> x) => NormalCdf<F32x8>(new(x)).Value;

    /// <inheritdoc cref="NormalCdf{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> NormalCdf(Vector128<float> x) => NormalCdf<F32x4>(new(x)).Value;

    /// <inheritdoc cref="NormalCdf{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float NormalCdf(float x) => NormalCdf<F32x1>(new(x)).Value;
}
