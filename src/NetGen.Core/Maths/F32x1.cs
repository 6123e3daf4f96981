using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.BitConverter;

namespace NetGen.Maths;

/// <summary>
/// One float as an <see cref="IVector{TSelf}"/>: the tail of a loop. Each operation rounds as the vectors' lanes do.
/// </summary>
/// <param name="value">The number.</param>
public readonly struct F32x1(float value) : IVector<F32x1>
{
    /// <summary>The number.</summary>
    public readonly float Value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <summary>Wraps a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator F32x1(float value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 operator +(F32x1 left, F32x1 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 operator -(F32x1 left, F32x1 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 operator *(F32x1 left, F32x1 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 operator /(F32x1 left, F32x1 right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 operator -(F32x1 value) => new(-value.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 Create(float value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 Load(ref readonly float source, nuint offset) =>
        new(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(F32x1 value, ref float destination, nuint offset) =>
        Unsafe.Add(ref destination, offset) = value.Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 MultiplyAdd(F32x1 a, F32x1 b, F32x1 c) => new(float.MultiplyAddEstimate(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 MultiplyAdd(ref readonly float a, F32x1 b, F32x1 c) =>
        new(float.MultiplyAddEstimate(a, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 MultiplyAdd(ref readonly float a, ref readonly float b, nuint offset, F32x1 c) =>
        new(float.MultiplyAddEstimate(a, Unsafe.Add(ref Unsafe.AsRef(in b), offset), c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 Min(F32x1 a, F32x1 b) => new(Vector128.MinNative(InLane(a), InLane(b)).ToScalar());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 Max(F32x1 a, F32x1 b) => new(Vector128.MaxNative(InLane(a), InLane(b)).ToScalar());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 Sqrt(F32x1 value) => new(MathF.Sqrt(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 Abs(F32x1 value) => new(MathF.Abs(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 CopySign(F32x1 magnitude, F32x1 sign) => new(MathF.CopySign(magnitude.Value, sign.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 RoundToNearest(F32x1 value) =>
        new(value.Value + FloatBits.RoundingShift - FloatBits.RoundingShift);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 ScaleByPowerOfTwo(F32x1 value, F32x1 power)
    {
        // In two halves, since a float's own exponent reaches only from -126 to 127.
        int whole = float.ConvertToIntegerNative<int>(power.Value);
        int half = whole >> 1;
        float first = Int32BitsToSingle((half + FloatBits.ExponentBias) << FloatBits.FractionBits);
        float second = Int32BitsToSingle((whole - half + FloatBits.ExponentBias) << FloatBits.FractionBits);
        return new(value.Value * first * second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 SplitPowerOfTwo(F32x1 value, out F32x1 power)
    {
        int bits = SingleToInt32Bits(value.Value);
        int whole = (bits - FloatBits.SqrtOfHalf) >> FloatBits.FractionBits;
        power = whole;
        return new(Int32BitsToSingle(bits - (whole << FloatBits.FractionBits)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 SplitWhole(F32x1 value, out F32x1 powerOfTwo)
    {
        float shifted = value.Value + FloatBits.ExponentShift;
        powerOfTwo = Int32BitsToSingle(SingleToInt32Bits(shifted) << FloatBits.FractionBits);
        return new(value.Value - (shifted - FloatBits.ExponentShift));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 LessThan(F32x1 a, F32x1 b) => Mask(a.Value < b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 LessThanOrEqual(F32x1 a, F32x1 b) => Mask(a.Value <= b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 Equal(F32x1 a, F32x1 b) => Mask(a.Value == b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 Select(F32x1 mask, F32x1 whenSet, F32x1 otherwise) =>
        SingleToInt32Bits(mask.Value) != 0 ? whenSet : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 And(F32x1 mask, F32x1 value) => Select(mask, value, new(0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x1 AndNot(F32x1 mask, F32x1 value) => Select(mask, new(0), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F32x1 Mask(bool set) => Int32BitsToSingle(set ? -1 : 0);

    // The scalar forms of MinNative and MaxNative came with .NET 10 only.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InLane(F32x1 value) => Vector128.CreateScalarUnsafe(value.Value);
}
