using System.Runtime.CompilerServices;

namespace NetGen.Maths;

/// <summary>
/// The exponential of numbers that are not positive, for loops of nothing else, with a relative error of at most 1.1e-7, 1.5e-7 on processors
/// that round twice in a multiply-add: 0 below -104, gradual underflow above, e⁰ exactly 1, and what is not a number stays so. Of positive
/// numbers nothing is promised.
/// </summary>
/// <remarks>
/// The reduction and the polynomial are those of <see cref="VectorMath.Exp{T}(T)"/>, without the bound above. There the compiler knows each
/// constant's value, and reads it from memory at every use: a dozen reads for a vector are more work than the arithmetic. Here it does not
/// know them, and they stay in registers, of which AVX-512 has enough for all; where there are fewer it reads some as before.
/// </remarks>
/// <typeparam name="T">The width.</typeparam>
internal readonly struct NegativeExponential<T> where T : struct, IVector<T>
{
    private readonly T _smallest, _logTwoE, _shift, _lnTwoHigh, _lnTwoLow, _c6, _c5, _c4, _c3, _c2, _one;

    /// <summary>Reads the constants.</summary>
    /// <param name="table">The first of <see cref="VectorMath.ExpTable"/>: an argument of the method that has the loop.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NegativeExponential(ref readonly float table)
    {
        _smallest = At(in table, 0);
        _logTwoE = At(in table, 1);
        _shift = At(in table, 2);
        _lnTwoHigh = At(in table, 3);
        _lnTwoLow = At(in table, 4);
        _c6 = At(in table, 5);
        _c5 = At(in table, 6);
        _c4 = At(in table, 7);
        _c3 = At(in table, 8);
        _c2 = At(in table, 9);
        _one = At(in table, 10);
    }

    /// <summary>eˣ.</summary>
    /// <param name="x">Floats that are not positive.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of(T x)
    {
        // The register that may hold NaN comes second, which is the one that Max returns then.
        x = T.Max(_smallest, x);
        T power = T.MultiplyAdd(x, _logTwoE, _shift) - _shift;
        T r = T.MultiplyAdd(power, _lnTwoLow, T.MultiplyAdd(power, _lnTwoHigh, x));
        T q = T.MultiplyAdd(_c6, r, _c5);
        q = T.MultiplyAdd(q, r, _c4);
        q = T.MultiplyAdd(q, r, _c3);
        q = T.MultiplyAdd(q, r, _c2);
        q = T.MultiplyAdd(q, r, _one);
        return T.ScaleByPowerOfTwo(T.MultiplyAdd(q, r, _one), power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T At(ref readonly float table, nint i) => T.Create(Unsafe.Add(ref Unsafe.AsRef(in table), i));
}
