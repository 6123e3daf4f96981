namespace NetGen.Maths;

/// <summary>Numbers about the binary form of a float.</summary>
internal static class FloatBits
{
    /// <summary>The width of the fraction field.</summary>
    public const int FractionBits = 23;

    /// <summary>What the exponent field holds for 2⁰.</summary>
    public const int ExponentBias = 127;

    /// <summary>The bits of the smallest float that is at least √½.</summary>
    public const int SqrtOfHalf = 0x3F3504F4;

    /// <summary>
    /// 1.5 · 2²³: adding it leaves no room for a fraction, so the sum is rounded to a whole number, ties to even; half
    /// as much again as 2²³ keeps sums of negative numbers in the same binade.
    /// </summary>
    public const float RoundingShift = 12582912f;

    /// <summary>The same with the exponent's bias, so that the lowest bits of the sum, moved up, are those of a power of two.</summary>
    public const float ExponentShift = RoundingShift + ExponentBias;

    /// <summary>The smallest normal float, 2⁻¹²⁶.</summary>
    public const float SmallestNormal = 1.17549435e-38f;
}
