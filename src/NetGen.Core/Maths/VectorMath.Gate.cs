using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>
    /// The logistic function 1/(1 + e⁻ˣ) as gates take it, with an absolute error of at most 2.5e-7, never beyond 0 and 1: exactly 0 up to -16.1, and
    /// exactly 1 from 16.1 on.
    /// </summary>
    /// <remarks>
    /// ½ + ½·tanh(x/2), a quotient of polynomials that is ½ to the last place where it stays, with one rounding in a multiply-add as with two. A gate
    /// multiplies what it lets pass, so that an error relative to itself, which <see cref="Sigmoid{T}(T)"/> bounds, matters no more than an absolute one; and
    /// a quotient of polynomials has its result sooner than an exponential, of which a recurrent layer waits in every step.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Gate<T>(T x) where T : struct, IVector<T>
    {
        T half = HalfTanhParts(x, out T denominator);
        return T.Create(0.5f) + half / denominator;
    }

    /// <inheritdoc cref="Gate{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gate(Vector512<float> x) => Gate<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Gate{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Gate(Vector<float> x) => Gate<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Gate{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gate(Vector256<float> x) => Gate<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Gate{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Gate(Vector128<float> x) => Gate<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Gate{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Gate(float x) => Gate<F32x1>(new(x)).Value;

    /// <summary>
    /// tanh x · 1/(1 + e^(-gate)), what a gate lets pass of a tangent, with an absolute error of at most 5e-7: <see cref="Tanh{T}(T)"/> times
    /// <see cref="Gate{T}(T)"/> with one division for both.
    /// </summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    /// <param name="gate">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GatedTanh<T>(T x, T gate) where T : struct, IVector<T>
    {
        T tanh = GatedTanhParts(x, out T q);
        T half = HalfTanhParts(gate, out T gateQ);
        return tanh * T.MultiplyAdd(gateQ, T.Create(0.5f), half) / (q * gateQ);
    }

    /// <inheritdoc cref="GatedTanh{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GatedTanh(Vector512<float> x, Vector512<float> gate) => GatedTanh<F32x16>(new(x), new(gate)).Value;

    /// <inheritdoc cref="GatedTanh{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GatedTanh(Vector<float> x, Vector<float> gate) => GatedTanh<F32xN>(new(x), new(gate)).Value;

    /// <inheritdoc cref="GatedTanh{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GatedTanh(Vector256<float> x, Vector256<float> gate) => GatedTanh<F32x8>(new(x), new(gate)).Value;

    /// <inheritdoc cref="GatedTanh{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GatedTanh(Vector128<float> x, Vector128<float> gate) => GatedTanh<F32x4>(new(x), new(gate)).Value;

    /// <inheritdoc cref="GatedTanh{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GatedTanh(float x, float gate) => GatedTanh<F32x1>(new(x), new(gate)).Value;

    /// <summary>
    /// g · other + (1 − g) · tanh x with g = 1/(1 + e^(-gate)), what a gate makes of a tangent and what was there before, with one division for
    /// both and an absolute error of at most 7e-7 times the larger of 1 and |other|.
    /// </summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    /// <param name="gate">Any floats.</param>
    /// <param name="other">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GatedMix<T>(T x, T gate, T other) where T : struct, IVector<T>
    {
        T tanh = GatedTanhParts(x, out T q);
        T half = HalfTanhParts(gate, out T gateQ);
        T middle = gateQ * T.Create(0.5f);
        return T.MultiplyAdd(other * (middle + half), q, tanh * (middle - half)) / (q * gateQ);
    }

    /// <inheritdoc cref="GatedMix{T}(T, T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GatedMix(Vector512<float> x, Vector512<float> gate, Vector512<float> other) =>
        GatedMix<F32x16>(new(x), new(gate), new(other)).Value;

    /// <inheritdoc cref="GatedMix{T}(T, T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GatedMix(Vector<float> x, Vector<float> gate, Vector<float> other) =>
        GatedMix<F32xN>(new(x), new(gate), new(other)).Value;

    /// <inheritdoc cref="GatedMix{T}(T, T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GatedMix(Vector256<float> x, Vector256<float> gate, Vector256<float> other) =>
        GatedMix<F32x8>(new(x), new(gate), new(other)).Value;

    /// <inheritdoc cref="GatedMix{T}(T, T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GatedMix(Vector128<float> x, Vector128<float> gate, Vector128<float> other) =>
        GatedMix<F32x4>(new(x), new(gate), new(other)).Value;

    /// <inheritdoc cref="GatedMix{T}(T, T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GatedMix(float x, float gate, float other) =>
        GatedMix<F32x1>(new(x), new(gate), new(other)).Value;

    /// <summary>
    /// The two parts of the quotient that is the hyperbolic tangent to an absolute error, and never beyond ±1: it stays from 7.8 on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T GatedTanhParts<T>(T x, out T denominator) where T : struct, IVector<T>
    {
        x = T.Max(T.Create(-7.8f), T.Min(T.Create(7.8f), x));
        var square = x * x;

        var p = T.Create(1.545942e-08f);
        p = T.MultiplyAdd(p, square, T.Create(2.2033562e-05f));
        p = T.MultiplyAdd(p, square, T.Create(0.0035791963f));
        p = T.MultiplyAdd(p, square, T.Create(0.1345067f));
        p = T.MultiplyAdd(p, square, T.Create(1));

        var q = T.Create(8.607745e-07f);
        q = T.MultiplyAdd(q, square, T.Create(0.00034242656f));
        q = T.MultiplyAdd(q, square, T.Create(0.02619263f));
        q = T.MultiplyAdd(q, square, T.Create(0.46783993f));
        q = T.MultiplyAdd(q, square, T.Create(1));

        denominator = q;
        return x * p;
    }

    /// <summary>The two parts of the quotient that is ½·tanh(x/2): the same polynomials with the halves in their coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T HalfTanhParts<T>(T x, out T denominator) where T : struct, IVector<T>
    {
        x = T.Max(T.Create(-16.063055f), T.Min(T.Create(16.063055f), x));
        var square = x * x;

        var p = T.Create(1.509709e-11f);
        p = T.MultiplyAdd(p, square, T.Create(8.60686e-08f));
        p = T.MultiplyAdd(p, square, T.Create(5.5924942e-05f));
        p = T.MultiplyAdd(p, square, T.Create(0.008406669f));
        p = T.MultiplyAdd(p, square, T.Create(0.25f));

        var q = T.Create(3.3624004e-09f);
        q = T.MultiplyAdd(q, square, T.Create(5.350415e-06f));
        q = T.MultiplyAdd(q, square, T.Create(0.0016370394f));
        q = T.MultiplyAdd(q, square, T.Create(0.11695998f));
        q = T.MultiplyAdd(q, square, T.Create(1));

        denominator = q;
        return x * p;
    }
}
