using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>The hyperbolic tangent, with a relative error of at most 4e-7 and an absolute one of at most 3e-7.</summary>
    /// <remarks>
    /// x·p(x²)/q(x²) with degrees 5 and 4 up to 9.02, from where on the result is ±1.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x) where T : struct, IVector<T>
    {
        // Rounding may step over 1, and then 1 - tanh² would be negative.
        return T.Max(T.Create(-1), T.Min(T.Create(1), TanhQuotient(x)));
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

    /// <summary>The hyperbolic tangent, of a magnitude that rounding may take over 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T TanhQuotient<T>(T x) where T : struct, IVector<T>
    {
        T numerator = TanhParts(x, out T denominator);
        return numerator / denominator;
    }

    /// <summary>The two parts of the quotient that is the hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T TanhParts<T>(T x, out T denominator) where T : struct, IVector<T>
    {
        x = T.Max(T.Create(-9.02f), T.Min(T.Create(9.02f), x));
        var square = x * x;

        var p = T.Create(-1.2202574e-11f);
        p = T.MultiplyAdd(p, square, T.Create(3.05838803e-08f));
        p = T.MultiplyAdd(p, square, T.Create(2.8007009e-05f));
        p = T.MultiplyAdd(p, square, T.Create(0.00386830652f));
        p = T.MultiplyAdd(p, square, T.Create(0.136798978f));
        p = T.MultiplyAdd(p, square, T.Create(1));

        var q = T.Create(1.28733427e-06f);
        q = T.MultiplyAdd(q, square, T.Create(0.000393859285f));
        q = T.MultiplyAdd(q, square, T.Create(0.0272457618f));
        q = T.MultiplyAdd(q, square, T.Create(0.470132291f));
        q = T.MultiplyAdd(q, square, T.Create(1));

        denominator = q;
        return x * p;
    }
}
