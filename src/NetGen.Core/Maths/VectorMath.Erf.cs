using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>The error function 2/√π·∫₀ˣ e^(-t²) dt, with a relative error of at most 4e-7, and so an absolute one.</summary>
    /// <remarks>
    /// x·p(x²)/q(x²), both of degree 5, up to 4, from where on the result is ±1.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erf<T>(T x) where T : struct, IVector<T>
    {
        x = T.Max(T.Create(-4), T.Min(T.Create(4), x));
        var square = x * x;

        var p = T.Create(1.98665043e-06f);
        p = T.MultiplyAdd(p, square, T.Create(0.000284538663f));
        p = T.MultiplyAdd(p, square, T.Create(0.00388285937f));
        p = T.MultiplyAdd(p, square, T.Create(0.0531002395f));
        p = T.MultiplyAdd(p, square, T.Create(0.193536192f));
        p = T.MultiplyAdd(p, square, T.Create(1.12837911f));

        var q = T.Create(3.74173469e-05f);
        q = T.MultiplyAdd(q, square, T.Create(0.00118542195f));
        q = T.MultiplyAdd(q, square, T.Create(0.015206309f));
        q = T.MultiplyAdd(q, square, T.Create(0.115346029f));
        q = T.MultiplyAdd(q, square, T.Create(0.504849553f));
        q = T.MultiplyAdd(q, square, T.Create(1));

        // Rounding may step over 1.
        return T.Max(T.Create(-1), T.Min(T.Create(1), x * p / q));
    }

    /// <inheritdoc cref="Erf{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x) => Erf<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Erf{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Erf(Vector<float> x) => Erf<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Erf{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x) => Erf<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Erf{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erf(Vector128<float> x) => Erf<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Erf{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Erf(float x) => Erf<F32x1>(new(x)).Value;
}
