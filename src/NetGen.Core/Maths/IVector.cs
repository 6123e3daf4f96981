using System.Numerics;

namespace NetGen.Maths;

/// <summary>
/// Floats side by side in one register. What is written over this interface is written once for every width: 16, 8 or 4
/// lanes (<see cref="F32x16"/>, <see cref="F32x8"/>, <see cref="F32x4"/>), as many as the processor has up to 8
/// (<see cref="F32xN"/>), twice as many in two registers (<see cref="F32x2N"/>), Arm's pairs (<see cref="F32x2x4"/>), and a single float
/// (<see cref="F32x1"/>).
/// </summary>
/// <remarks>
/// The wrappers hold nothing but the register, so the JIT compiles code over them to the same instructions as code over
/// <c>Vector512&lt;float&gt;</c>. Every width rounds alike: a loop's scalar tail gives the bits its vector lanes would.
/// </remarks>
/// <typeparam name="TSelf">The wrapper.</typeparam>
public interface IVector<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>,
    IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : struct, IVector<TSelf>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The value in every lane.</summary>
    static abstract TSelf Create(float value);

    /// <summary>Reads <see cref="Count"/> floats that start <paramref name="offset"/> floats after the source.</summary>
    static abstract TSelf Load(ref readonly float source, nuint offset);

    /// <summary>Writes <see cref="Count"/> floats that start <paramref name="offset"/> floats after the destination.</summary>
    static abstract void Store(TSelf value, ref float destination, nuint offset);

    /// <summary>
    /// <c>a * b + c</c>: rounded once where the processor has the instruction, twice where it has not (the software
    /// form costs a hundred times as much). All widths of one process agree.
    /// </summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary><c>a * b + c</c> with <c>a</c> in every lane: a broadcast that is part of the instruction where there is one.</summary>
    static abstract TSelf MultiplyAdd(ref readonly float a, TSelf b, TSelf c);

    /// <summary><c>a * b + c</c> with <c>a</c> in every lane, and <c>b</c> read as by <see cref="Load"/>.</summary>
    static abstract TSelf MultiplyAdd(ref readonly float a, ref readonly float b, nuint offset, TSelf c);

    /// <summary>The smaller; where <paramref name="b"/> is not a number, the result is not a number.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The larger; where <paramref name="b"/> is not a number, the result is not a number.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The square root, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The value without its sign.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The first operand's magnitude with the second's sign.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>The nearest whole number, ties to even; the value's magnitude must be at most 2²².</summary>
    static abstract TSelf RoundToNearest(TSelf value);

    /// <summary>
    /// <c>value * 2^power</c>, rounded once, overflowing to infinity and underflowing gradually. The power is a whole
    /// number of magnitude at most 252, the value normal.
    /// </summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf value, TSelf power);

    /// <summary>
    /// Splits a positive normal number into a fraction in [√½, √2) and a power of two, which is a whole number:
    /// <c>value = fraction * 2^power</c>.
    /// </summary>
    static abstract TSelf SplitPowerOfTwo(TSelf value, out TSelf power);

    /// <summary>
    /// Splits a number from -127 to 128 into the nearest whole number and the rest that is returned, of magnitude at most ½, and raises 2 to the
    /// whole number: 0 for -127, infinity for 128.
    /// </summary>
    static abstract TSelf SplitWhole(TSelf value, out TSelf powerOfTwo);

    /// <summary>A mask of the lanes where <c>a &lt; b</c>, for <see cref="Select"/>.</summary>
    static abstract TSelf LessThan(TSelf a, TSelf b);

    /// <summary>A mask of the lanes where <c>a &lt;= b</c>, for <see cref="Select"/>.</summary>
    static abstract TSelf LessThanOrEqual(TSelf a, TSelf b);

    /// <summary>A mask of the lanes where <c>a == b</c>, for <see cref="Select"/>.</summary>
    static abstract TSelf Equal(TSelf a, TSelf b);

    /// <summary>The first value where the mask is set, the second elsewhere. Both are computed.</summary>
    static abstract TSelf Select(TSelf mask, TSelf whenSet, TSelf otherwise);

    /// <summary>The value where the mask is set, zero elsewhere.</summary>
    static abstract TSelf And(TSelf mask, TSelf value);

    /// <summary>Zero where the mask is set, the value elsewhere.</summary>
    static abstract TSelf AndNot(TSelf mask, TSelf value);
}
