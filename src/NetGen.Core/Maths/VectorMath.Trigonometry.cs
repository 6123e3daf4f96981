using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>The sine, to within 0.95 units in the last place; of infinities it is not a number.</summary>
    /// <remarks>
    /// x = k·π/2 + r with |r| ≤ π/4, where r is kept in two parts, and sin r and cos r are odd and even polynomials of degree 7 and 8.
    /// Beyond 6400 the base library computes lane by lane.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sin<T>(T x) where T : struct, IVector<T>
    {
        T r = ReduceByHalfPi(x, out T rest, out T quadrant);
        T result = T.Select(IsOdd(quadrant), CosReduced(r, rest), SinReduced(r, rest));
        // In the third and in the fourth quadrant, which are 2 or -2, and -1.
        T turned = T.Select(T.Equal(quadrant, T.Create(-1)), -result, result);
        result = T.Select(T.Equal(T.Abs(quadrant), T.Create(2)), -result, turned);
        return FarOut<T, SinOfDouble>(x, T.Select(T.Equal(x, T.Create(0)), x, result));
    }

    /// <inheritdoc cref="Sin{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x) => Sin<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Sin{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sin(Vector<float> x) => Sin<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Sin{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sin(Vector256<float> x) => Sin<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Sin{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sin(Vector128<float> x) => Sin<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Sin{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sin(float x) => Sin<F32x1>(new(x)).Value;

    /// <summary>The cosine, to within 0.95 units in the last place; of infinities it is not a number.</summary>
    /// <remarks>
    /// As <see cref="Sin{T}(T)"/>.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cos<T>(T x) where T : struct, IVector<T>
    {
        T r = ReduceByHalfPi(x, out T rest, out T quadrant);
        T result = T.Select(IsOdd(quadrant), SinReduced(r, rest), CosReduced(r, rest));
        T turned = T.Select(T.Equal(quadrant, T.Create(1)), -result, result);
        result = T.Select(T.Equal(T.Abs(quadrant), T.Create(2)), -result, turned);
        return FarOut<T, CosOfDouble>(x, result);
    }

    /// <inheritdoc cref="Cos{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x) => Cos<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Cos{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Cos(Vector<float> x) => Cos<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Cos{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cos(Vector256<float> x) => Cos<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Cos{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cos(Vector128<float> x) => Cos<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Cos{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cos(float x) => Cos<F32x1>(new(x)).Value;

    /// <summary>The tangent, to within 2.5 units in the last place; of infinities it is not a number.</summary>
    /// <remarks>
    /// The quotient of sine and cosine, or that of the other with its sign turned; as <see cref="Sin{T}(T)"/>.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tan<T>(T x) where T : struct, IVector<T>
    {
        T r = ReduceByHalfPi(x, out T rest, out T quadrant);
        (T sin, T cos) = (SinReduced(r, rest), CosReduced(r, rest));
        T odd = IsOdd(quadrant);
        T result = T.Select(odd, -cos, sin) / T.Select(odd, sin, cos);
        return FarOut<T, TanOfDouble>(x, T.Select(T.Equal(x, T.Create(0)), x, result));
    }

    /// <inheritdoc cref="Tan{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tan(Vector512<float> x) => Tan<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Tan{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tan(Vector<float> x) => Tan<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Tan{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tan(Vector256<float> x) => Tan<F32x8>(new(x)).Value;

    /// <inheritdoc cref="Tan{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tan(Vector128<float> x) => Tan<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Tan{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tan(float x) => Tan<F32x1>(new(x)).Value;

    // Up to here k has 12 binary digits, and so has each part of π/2 but the last: their products are exact.
    private const float FarthestReduced = 6400;

    private const float HalfPi1 = 1.57080078f;
    private const float HalfPi2 = -4.45172191e-06f;
    private const float HalfPi3 = -2.73212208e-09f;
    private const float HalfPi4 = -1.0742518e-12f;
    private const float HalfPi5 = -3.8285688e-16f;

    /// <summary>Splits x into quadrants · π/2 and what is left, the sum of two floats, of magnitude at most π/4.</summary>
    /// <param name="x">Any floats; the result is good up to <see cref="FarthestReduced"/>.</param>
    /// <param name="rest">What rounding took from the returned part.</param>
    /// <param name="quadrant">The number of quadrants less a multiple of four: -2 to 2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ReduceByHalfPi<T>(T x, out T rest, out T quadrant) where T : struct, IVector<T>
    {
        T within = T.Select(T.LessThanOrEqual(T.Abs(x), T.Create(FarthestReduced)), x, T.Create(0));
        T k = T.RoundToNearest(within * T.Create(0.63661977f));
        T first = T.MultiplyAdd(k, T.Create(-HalfPi1), within);
        // A difference of floats and what it loses are both floats, so that what is left near a multiple of π/2 keeps all its digits.
        T part = k * T.Create(HalfPi2);
        T second = first - part;
        T lost = (first - second) - part;
        part = k * T.Create(HalfPi3);
        T third = second - part;
        lost = ((second - third) - part) + lost;
        lost = T.MultiplyAdd(k, T.Create(-HalfPi5), T.MultiplyAdd(k, T.Create(-HalfPi4), lost));
        T r = third + lost;
        rest = (third - r) + lost;
        quadrant = k - T.Create(4) * T.RoundToNearest(k * T.Create(0.25f));
        return r;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T IsOdd<T>(T quadrant) where T : struct, IVector<T> => T.Equal(T.Abs(quadrant), T.Create(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SinReduced<T>(T r, T rest) where T : struct, IVector<T>
    {
        T square = r * r;
        T p = T.MultiplyAdd(T.Create(-0.000195149551f), square, T.Create(0.00833215844f));
        p = T.MultiplyAdd(p, square, T.Create(-0.166666552f));
        return r + T.MultiplyAdd(r * square, p, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CosReduced<T>(T r, T rest) where T : struct, IVector<T>
    {
        T square = r * r;
        T p = T.MultiplyAdd(T.Create(2.44327839e-05f), square, T.Create(-0.0013887313f));
        p = T.MultiplyAdd(p, square, T.Create(0.0416666456f));
        T half = T.Create(0.5f) * square;
        T large = T.Create(1) - half;
        return large + (((T.Create(1) - large) - half) + T.MultiplyAdd(square * square, p, -(r * rest)));
    }

    private interface IDoubleFunction
    {
        static abstract double Of(double x);
    }

    private readonly struct SinOfDouble : IDoubleFunction
    {
        public static double Of(double x) => Math.Sin(x);
    }

    private readonly struct CosOfDouble : IDoubleFunction
    {
        public static double Of(double x) => Math.Cos(x);
    }

    private readonly struct TanOfDouble : IDoubleFunction
    {
        public static double Of(double x) => Math.Tan(x);
    }

    /// <summary>Results with those of the base library where the argument is beyond what is reduced here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FarOut<T, TFunction>(T x, T result) where T : struct, IVector<T> where TFunction : IDoubleFunction
    {
        T beyond = T.Select(T.LessThanOrEqual(T.Abs(x), T.Create(FarthestReduced)), T.Create(0), T.Create(1));
        return Sum(beyond) == 0 ? result : EachFarOut<T, TFunction>(x, result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T EachFarOut<T, TFunction>(T x, T result) where T : struct, IVector<T> where TFunction : IDoubleFunction
    {
        Span<float> arguments = stackalloc float[T.Count], results = stackalloc float[T.Count];
        T.Store(x, ref arguments[0], 0);
        T.Store(result, ref results[0], 0);
        for (int i = 0; i < T.Count; i++)
        {
            if (!(MathF.Abs(arguments[i]) <= FarthestReduced))
                results[i] = (float)TFunction.Of(arguments[i]);
        }

        return T.Load(ref results[0], 0);
    }
}
