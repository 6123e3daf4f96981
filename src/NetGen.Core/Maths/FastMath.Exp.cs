using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

/// <summary>
/// The second grade of <see cref="VectorMath"/>: the functions that activations and gates are made of, in fewer operations, right to about one part
/// in 50,000 where those of the first are right to the last places of a float. A network or layer takes it by <see cref="Precision.Fast"/>.
/// </summary>
/// <remarks>
/// Everything else is as there: one text for every width, the same bits at each, nothing that is not a number swallowed, infinities
/// give limits, as exact as other results. The largest error of each function is in docs/maths.md.
/// </remarks>
public static partial class FastMath
{
    /// <summary>The exponential eˣ, with a relative error of at most 1e-5.</summary>
    /// <remarks>
    /// 0 below -87.68 and infinity above 88.37; e⁰ is exactly 1.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x) where T : struct, IVector<T>
    {
        T rest = Split(x, T.Create(LogTwoE), out T power);
        return T.MultiplyAdd(rest, PowerMinusOneOverRest(rest), T.Create(1)) * power;
    }

    /// <inheritdoc cref="Exp{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Exp<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Exp{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x) => Exp<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Exp{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => Exp<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Exp{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x) => Exp<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Exp{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exp<F32x1>(new(x)).Value;

    /// <summary>eˣ - 1, with a relative error of at most 2.2e-5 also where eˣ is close to 1.</summary>
    /// <remarks>
    /// -1 below -88, infinity above 88.37.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Expm1<T>(T x) where T : struct, IVector<T>
    {
        T rest = Split(x, T.Create(LogTwoE), out T power);
        T result = T.MultiplyAdd(rest * PowerMinusOneOverRest(rest), power, power - T.Create(1));

        // Where the power is infinite, what is less than nothing of it is not.
        return T.Select(T.LessThan(T.Create(LargestExponent), x), T.Create(float.PositiveInfinity), result);
    }

    /// <inheritdoc cref="Expm1{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Expm1(Vector512<float> x) => Expm1<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Expm1{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Expm1(Vector<float> x) => Expm1<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Expm1{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Expm1(Vector256<float> x) => Expm1<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Expm1{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Expm1(Vector128<float> x) => Expm1<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Expm1{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Expm1(float x) => Expm1<F32x1>(new(x)).Value;

    /// <summary>The logistic function 1/(1 + e⁻ˣ), with a relative error of at most 1e-5 for x ≥ -87.</summary>
    /// <remarks>
    /// 0 below -88.37.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x) where T : struct, IVector<T>
    {
        T rest = Split(x, T.Create(-LogTwoE), out T power);
        return T.Create(1) / T.MultiplyAdd(T.MultiplyAdd(rest, PowerMinusOneOverRest(rest), T.Create(1)), power, T.Create(1));
    }

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Sigmoid<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) => Sigmoid<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Sigmoid<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x) => Sigmoid<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => Sigmoid<F32x1>(new(x)).Value;

    /// <summary>2¹²⁷·⁵ is the largest power that is not rounded up to 2¹²⁸.</summary>
    private const float LargestExponent = 88.37626f;

    private const float LogTwoE = 1.44269504f;

    /// <summary>Splits x times the factor into a whole number, the power of two with it, and the rest that is returned, within ±½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Split<T>(T x, T factor, out T power) where T : struct, IVector<T> =>
        T.SplitWhole(T.Max(T.Create(-127), T.Min(T.Create(128), x * factor)), out power);

    /// <summary>(2ʳ - 1)/r for |r| ≤ ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PowerMinusOneOverRest<T>(T r) where T : struct, IVector<T>
    {
        T p = T.MultiplyAdd(T.Create(0.00961811f), r, T.Create(0.05583729f));
        p = T.MultiplyAdd(p, r, T.Create(0.24023253f));
        return T.MultiplyAdd(p, r, T.Create(0.6931369f));
    }
}
