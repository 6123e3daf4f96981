using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

/// <summary>
/// Elementary functions on vectors of floats, each with its error bound: what generated networks and optimizers use.
/// </summary>
/// <remarks>
/// Every function is written once, over <see cref="IVector{TSelf}"/>; the overloads take plain registers and floats, and
/// all of them give the same bits for the same number. Coefficients are least-maximum fits of our own (weighted least
/// squares, reweighted until the error levels out). Bounds are relative to the exact value and hold for results that
/// are not subnormal.
/// </remarks>
public static partial class VectorMath
{
    /// <summary>The exponential eˣ, with a relative error of at most 1.2e-7.</summary>
    /// <remarks>
    /// 0 below -104 and infinity above 88.73, gradual underflow between; e⁰ is exactly 1. With x = n·ln 2 + r and
    /// |r| ≤ ln 2 / 2, eˣ = 2ⁿ·eʳ, and eʳ is a polynomial of degree 6.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x) where T : struct, IVector<T>
    {
        // The register that may hold NaN comes second, which is the one that Min and Max return then.
        x = T.Max(T.Create(SmallestExponent), T.Min(T.Create(LargestExponent), x));
        var r = ReduceByLogOfTwo(x, out var power);
        return T.ScaleByPowerOfTwo(ExpMinusOneReduced(r) + T.Create(1), power);
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

    /// <summary>eˣ is below half of the smallest float.</summary>
    private const float SmallestExponent = -104;

    /// <summary>eˣ is above the largest float.</summary>
    private const float LargestExponent = 89;

    private const float LogTwoE = 1.44269504f;

    // ln 2 in two parts; the first has so few digits that its product with an exponent is exact.
    private const float LnTwoHigh = 0.693359375f;
    private const float LnTwoLow = -2.12194440e-4f;

    // eʳ is 1 + r and these times the powers of r.
    private const float Exp2 = 0.49999994f;
    private const float Exp3 = 0.166665211f;
    private const float Exp4 = 0.041668389f;
    private const float Exp5 = 0.00836873613f;
    private const float Exp6 = 0.00138145545f;

    /// <summary>The same numbers in memory, in the order of <see cref="NegativeExponential{T}"/>.</summary>
    internal static ReadOnlySpan<float> ExpTable =>
        [SmallestExponent, LogTwoE, FloatBits.RoundingShift, -LnTwoHigh, -LnTwoLow, Exp6, Exp5, Exp4, Exp3, Exp2, 1];

    /// <summary>Splits x into power · ln 2 plus the returned rest, of magnitude at most ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ReduceByLogOfTwo<T>(T x, out T power) where T : struct, IVector<T>
    {
        power = T.RoundToNearest(x * T.Create(LogTwoE));
        var rest = T.MultiplyAdd(power, T.Create(-LnTwoHigh), x);
        return T.MultiplyAdd(power, T.Create(-LnTwoLow), rest);
    }

    /// <summary>eʳ - 1 = r + r²·q(r) for |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ExpMinusOneReduced<T>(T r) where T : struct, IVector<T>
    {
        var q = T.Create(Exp6);
        q = T.MultiplyAdd(q, r, T.Create(Exp5));
        q = T.MultiplyAdd(q, r, T.Create(Exp4));
        q = T.MultiplyAdd(q, r, T.Create(Exp3));
        q = T.MultiplyAdd(q, r, T.Create(Exp2));
        return T.MultiplyAdd(r * r, q, r);
    }
}
