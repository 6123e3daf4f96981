using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>The larger of each pair of lanes; where either is not a number, the result is not a number.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="a">Any floats.</param>
    /// <param name="b">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Max<T>(T a, T b) where T : struct, IVector<T> =>
        T.Select(T.Equal(a, a), T.Max(a, b), a);

    /// <inheritdoc cref="Max{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Max<F32x16>(new(a), new(b)).Value;

    /// <inheritdoc cref="Max{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Max(Vector<float> a, Vector<float> b) => Max<F32xN>(new(a), new(b)).Value;

    /// <inheritdoc cref="Max{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Max<F32x4>(new(a), new(b)).Value;

    /// <inheritdoc cref="Max{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float a, float b) => Max<F32x1>(new(a), new(b)).Value;

    /// <summary>The smaller of each pair of lanes; where either is not a number, the result is not a number.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="a">Any floats.</param>
    /// <param name="b">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Min<T>(T a, T b) where T : struct, IVector<T> =>
        T.Select(T.Equal(a, a), T.Min(a, b), a);

    /// <inheritdoc cref="Min{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Min<F32x16>(new(a), new(b)).Value;

    /// <inheritdoc cref="Min{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Min(Vector<float> a, Vector<float> b) => Min<F32xN>(new(a), new(b)).Value;

    /// <inheritdoc cref="Min{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Min<F32x4>(new(a), new(b)).Value;

    /// <inheritdoc cref="Min{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(float a, float b) => Min<F32x1>(new(a), new(b)).Value;

    /// <summary>
    /// What the largest elements of windows are not less than, and all others are: the largest, or infinity where that is not a
    /// number; what is not a number is never less.
    /// </summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="largest">The largest of each window, not a number where an element is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LeastOfLargest<T>(T largest) where T : struct, IVector<T> =>
        T.Select(T.Equal(largest, largest), largest, T.Create(float.PositiveInfinity));

    /// <summary>The lanes added up, halving the vector again and again.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="value">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum<T>(T value) where T : struct, IVector<T>
    {
        if (T.Count == 16)
            return Vector512.Sum(Unsafe.BitCast<T, Vector512<float>>(value));
        if (T.Count == 8)
            return Vector256.Sum(Unsafe.BitCast<T, Vector256<float>>(value));
        return T.Count == 4 ? Vector128.Sum(Unsafe.BitCast<T, Vector128<float>>(value)) : Unsafe.BitCast<T, float>(value);
    }
}
