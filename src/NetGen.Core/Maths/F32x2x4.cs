using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NetGen.Maths;

/// <summary>
/// 8 floats in two registers of four. Arm's 32 short registers are 16 such pairs, so that what is written for 16 registers of 8 floats serves
/// Arm as it is; and the float that both registers of a pair are multiplied by is a lane of a third one, which needs no copies.
/// </summary>
public struct F32x2x4 : ISumVector<F32x2x4, F32x2x4>
{
    private const nuint Half = 4;

    // Fields that are set from outside, and operations without helpers: the JIT inlines no more once a method has 512 locals, and a constructor or
    // a helper makes several for each call.
    private Vector128<float> _low, _high;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 operator +(F32x2x4 left, F32x2x4 right) => new() { _low = left._low + right._low, _high = left._high + right._high };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 operator -(F32x2x4 left, F32x2x4 right) => new() { _low = left._low - right._low, _high = left._high - right._high };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 operator *(F32x2x4 left, F32x2x4 right) => new() { _low = left._low * right._low, _high = left._high * right._high };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 operator /(F32x2x4 left, F32x2x4 right) => new() { _low = left._low / right._low, _high = left._high / right._high };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 operator -(F32x2x4 value) => new() { _low = -value._low, _high = -value._high };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Create(float value) => new() { _low = Vector128.Create(value), _high = Vector128.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Load(ref readonly float source, nuint offset) =>
        new() { _low = Vector128.LoadUnsafe(in source, offset), _high = Vector128.LoadUnsafe(in source, offset + Half) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(F32x2x4 value, ref float destination, nuint offset)
    {
        value._low.StoreUnsafe(ref destination, offset);
        value._high.StoreUnsafe(ref destination, offset + Half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 MultiplyAdd(F32x2x4 a, F32x2x4 b, F32x2x4 c) =>
        new() { _low = Vector128.MultiplyAddEstimate(a._low, b._low, c._low), _high = Vector128.MultiplyAddEstimate(a._high, b._high, c._high) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 MultiplyAdd(ref readonly float a, F32x2x4 b, F32x2x4 c) => AddProducts(Factor(in a), b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 MultiplyAdd(ref readonly float a, ref readonly float b, nuint offset, F32x2x4 c) =>
        AddProducts(Factor(in a), Load(in b, offset), c);

    /// <inheritdoc/>
    public static F32x2x4 Nothing => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Begin(float value) => Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Read(ref readonly float source, nuint offset) =>
        new() { _low = Vector128.LoadUnsafe(in source, offset), _high = Vector128.LoadUnsafe(in source, offset + Half) };

    // One lane of one register is all that is read of it.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Factor(ref readonly float a) => new() { _low = Vector128.CreateScalarUnsafe(a) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 AddProducts(F32x2x4 factor, F32x2x4 b, F32x2x4 sum) => AdvSimd.Arm64.IsSupported
        ? new()
        {
            _low = AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(sum._low, b._low, factor._low, 0),
            _high = AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(sum._high, b._high, factor._low, 0),
        }
        : MultiplyAdd(Create(factor._low.ToScalar()), b, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 AddProducts(ref readonly float factor, F32x2x4 b, F32x2x4 sum) => AddProducts(Factor(in factor), b, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 AddProduct(F32x2x4 a, F32x2x4 b, F32x2x4 sum) => MultiplyAdd(a, b, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Join(F32x2x4 a, F32x2x4 b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Total(F32x2x4 sum) => Vector128.Sum(sum._low + sum._high);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Totals(F32x2x4 a, F32x2x4 b, F32x2x4 c, F32x2x4 d) =>
        LaneSums.Of(a._low + a._high, b._low + b._high, c._low + c._high, d._low + d._high);

    /// <inheritdoc/>
    public static F32x2x4 Of(F32x2x4 sum) => sum;

    /// <inheritdoc/>
    public static F32x2x4 From(F32x2x4 value) => value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Min(F32x2x4 a, F32x2x4 b) => new()
    {
        _low = Vector128.MinNative(a._low, b._low),
        _high = Vector128.MinNative(a._high, b._high),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Max(F32x2x4 a, F32x2x4 b) => new()
    {
        _low = Vector128.MaxNative(a._low, b._low),
        _high = Vector128.MaxNative(a._high, b._high),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Sqrt(F32x2x4 value) => new() { _low = Vector128.Sqrt(value._low), _high = Vector128.Sqrt(value._high) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Abs(F32x2x4 value) => new() { _low = Vector128.Abs(value._low), _high = Vector128.Abs(value._high) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 CopySign(F32x2x4 magnitude, F32x2x4 sign) =>
        new() { _low = F32x4.CopySign(magnitude._low, sign._low).Value, _high = F32x4.CopySign(magnitude._high, sign._high).Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 RoundToNearest(F32x2x4 value) =>
        new() { _low = F32x4.RoundToNearest(value._low).Value, _high = F32x4.RoundToNearest(value._high).Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 ScaleByPowerOfTwo(F32x2x4 value, F32x2x4 power) =>
        new() { _low = F32x4.ScaleByPowerOfTwo(value._low, power._low).Value, _high = F32x4.ScaleByPowerOfTwo(value._high, power._high).Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 SplitPowerOfTwo(F32x2x4 value, out F32x2x4 power)
    {
        F32x4 low = F32x4.SplitPowerOfTwo(value._low, out F32x4 lowPower);
        F32x4 high = F32x4.SplitPowerOfTwo(value._high, out F32x4 highPower);
        power = new() { _low = lowPower.Value, _high = highPower.Value };
        return new() { _low = low.Value, _high = high.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 SplitWhole(F32x2x4 value, out F32x2x4 powerOfTwo)
    {
        F32x4 low = F32x4.SplitWhole(value._low, out F32x4 lowPower);
        F32x4 high = F32x4.SplitWhole(value._high, out F32x4 highPower);
        powerOfTwo = new() { _low = lowPower.Value, _high = highPower.Value };
        return new() { _low = low.Value, _high = high.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 LessThan(F32x2x4 a, F32x2x4 b) => new()
    {
        _low = Vector128.LessThan(a._low, b._low),
        _high = Vector128.LessThan(a._high, b._high),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 LessThanOrEqual(F32x2x4 a, F32x2x4 b) =>
        new() { _low = Vector128.LessThanOrEqual(a._low, b._low), _high = Vector128.LessThanOrEqual(a._high, b._high) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Equal(F32x2x4 a, F32x2x4 b) => new()
    {
        _low = Vector128.Equals(a._low, b._low),
        _high = Vector128.Equals(a._high, b._high),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 Select(F32x2x4 mask, F32x2x4 whenSet, F32x2x4 otherwise) => new()
    {
        _low = Vector128.ConditionalSelect(mask._low, whenSet._low, otherwise._low),
        _high = Vector128.ConditionalSelect(mask._high, whenSet._high, otherwise._high),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 And(F32x2x4 mask, F32x2x4 value) => new() { _low = value._low & mask._low, _high = value._high & mask._high };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2x4 AndNot(F32x2x4 mask, F32x2x4 value) =>
        new() { _low = Vector128.AndNot(value._low, mask._low), _high = Vector128.AndNot(value._high, mask._high) };
}
