namespace NetGen.CompilerServices;

/// <summary>Whole numbers that lie among floats.</summary>
internal static class WholeNumber
{
    /// <summary>Whether a float is a whole number of a range; NaN is none.</summary>
    /// <param name="value">The float.</param>
    /// <param name="first">The smallest number that is.</param>
    /// <param name="last">The largest.</param>
    internal static bool IsWithin(float value, int first, int last) => value >= first && value <= last && value == (int)value;
}
