using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>The cube root, to within 1.0 units in the last place.</summary>
    /// <remarks>
    /// Of x = 8ⁿ·c, the cube root of c is a polynomial of degree 2, bettered by one step of Halley's method.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cbrt<T>(T x) where T : struct, IVector<T>
    {
        T magnitude = T.Abs(x), one = T.Create(1);
        T isSubnormal = T.LessThan(magnitude, T.Create(FloatBits.SmallestNormal));
        T fraction = T.SplitPowerOfTwo(T.Select(isSubnormal, magnitude * T.Create(16777216f), magnitude), out T power);
        T third = T.RoundToNearest(power * T.Create(0.333333343f));
        T left = power - T.Create(3) * third;
        third -= T.And(isSubnormal, T.Create(8));

        T isMore = T.LessThan(T.Create(0), left), isLess = T.LessThan(left, T.Create(0));
        T cube = fraction * T.Select(isMore, T.Create(2), T.Select(isLess, T.Create(0.5f), one));
        T y = T.MultiplyAdd(T.Create(-0.107454747f), fraction, T.Create(0.553647459f));
        y = T.MultiplyAdd(y, fraction, T.Create(0.553696632f));
        y *= T.Select(isMore, T.Create(1.25992107f), T.Select(isLess, T.Create(0.793700516f), one));
        T found = y * y * y;
        y = T.MultiplyAdd(y, (cube - found) / T.MultiplyAdd(T.Create(2), found, cube), y);
        T result = T.CopySign(T.ScaleByPowerOfTwo(y, third), x);
        return T.Select(T.LessThan(magnitude, T.Create(float.PositiveInfinity)), T.Select(T.Equal(x, T.Create(0)), x, result), x);
    }

    /// <inheritdoc cref="Cbrt{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cbrt(Vector512<float> x) => Cbrt<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Cbrt{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Cbrt(Vector<float> x) => Cbrt<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Cbrt{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cbrt(Vector256<float> x) => Cbrt<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Cbrt{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cbrt(Vector128<float> x) => Cbrt<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Cbrt{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cbrt(float x) => Cbrt<F32x1>(new(x)).Value;

    /// <summary>The power xʸ, to within 8 units in the last place; of zeros, infinities and negative x as IEEE 754 has it.</summary>
    /// <remarks>
    /// exp(y·ln |x|), where ln |x| = n·ln 2 + 2·artanh(f/(2 + f)) and its product with y are sums of two floats. Of a negative x it is a
    /// number where y is whole.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    /// <param name="y">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Pow<T>(T x, T y) where T : struct, IVector<T>
    {
        T zero = T.Create(0), one = T.Create(1), infinity = T.Create(float.PositiveInfinity);
        T magnitude = T.Abs(x), exponent = T.Abs(y);
        T log = LogInTwo(magnitude, out T logRest);
        T special = T.Select(T.Equal(magnitude, zero), -infinity, T.Select(T.LessThan(magnitude, infinity), log, magnitude));
        logRest = T.Select(T.Equal(special, log), logRest, zero);
        T product = Multiply(y, special, out T rest);
        rest = T.MultiplyAdd(y, logRest, rest);
        // Far beyond what a float holds, a rest is not even a number.
        rest = T.Select(T.LessThan(T.Abs(product), T.Create(200)), T.Select(T.LessThan(exponent, T.Create(1e30f)), rest, zero), zero);

        product = T.Max(T.Create(SmallestExponent), T.Min(T.Create(LargestExponent), product));
        T power = T.RoundToNearest(product * T.Create(LogTwoE));
        T r = T.MultiplyAdd(power, T.Create(-LnTwoHigh), product) + T.MultiplyAdd(power, T.Create(-LnTwoLow), rest);
        T result = T.ScaleByPowerOfTwo(ExpMinusOneReduced(r) + one, power);

        // Whole numbers, and even ones: all floats from 2²³ and 2²⁴ on.
        T isWhole = IsWhole(exponent), isEven = IsWhole(exponent * T.Create(0.5f));
        T ofNegative = T.Select(T.Equal(magnitude, infinity), result, T.Create(float.NaN));
        T broken = T.Select(T.LessThan(x, zero), ofNegative, result);
        T signed = T.Select(isWhole, T.Select(isEven, result, T.CopySign(result, x)), broken);
        T isOne = T.Select(T.Equal(y, zero), T.Equal(y, zero), T.Equal(x, one));
        isOne = T.Select(T.Equal(magnitude, one), T.Select(T.Equal(exponent, infinity), T.Equal(exponent, infinity), isOne), isOne);
        return T.Select(isOne, one, signed);
    }

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y) => Pow<F32x16>(new(x), new(y)).Value;

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Pow(Vector<float> x, Vector<float> y) => Pow<F32xN>(new(x), new(y)).Value;

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y) => Pow<F32x8>(new(x), new(y)).Value;

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Pow(Vector128<float> x, Vector128<float> y) => Pow<F32x4>(new(x), new(y)).Value;

    /// <inheritdoc cref="Pow{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Pow(float x, float y) => Pow<F32x1>(new(x), new(y)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T IsWhole<T>(T magnitude) where T : struct, IVector<T>
    {
        T most = T.Create(8388608f);
        T isLarge = T.LessThanOrEqual(most, magnitude);
        return T.Select(isLarge, isLarge, T.Equal(magnitude + most - most, magnitude));
    }

    /// <summary>A product and what its rounding lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Multiply<T>(T a, T b, out T rest) where T : struct, IVector<T>
    {
        // Halves of 12 digits each, whose products are exact (T. J. Dekker, 1971); where multiply-adds round once, so do these.
        T split = T.Create(4097) * a;
        T aHigh = split - (split - a), aLow = a - aHigh;
        split = T.Create(4097) * b;
        T bHigh = split - (split - b), bLow = b - bHigh;
        T product = a * b;
        rest = aLow * bLow + (((aHigh * bHigh - product) + aHigh * bLow) + aLow * bHigh);
        return product;
    }

    /// <summary>The natural logarithm of a positive finite number as the sum of two floats, good to about 30 binary digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LogInTwo<T>(T x, out T rest) where T : struct, IVector<T>
    {
        T isSubnormal = T.LessThan(x, T.Create(FloatBits.SmallestNormal));
        T fraction = T.SplitPowerOfTwo(T.Select(isSubnormal, x * T.Create(16777216f), x), out T power);
        power -= T.And(isSubnormal, T.Create(24));
        T f = fraction - T.Create(1), below = T.Create(2) + f;
        T s = f / below;
        T product = Multiply(s, below, out T lost);
        T sRest = (((f - product) - lost) - s * (f - (below - T.Create(2)))) / below;
        T square = s * s;
        T p = T.MultiplyAdd(T.Create(0.23583363f), square, T.Create(0.285372525f));
        p = T.MultiplyAdd(p, square, T.Create(0.400003374f));
        p = T.MultiplyAdd(p, square, T.Create(0.666666627f));
        T tail = T.MultiplyAdd(s * square, p, T.Create(2) * sRest);

        T whole = power * T.Create(LnTwoHigh), twice = T.Create(2) * s;
        T sum = whole + twice;
        // Without a power the sum is exact.
        lost = T.AndNot(T.Equal(power, T.Create(0)), twice - (sum - whole));
        T low = lost + T.MultiplyAdd(power, T.Create(LnTwoLow), tail);
        T result = sum + low;
        rest = low - (result - sum);
        return result;
    }
}
