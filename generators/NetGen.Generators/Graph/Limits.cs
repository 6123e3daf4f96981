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

    /// <summary>The largest number of floats in one tensor, and in all parameters: one gibibyte.</summary>
    public const int MaximumFloats = 1 << 28;

    /// <summary>The largest number of floats in one sample's activations together, with room for full vectors.</summary>
    public const int MaximumActivations = 1 << 29;

    /// <summary>The most steps of its input for which a stream gives one: what it remembers has room for twice as many.</summary>
    public const int MaximumPeriod = 1 << 14;

    /// <summary>The widest vector: layouts may round an image's channels up to a multiple of it.</summary>
    private const int Lanes = 16;

    /// <summary>The channels of an image as memory may hold them.</summary>
    public static int RoomForChannels(int channels) => (channels + Lanes - 1) / Lanes * Lanes;

    /// <summary>The floats that a tensor takes at most.</summary>
    public static long RoomFor(Shape shape) =>
        shape.Rank == 3 ? (long)RoomForChannels(shape[0]) * shape[1] * shape[2] : shape.Length;

    /// <summary>The number of elements of a tensor if it is too large, for a message; null if it is not.</summary>
    public static string? Exceeds(params double[] extents) => Exceeds(MaximumFloats, extents);

    public static string? Exceeds(int maximum, double[] extents)
    {
        // Exact: four extents of at most 2²⁰ are far below a decimal's 2⁹⁶.
        decimal size = extents.Aggregate(1m, (product, extent) => product * (decimal)extent);
        return size <= maximum ? null : size.ToString("#,0", CultureInfo.InvariantCulture);
    }

    public static string Range(int minimum, int maximum) => $"{Words.Of(minimum)} to {Words.Of(maximum)}";
}

/// <summary>Numbers in messages, the same in every culture.</summary>
internal static class Words
{
    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number as code has it, in single precision.</summary>
    public static string OfSingle(double number) => ((float)number).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A layer with its settings, as in the table of layers: <c>LeakyRelu(0.1)</c>.</summary>
    public static string Call(string kind, IEnumerable<string> settings)
    {
        string list = string.Join(", ", settings);
        return list.Length == 0 ? kind : $"{kind}({list})";
    }
}
