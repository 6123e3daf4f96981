using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>The hyperbolic sine, to within 2.5 units in the last place.</summary>
    /// <remarks>
    /// x + x³·p(x²) below 1, where p has degree 3, and (eˣ - e⁻ˣ)/2 beyond; from 88 on, where eˣ overflows before its half does,
    /// eˣᐟ²·eˣᐟ²/2.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sinh<T>(T x) where T : struct, IVector<T>
    {
        T magnitude = T.Abs(x), square = magnitude * magnitude;
        T p = T.MultiplyAdd(T.Create(2.81694997e-06f), square, T.Create(0.000198361595f));
        p = T.MultiplyAdd(p, square, T.Create(0.0083333496f));
        p = T.MultiplyAdd(p, square, T.Create(0.166666672f));
        T small = T.MultiplyAdd(magnitude * square, p, magnitude);
        T half = HalfExp(magnitude, out T mirrored);
        return T.CopySign(T.Select(T.LessThan(magnitude, T.Create(1)), small, half - mirrored), x);
    }

    /// <inheritdoc cref="Sinh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sinh(Vector512<float> x) => Sinh<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Sinh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sinh(Vector<float> x) => Sinh<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Sinh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sinh(Vector256<float> x) => Sinh<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Sinh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sinh(Vector128<float> x) => Sinh<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Sinh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sinh(float x) => Sinh<F32x1>(new(x)).Value;

    /// <summary>The hyperbolic cosine, to within 2.5 units in the last place.</summary>
    /// <remarks>
    /// (eˣ + e⁻ˣ)/2; from 88 on eˣᐟ²·eˣᐟ²/2, as eˣ overflows before its half does.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cosh<T>(T x) where T : struct, IVector<T> => HalfExp(T.Abs(x), out T mirrored) + mirrored;

    /// <inheritdoc cref="Cosh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cosh(Vector512<float> x) => Cosh<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Cosh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Cosh(Vector<float> x) => Cosh<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Cosh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cosh(Vector256<float> x) => Cosh<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Cosh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cosh(Vector128<float> x) => Cosh<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Cosh{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cosh(float x) => Cosh<F32x1>(new(x)).Value;

    /// <summary>eˣ/2 and e⁻ˣ/2 for x ≥ 0; where the one comes near the largest float, the other is nothing beside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T HalfExp<T>(T x, out T mirrored) where T : struct, IVector<T>
    {
        T half = T.Create(0.5f), isNearOverflow = T.LessThan(T.Create(88), x);
        T exp = Exp(T.Select(isNearOverflow, x * half, x));
        mirrored = T.AndNot(isNearOverflow, half / exp);
        return half * exp * T.Select(isNearOverflow, exp, T.Create(1));
    }
}
