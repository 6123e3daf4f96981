using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>eˣ - 1, with a relative error of at most 2.5e-7 also where eˣ is close to 1.</summary>
    /// <remarks>
    /// -1 below -18 and infinity above 88.73. With x = n·ln 2 + r it is 2ⁿ·(eʳ - 1) + (2ⁿ - 1), whose terms do not cancel.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Expm1<T>(T x) where T : struct, IVector<T>
    {
        x = T.Max(T.Create(SmallestExponent), T.Min(T.Create(LargestExponent), x));
        var r = ReduceByLogOfTwo(x, out var power);

        // At half its size, because 2ⁿ alone may be infinite where 2ⁿ·eʳ is not.
        var halfPower = power - T.Create(1);
        var scaled = T.ScaleByPowerOfTwo(ExpMinusOneReduced(r), halfPower);
        var offset = T.ScaleByPowerOfTwo(T.Create(1), halfPower) - T.Create(0.5f);
        var half = scaled + offset;
        return half + half;
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
}
