using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.Maths;

/// <summary>
/// Two registers of <see cref="F32xN"/> side by side: 16 floats with AVX2, 8 elsewhere. Small kernels are written over it: both
/// registers share what is broadcast, and hide one another's latency.
/// </summary>
/// <param name="low">The first half of the lanes.</param>
/// <param name="high">The second half.</param>
public readonly struct F32x2N(F32xN low, F32xN high) : IVector<F32x2N>
{
    // Registers as they are: the JIT keeps fields of a struct within a struct in memory more often.
    /// <summary>The first half of the lanes.</summary>
    public readonly Vector<float> Low = low.Value;

    /// <summary>The second half of the lanes.</summary>
    public readonly Vector<float> High = high.Value;

    /// <inheritdoc/>
    public static int Count => 2 * F32xN.Count;

    private static nuint Half => (nuint)F32xN.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N operator +(F32x2N left, F32x2N right) => new(left.Low + right.Low, left.High + right.High);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N operator -(F32x2N left, F32x2N right) => new(left.Low - right.Low, left.High - right.High);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N operator *(F32x2N left, F32x2N right) => new(left.Low * right.Low, left.High * right.High);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N operator /(F32x2N left, F32x2N right) => new(left.Low / right.Low, left.High / right.High);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N operator -(F32x2N value) => new(-value.Low, -value.High);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N Create(float value)
    {
        F32xN both = F32xN.Create(value);
        return new(both, both);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N Load(ref readonly float source, nuint offset) =>
        new(F32xN.Load(in source, offset), F32xN.Load(in source, offset + Half));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(F32x2N value, ref float destination, nuint offset)
    {
        F32xN.Store(value.Low, ref destination, offset);
        F32xN.Store(value.High, ref destination, offset + Half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N MultiplyAdd(F32x2N a, F32x2N b, F32x2N c) =>
        new(F32xN.MultiplyAdd(a.Low, b.Low, c.Low), F32xN.MultiplyAdd(a.High, b.High, c.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N MultiplyAdd(ref readonly float a, F32x2N b, F32x2N c)
    {
        F32xN both = F32xN.Create(a);
        return new(F32xN.MultiplyAdd(both, b.Low, c.Low), F32xN.MultiplyAdd(both, b.High, c.High));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N MultiplyAdd(ref readonly float a, ref readonly float b, nuint offset, F32x2N c)
    {
        // Over the registers themselves, where the JIT makes a load part of the multiplication.
        Vector<float> both = Vector.Create(a);
        return new(
            Vector.MultiplyAddEstimate(both, Vector.LoadUnsafe(in b, offset), c.Low),
            Vector.MultiplyAddEstimate(both, Vector.LoadUnsafe(in b, offset + Half), c.High));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N Min(F32x2N a, F32x2N b) => new(F32xN.Min(a.Low, b.Low), F32xN.Min(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N Max(F32x2N a, F32x2N b) => new(F32xN.Max(a.Low, b.Low), F32xN.Max(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N Sqrt(F32x2N value) => new(F32xN.Sqrt(value.Low), F32xN.Sqrt(value.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N Abs(F32x2N value) => new(F32xN.Abs(value.Low), F32xN.Abs(value.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N CopySign(F32x2N magnitude, F32x2N sign) =>
        new(F32xN.CopySign(magnitude.Low, sign.Low), F32xN.CopySign(magnitude.High, sign.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N RoundToNearest(F32x2N value) => new(F32xN.RoundToNearest(value.Low), F32xN.RoundToNearest(value.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N ScaleByPowerOfTwo(F32x2N value, F32x2N power) =>
        new(F32xN.ScaleByPowerOfTwo(value.Low, power.Low), F32xN.ScaleByPowerOfTwo(value.High, power.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N SplitPowerOfTwo(F32x2N value, out F32x2N power)
    {
        F32xN low = F32xN.SplitPowerOfTwo(value.Low, out F32xN lowPower);
        F32xN high = F32xN.SplitPowerOfTwo(value.High, out F32xN highPower);
        power = new(lowPower, highPower);
        return new(low, high);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N SplitWhole(F32x2N value, out F32x2N powerOfTwo)
    {
        F32xN low = F32xN.SplitWhole(value.Low, out F32xN lowPower);
        F32xN high = F32xN.SplitWhole(value.High, out F32xN highPower);
        powerOfTwo = new(lowPower, highPower);
        return new(low, high);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N LessThan(F32x2N a, F32x2N b) => new(F32xN.LessThan(a.Low, b.Low), F32xN.LessThan(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N LessThanOrEqual(F32x2N a, F32x2N b) =>
        new(F32xN.LessThanOrEqual(a.Low, b.Low), F32xN.LessThanOrEqual(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N Equal(F32x2N a, F32x2N b) => new(F32xN.Equal(a.Low, b.Low), F32xN.Equal(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N Select(F32x2N mask, F32x2N whenSet, F32x2N otherwise) =>
        new(F32xN.Select(mask.Low, whenSet.Low, otherwise.Low), F32xN.Select(mask.High, whenSet.High, otherwise.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N And(F32x2N mask, F32x2N value) => new(value.Low & mask.Low, value.High & mask.High);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x2N AndNot(F32x2N mask, F32x2N value) =>
        new(Vector.AndNot(value.Low, mask.Low), Vector.AndNot(value.High, mask.High));
}
