using System.Globalization;

namespace NetGen.Generators.Graph;

/// <summary>
/// How large a network may be. Offsets into parameters and workspaces are 32-bit numbers of floats, and a training step holds
/// several copies of both; within these limits none of that overflows, nor does any product of sizes here.
/// </summary>
internal static class Limits
{
    /// <summary>The largest size of one dimension: units, channels, height or width.</summary>
    public const int MaximumExtent = 1 << 20;

    /// <summary>The largest number of floats in one sample's activations, and in all parameters: one gibibyte.</summary>
    public const int MaximumFloats = 1 << 28;

    /// <summary>The number of elements of a tensor if it is too large, for a message; null if it is not.</summary>
    public static string? Exceeds(params double[] extents)
    {
        // Exact: four extents of at most 2²⁰ are far below a decimal's 2⁹⁶.
        decimal size = extents.Aggregate(1m, (product, extent) => product * (decimal)extent);
        return size <= MaximumFloats ? null : size.ToString("#,0", CultureInfo.InvariantCulture);
    }

    public static string Range(int minimum, int maximum) => $"{Words.Of(minimum)} to {Words.Of(maximum)}";
}

/// <summary>Numbers in messages, the same in every culture.</summary>
internal static class Words
{
    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
