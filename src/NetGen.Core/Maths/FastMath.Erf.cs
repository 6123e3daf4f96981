using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class FastMath
{
    /// <summary>The error function 2/√π·∫₀ˣ e^(-t²) dt, with a relative error of at most 1.8e-5, never beyond ±1.</summary>
    /// <remarks>
    /// x·p(x²) of degree 9 up to 3.1, where the result stays: without a division.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erf<T>(T x) where T : struct, IVector<T>
    {
        x = T.Max(T.Create(-3.1f), T.Min(T.Create(3.1f), x));
        T square = x * x;
        T p = T.MultiplyAdd(T.Create(-3.3166647e-09f), square, T.Create(1.8318215e-07f));
        p = T.MultiplyAdd(p, square, T.Create(-4.521792e-06f));
        p = T.MultiplyAdd(p, square, T.Create(6.6571796e-05f));
        p = T.MultiplyAdd(p, square, T.Create(-0.0006612438f));
        p = T.MultiplyAdd(p, square, T.Create(0.004770555f));
        p = T.MultiplyAdd(p, square, T.Create(-0.02622472f));
        p = T.MultiplyAdd(p, square, T.Create(0.1123572f));
        p = T.MultiplyAdd(p, square, T.Create(-0.37598038f));
        p = T.MultiplyAdd(p, square, T.Create(1.1283714f));
        // Without multiply-add in one rounding the alternating sum may come out a little beyond 1.
        return T.Max(T.Create(-1), T.Min(T.Create(1), x * p));
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
