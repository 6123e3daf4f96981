using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class FastMath
{
    /// <summary>The hyperbolic tangent, with a relative error of at most 2e-5, never beyond ±1.</summary>
    /// <remarks>
    /// x·p(x²)/q(x²) with degrees 2 and 3 up to 6, where the result stays.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x) where T : struct, IVector<T>
    {
        T numerator = TanhParts(x, out T denominator);
        return numerator / denominator;
    }

    /// <inheritdoc cref="Tanh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Tanh<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Tanh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x) => Tanh<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Tanh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) => Tanh<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Tanh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x) => Tanh<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Tanh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => Tanh<F32x1>(new(x)).Value;

    /// <summary>The logistic function 1/(1 + e⁻ˣ) as gates take it, with an absolute error of at most 1e-5, never beyond 0 and 1.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Gate<T>(T x) where T : struct, IVector<T>
    {
        T numerator = HalfTanhParts(x, out T denominator);
        return T.Create(0.5f) + numerator / denominator;
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
    /// tanh x · 1/(1 + e^(-gate)), what a gate lets pass of a tangent, with an absolute error of at most 3e-5 and one division for both.
    /// </summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    /// <param name="gate">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GatedTanh<T>(T x, T gate) where T : struct, IVector<T>
    {
        T tanh = TanhParts(x, out T q);
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
    /// both and an absolute error of at most 4e-5 times the larger of 1 and |other|.
    /// </summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    /// <param name="gate">Any floats.</param>
    /// <param name="other">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GatedMix<T>(T x, T gate, T other) where T : struct, IVector<T>
    {
        T tanh = TanhParts(x, out T q);
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

    /// <summary>The two parts of the quotient that is the hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T TanhParts<T>(T x, out T denominator) where T : struct, IVector<T>
    {
        x = T.Max(T.Create(-6), T.Min(T.Create(6), x));
        T square = x * x;
        T p = T.MultiplyAdd(T.Create(0.0015145524f), square, T.Create(0.11483028f));
        p = T.MultiplyAdd(p, square, T.Create(0.99999267f));
        T q = T.MultiplyAdd(T.Create(5.6270437e-05f), square, T.Create(0.017610997f));
        q = T.MultiplyAdd(q, square, T.Create(0.44811344f));
        denominator = T.MultiplyAdd(q, square, T.Create(1));
        return x * p;
    }

    /// <summary>The two parts of the quotient that is ½·tanh(x/2): the same polynomials with the halves in their coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T HalfTanhParts<T>(T x, out T denominator) where T : struct, IVector<T>
    {
        x = T.Max(T.Create(-12), T.Min(T.Create(12), x));
        T square = x * x;
        T p = T.MultiplyAdd(T.Create(2.36648813e-05f), square, T.Create(0.0071768925f));
        p = T.MultiplyAdd(p, square, T.Create(0.249998168f));
        T q = T.MultiplyAdd(T.Create(8.79225578e-07f), square, T.Create(0.00110068731f));
        q = T.MultiplyAdd(q, square, T.Create(0.11202836f));
        denominator = T.MultiplyAdd(q, square, T.Create(1));
        return x * p;
    }
}
