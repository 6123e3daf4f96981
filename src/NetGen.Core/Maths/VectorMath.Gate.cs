using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>The logistic function 1/(1 + e⁻ˣ) as gates take it, with an absolute error of at most 2.5e-7.</summary>
    /// <remarks>
    /// ½ + ½·tanh(x/2), which is never below 0 or above 1. A gate multiplies what it lets pass, so that an error relative to itself, which
    /// <see cref="Sigmoid{T}(T)"/> bounds, matters no more than an absolute one; and a quotient of polynomials has its result sooner than an
    /// exponential, of which a recurrent layer waits in every step.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Gate<T>(T x) where T : struct, IVector<T> =>
        T.MultiplyAdd(TanhQuotient(x * T.Create(0.5f)), T.Create(LargestHalf), T.Create(0.5f));

    // The float before ½, so that a tangent which rounding took over 1 does not leave the range.
    private const float LargestHalf = 0.49999994f;

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
        T tanh = TanhParts(x, out T q);
        T half = TanhParts(gate * T.Create(0.5f), out T gateQ);
        return tanh * T.MultiplyAdd(half, T.Create(LargestHalf), gateQ * T.Create(0.5f)) / (q * gateQ);
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
}
