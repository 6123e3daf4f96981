using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Maths;

/// <summary>
/// As many floats as <see cref="Vector{T}"/> has: 8 with AVX2, 4 elsewhere. One text over it serves all processors with 16
/// registers.
/// </summary>
/// <param name="value">The register.</param>
public readonly struct F32xN(Vector<float> value) : ISumVector<F32xN, Vector<float>>
{
    /// <summary>The register.</summary>
    public readonly Vector<float> Value = value;

    /// <inheritdoc/>
    public static int Count => Vector<float>.Count;

    /// <summary>Wraps a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator F32xN(Vector<float> value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN operator +(F32xN left, F32xN right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN operator -(F32xN left, F32xN right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN operator *(F32xN left, F32xN right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN operator /(F32xN left, F32xN right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN operator -(F32xN value) => new(-value.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN Create(float value) => new(Vector.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN Load(ref readonly float source, nuint offset) => new(Vector.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(F32xN value, ref float destination, nuint offset) =>
        value.Value.StoreUnsafe(ref destination, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN MultiplyAdd(F32xN a, F32xN b, F32xN c) => new(Vector.MultiplyAddEstimate(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN MultiplyAdd(ref readonly float a, F32xN b, F32xN c) =>
        new(Vector.MultiplyAddEstimate(Vector.Create(a), b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN MultiplyAdd(ref readonly float a, ref readonly float b, nuint offset, F32xN c) =>
        new(Vector.MultiplyAddEstimate(Vector.Create(a), Vector.LoadUnsafe(in b, offset), c.Value));

    /// <inheritdoc/>
    public static Vector<float> Nothing => Vector<float>.Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Begin(float value) => Vector.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Read(ref readonly float source, nuint offset) => Vector.LoadUnsafe(in source, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Factor(ref readonly float a) => Vector.Create(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddProducts(Vector<float> factor, Vector<float> b, Vector<float> sum) =>
        Vector.MultiplyAddEstimate(factor, b, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddProducts(ref readonly float factor, Vector<float> b, Vector<float> sum) =>
        Vector.MultiplyAddEstimate(Vector.Create(factor), b, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddProduct(Vector<float> a, Vector<float> b, Vector<float> sum) => Vector.MultiplyAddEstimate(a, b, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Join(Vector<float> a, Vector<float> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Total(Vector<float> sum) => Vector.Sum(sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Totals(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d) => LaneSums.Of(a, b, c, d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN Of(Vector<float> sum) => new(sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> From(F32xN value) => value.Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN Min(F32xN a, F32xN b) => new(Vector.MinNative(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN Max(F32xN a, F32xN b) => new(Vector.MaxNative(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN Sqrt(F32xN value) => new(Vector.SquareRoot(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN Abs(F32xN value) => new(Vector.Abs(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN CopySign(F32xN magnitude, F32xN sign) =>
        new(Vector.ConditionalSelect(Vector.Create(-0f), sign.Value, magnitude.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN RoundToNearest(F32xN value)
    {
        var shift = Vector.Create(FloatBits.RoundingShift);
        return new(value.Value + shift - shift);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN ScaleByPowerOfTwo(F32xN value, F32xN power)
    {
        // In two halves, since a float's own exponent reaches only from -126 to 127.
        var whole = Vector.ConvertToInt32Native(power.Value);
        var half = whole >> 1;
        var bias = Vector.Create(FloatBits.ExponentBias);
        var first = ((half + bias) << FloatBits.FractionBits).As<int, float>();
        var second = ((whole - half + bias) << FloatBits.FractionBits).As<int, float>();
        return new(value.Value * first * second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN SplitPowerOfTwo(F32xN value, out F32xN power)
    {
        var bits = value.Value.As<float, int>();
        var whole = (bits - Vector.Create(FloatBits.SqrtOfHalf)) >> FloatBits.FractionBits;
        power = Vector.ConvertToSingle(whole);
        return new((bits - (whole << FloatBits.FractionBits)).As<int, float>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN SplitWhole(F32xN value, out F32xN powerOfTwo)
    {
        var shift = Vector.Create(FloatBits.ExponentShift);
        var shifted = value.Value + shift;
        powerOfTwo = new((shifted.As<float, int>() << FloatBits.FractionBits).As<int, float>());
        return new(value.Value - (shifted - shift));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN LessThan(F32xN a, F32xN b) => new(Vector.LessThan(a.Value, b.Value).As<int, float>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN LessThanOrEqual(F32xN a, F32xN b) => new(Vector.LessThanOrEqual(a.Value, b.Value).As<int, float>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN Equal(F32xN a, F32xN b) => new(Vector.Equals(a.Value, b.Value).As<int, float>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN Select(F32xN mask, F32xN whenSet, F32xN otherwise) =>
        new(Vector.ConditionalSelect(mask.Value, whenSet.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN And(F32xN mask, F32xN value) => new(value.Value & mask.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32xN AndNot(F32xN mask, F32xN value) => new(Vector.AndNot(value.Value, mask.Value));
}
