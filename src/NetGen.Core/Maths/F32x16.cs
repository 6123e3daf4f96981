using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Maths;

/// <summary>16 floats: a <c>Vector512&lt;float&gt;</c> as an <see cref="IVector{TSelf}"/>.</summary>
/// <param name="value">The register.</param>
public readonly struct F32x16(Vector512<float> value) : IVector<F32x16>
{
    /// <summary>The register.</summary>
    public readonly Vector512<float> Value = value;

    /// <inheritdoc/>
    public static int Count => 16;

    /// <summary>Wraps a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator F32x16(Vector512<float> value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 operator +(F32x16 left, F32x16 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 operator -(F32x16 left, F32x16 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 operator *(F32x16 left, F32x16 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 operator /(F32x16 left, F32x16 right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 operator -(F32x16 value) => new(-value.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Create(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Load(ref readonly float source, nuint offset) => new(Vector512.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(F32x16 value, ref float destination, nuint offset) =>
        value.Value.StoreUnsafe(ref destination, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 MultiplyAdd(F32x16 a, F32x16 b, F32x16 c) =>
        Avx512F.IsSupported
        ? new(Avx512F.FusedMultiplyAdd(a.Value, b.Value, c.Value))
        : new(Vector512.MultiplyAddEstimate(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 MultiplyAdd(ref readonly float a, F32x16 b, F32x16 c) =>
        Avx512F.IsSupported
        ? new(Avx512F.FusedMultiplyAdd(Vector512.Create(a), b.Value, c.Value))
        : new(Vector512.MultiplyAddEstimate(Vector512.Create(a), b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 MultiplyAdd(ref readonly float a, ref readonly float b, nuint offset, F32x16 c) =>
        Avx512F.IsSupported
        ? new(Avx512F.FusedMultiplyAdd(Vector512.Create(a), Vector512.LoadUnsafe(in b, offset), c.Value))
        : new(Vector512.MultiplyAddEstimate(Vector512.Create(a), Vector512.LoadUnsafe(in b, offset), c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Min(F32x16 a, F32x16 b) => new(Vector512.MinNative(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Max(F32x16 a, F32x16 b) => new(Vector512.MaxNative(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Sqrt(F32x16 value) => new(Vector512.Sqrt(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Abs(F32x16 value) => new(Vector512.Abs(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 CopySign(F32x16 magnitude, F32x16 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0f), sign.Value, magnitude.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 RoundToNearest(F32x16 value)
    {
        var shift = Vector512.Create(FloatBits.RoundingShift);
        return new(value.Value + shift - shift);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 ScaleByPowerOfTwo(F32x16 value, F32x16 power)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.Scale(value.Value, power.Value));

        // In two halves, since a float's own exponent reaches only from -126 to 127.
        var whole = Vector512.ConvertToInt32Native(power.Value);
        var half = whole >> 1;
        var bias = Vector512.Create(FloatBits.ExponentBias);
        var first = ((half + bias) << FloatBits.FractionBits).AsSingle();
        var second = ((whole - half + bias) << FloatBits.FractionBits).AsSingle();
        return new(value.Value * first * second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 SplitPowerOfTwo(F32x16 value, out F32x16 power)
    {
        var bits = value.Value.AsInt32();
        var whole = (bits - Vector512.Create(FloatBits.SqrtOfHalf)) >> FloatBits.FractionBits;
        power = Vector512.ConvertToSingle(whole);
        return new((bits - (whole << FloatBits.FractionBits)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 SplitWhole(F32x16 value, out F32x16 powerOfTwo)
    {
        var shift = Vector512.Create(FloatBits.ExponentShift);
        var shifted = value.Value + shift;
        powerOfTwo = new((shifted.AsInt32() << FloatBits.FractionBits).AsSingle());
        return new(value.Value - (shifted - shift));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 LessThan(F32x16 a, F32x16 b) => new(Vector512.LessThan(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 LessThanOrEqual(F32x16 a, F32x16 b) => new(Vector512.LessThanOrEqual(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Equal(F32x16 a, F32x16 b) => new(Vector512.Equals(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Select(F32x16 mask, F32x16 whenSet, F32x16 otherwise) =>
        new(Vector512.ConditionalSelect(mask.Value, whenSet.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 And(F32x16 mask, F32x16 value) => new(Vector512.ConditionalSelect(mask.Value, value.Value, Vector512<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 AndNot(F32x16 mask, F32x16 value) => new(Vector512.ConditionalSelect(mask.Value, Vector512<float>.Zero, value.Value));
}
