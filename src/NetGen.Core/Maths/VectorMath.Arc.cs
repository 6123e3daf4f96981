using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>The arc sine, to within 2.5 units in the last place; not a number outside of -1 to 1.</summary>
    /// <remarks>
    /// x + x³·p(x²) up to ½, where p has degree 5, and π/2 - 2·arcsin √((1 - x)/2) beyond.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Asin<T>(T x) where T : struct, IVector<T>
    {
        T magnitude = T.Abs(x);
        T isLarge = T.LessThan(T.Create(0.5f), magnitude);
        T square = T.Select(isLarge, (T.Create(1) - magnitude) * T.Create(0.5f), magnitude * magnitude);
        T root = T.Select(isLarge, T.Sqrt(square), magnitude);
        T inner = T.MultiplyAdd(root * square, AsinSeries(square), root);
        T outer = T.Create(HalfPi) - (T.Create(2) * inner - T.Create(HalfPiRest));
        return T.CopySign(T.Select(isLarge, outer, inner), x);
    }

    /// <inheritdoc cref="Asin{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Asin(Vector512<float> x) => Asin<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Asin{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Asin(Vector<float> x) => Asin<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Asin{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Asin(Vector256<float> x) => Asin<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Asin{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Asin(Vector128<float> x) => Asin<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Asin{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Asin(float x) => Asin<F32x1>(new(x)).Value;

    /// <summary>The arc cosine, to within 1.5 units in the last place; not a number outside of -1 to 1.</summary>
    /// <remarks>
    /// π/2 - arcsin x up to ½; 2·arcsin √((1 - x)/2) above, and π less that of -x below.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Acos<T>(T x) where T : struct, IVector<T>
    {
        T magnitude = T.Abs(x);
        T isLarge = T.LessThan(T.Create(0.5f), magnitude);
        T square = T.Select(isLarge, (T.Create(1) - magnitude) * T.Create(0.5f), magnitude * magnitude);
        T root = T.Select(isLarge, T.Sqrt(square), magnitude);
        T beside = root * square * AsinSeries(square);
        T above = T.Create(2) * (root + beside);
        T below = T.Create(2 * HalfPi) - (above - T.Create(2 * HalfPiRest));
        T middle = T.Create(HalfPi) - (x - (T.Create(HalfPiRest) - T.CopySign(beside, x)));
        return T.Select(isLarge, T.Select(T.LessThan(x, T.Create(0)), below, above), middle);
    }

    /// <inheritdoc cref="Acos{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Acos(Vector512<float> x) => Acos<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Acos{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Acos(Vector<float> x) => Acos<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Acos{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Acos(Vector256<float> x) => Acos<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Acos{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Acos(Vector128<float> x) => Acos<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Acos{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Acos(float x) => Acos<F32x1>(new(x)).Value;

    /// <summary>The arc tangent, to within 2.5 units in the last place.</summary>
    /// <remarks>
    /// t + t³·p(t²) for |t| ≤ tan π/8, where p has degree 4; π/4 + arctan (x - 1)/(x + 1) and π/2 - arctan 1/x beyond.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Atan<T>(T x) where T : struct, IVector<T>
    {
        T magnitude = T.Abs(x);
        T isLarge = T.LessThan(T.Create(2.41421366f), magnitude);
        T isMiddling = T.LessThan(T.Create(TanOfEighth), magnitude);
        T one = T.Create(1);
        T above = T.Select(isLarge, -one, T.Select(isMiddling, magnitude - one, magnitude));
        T below = T.Select(isLarge, magnitude, T.Select(isMiddling, magnitude + one, one));
        T angle = T.Select(isLarge, T.Create(HalfPi), T.And(isMiddling, T.Create(HalfPi / 2)));
        T rest = T.Select(isLarge, T.Create(HalfPiRest), T.And(isMiddling, T.Create(HalfPiRest / 2)));
        return T.CopySign(angle + (AtanReduced(above / below) + rest), x);
    }

    /// <inheritdoc cref="Atan{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atan(Vector512<float> x) => Atan<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Atan{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Atan(Vector<float> x) => Atan<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Atan{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Atan(Vector256<float> x) => Atan<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Atan{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Atan(Vector128<float> x) => Atan<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Atan{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Atan(float x) => Atan<F32x1>(new(x)).Value;

    /// <summary>
    /// The angle of the point (x, y), from -π to π, to within 2.5 units in the last place; of zeros and infinities as IEEE 754 has it.
    /// </summary>
    /// <remarks>
    /// The arc tangent of the smaller coordinate over the larger, turned and mirrored into the point's octant.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="y">Any floats.</param>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Atan2<T>(T y, T x) where T : struct, IVector<T>
    {
        T zero = T.Create(0), magnitudeX = T.Abs(x), magnitudeY = T.Abs(y);
        T isSteep = T.LessThan(magnitudeX, magnitudeY);
        T larger = T.Select(isSteep, magnitudeY, magnitudeX), smaller = T.Select(isSteep, magnitudeX, magnitudeY);
        // Neither does the sum of two large numbers overflow, nor is one of two tiny ones subnormal.
        T up = T.Select(T.LessThan(larger, T.Create(1e-30f)), T.Create(1.1529215e18f), T.Create(1));
        T scale = T.Select(T.LessThan(T.Create(1e37f), larger), T.Create(0.0625f), up);
        (larger, smaller) = (larger * scale, smaller * scale);
        T isZero = T.Equal(larger, zero), isDiagonal = T.Equal(smaller, larger);
        T isMiddling = T.LessThan(larger * T.Create(TanOfEighth), smaller);
        T quotient = T.Select(isMiddling, smaller - larger, smaller) / T.Select(isMiddling, smaller + larger, larger);
        quotient = T.AndNot(isDiagonal, quotient);
        T isTurned = T.Select(isZero, zero, T.Select(isDiagonal, isDiagonal, isMiddling));
        T angle = T.And(isTurned, T.Create(HalfPi / 2));
        T rest = AtanReduced(quotient) + T.And(isTurned, T.Create(HalfPiRest / 2));

        angle = T.Select(isSteep, T.Create(HalfPi) - angle, angle);
        rest = T.Select(isSteep, T.Create(HalfPiRest) - rest, rest);
        T isLeft = T.LessThan(T.CopySign(T.Create(1), x), zero);
        angle = T.Select(isLeft, T.Create(2 * HalfPi) - angle, angle);
        rest = T.Select(isLeft, T.Create(2 * HalfPiRest) - rest, rest);
        T result = T.CopySign(angle + rest, y);
        return T.Select(T.Equal(x, x), T.Select(T.Equal(y, y), result, y), x);
    }

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atan2(Vector512<float> y, Vector512<float> x) => Atan2<F32x16>(new(y), new(x)).Value;

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Atan2(Vector<float> y, Vector<float> x) => Atan2<F32xN>(new(y), new(x)).Value;

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Atan2(Vector256<float> y, Vector256<float> x) => Atan2<F32x8>(new(y), new(x)).Value;

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Atan2(Vector128<float> y, Vector128<float> x) => Atan2<F32x4>(new(y), new(x)).Value;

    /// <inheritdoc cref="Atan2{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Atan2(float y, float x) => Atan2<F32x1>(new(y), new(x)).Value;

    // π/2 as the sum of two floats.
    private const float HalfPi = 1.57079637f;
    private const float HalfPiRest = -4.37113883e-08f;

    private const float TanOfEighth = 0.414213568f;

    /// <summary>(arcsin x - x)/x³ as a polynomial in x², up to ¼.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AsinSeries<T>(T square) where T : struct, IVector<T>
    {
        T p = T.MultiplyAdd(T.Create(0.0375173092f), square, T.Create(0.0144379186f));
        p = T.MultiplyAdd(p, square, T.Create(0.0318079256f));
        p = T.MultiplyAdd(p, square, T.Create(0.0445169248f));
        p = T.MultiplyAdd(p, square, T.Create(0.075005047f));
        return T.MultiplyAdd(p, square, T.Create(0.166666597f));
    }

    /// <summary>arctan t for |t| ≤ tan π/8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AtanReduced<T>(T t) where T : struct, IVector<T>
    {
        T square = t * t;
        T p = T.MultiplyAdd(T.Create(-0.0607591160f), square, T.Create(0.105929442f));
        p = T.MultiplyAdd(p, square, T.Create(-0.142434224f));
        p = T.MultiplyAdd(p, square, T.Create(0.199984655f));
        p = T.MultiplyAdd(p, square, T.Create(-0.333333164f));
        return T.MultiplyAdd(t * square, p, t);
    }
}
