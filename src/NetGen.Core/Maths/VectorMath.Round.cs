using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>From here on every float is a whole number.</summary>
    private const float AllWhole = 8388608;

    /// <summary>The nearest whole number, ties to even; exact.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Round<T>(T x) where T : struct, IVector<T>
    {
        T magnitude = T.Abs(x);
        T whole = magnitude + T.Create(AllWhole) - T.Create(AllWhole);
        return T.Select(T.LessThan(magnitude, T.Create(AllWhole)), T.CopySign(whole, x), x);
    }

    /// <inheritdoc cref="Round{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Round(Vector512<float> x) => Round<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Round{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Round(Vector<float> x) => Round<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Round{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Round(Vector128<float> x) => Round<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Round{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round(float x) => MathF.Round(x);

    /// <summary>The largest whole number that is not above; exact.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Floor<T>(T x) where T : struct, IVector<T>
    {
        T nearest = Round(x);
        return T.Select(T.LessThan(x, nearest), nearest - T.Create(1), nearest);
    }

    /// <inheritdoc cref="Floor{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Floor(Vector512<float> x) => Floor<F32x16>(new(x)).Value;

    /// <inheritdoc cref="Floor{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Floor(Vector<float> x) => Floor<F32xN>(new(x)).Value;

    /// <inheritdoc cref="Floor{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Floor(Vector128<float> x) => Floor<F32x4>(new(x)).Value;

    /// <inheritdoc cref="Floor{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Floor(float x) => MathF.Floor(x);
}
