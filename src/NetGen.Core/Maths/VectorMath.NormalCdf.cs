using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>
    /// Φ(x) = (1 + erf(x / √2)) / 2, the share of a standard normal distribution that is not above x, with an absolute error of at most 2.5e-7, never
    /// beyond 0 and 1: exactly 0 up to -5.12, and exactly 1 from 5.12 on.
    /// </summary>
    /// <remarks>
    /// ½ + x·p(x²)/q(x²) with degrees 4 and 5. Gelu multiplies x with it, so that an error relative to itself matters no more than an absolute one,
    /// which takes fewer coefficients than that of <see cref="Erf{T}(T)"/>; and its ends are exact, as the largest floats are multiplied with them,
    /// too: the quotient is ½ to the last place where it stays, with one rounding in a multiply-add as with two.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalCdf<T>(T x) where T : struct, IVector<T>
    {
        x = T.Max(T.Create(-5.1199374f), T.Min(T.Create(5.1199374f), x));
        T square = x * x;

        T p = T.MultiplyAdd(T.Create(6.71269784e-06f), square, T.Create(0.000369969718f));
        p = T.MultiplyAdd(p, square, T.Create(0.00588578511f));
        p = T.MultiplyAdd(p, square, T.Create(0.0546192793f));
        p = T.MultiplyAdd(p, square, T.Create(0.398941726f));

        T q = T.MultiplyAdd(T.Create(5.59983697e-07f), square, T.Create(0.000132748047f));
        q = T.MultiplyAdd(q, square, T.Create(0.00302845212f));
        q = T.MultiplyAdd(q, square, T.Create(0.0403642575f));
        q = T.MultiplyAdd(q, square, T.Create(0.30356802f));
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
