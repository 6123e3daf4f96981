using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>Checks of settings, at the line that sets them.</summary>
internal static class Require
{
    /// <summary>A number from 0 to below 1, as decay rates of averages are.</summary>
    public static double Fraction(double value, [CallerMemberName] string? name = null) =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and below 1.");

    /// <summary>A number from 0 to 1.</summary>
    public static double Share(double value, string name) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to 1.");

    /// <summary>A finite number above 0.</summary>
    public static float Positive(float value, [CallerMemberName] string? name = null) =>
        value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0.");

    /// <summary>A finite number of at least 0.</summary>
    public static float NotNegative(float value, [CallerMemberName] string? name = null) =>
        value >= 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 0.");

    /// <summary>A finite number of at least 0.</summary>
    public static double NotNegative(double value, [CallerMemberName] string? name = null) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 0.");

    /// <summary>A count of at least 0.</summary>
    public static int NotNegative(int value, [CallerMemberName] string? name = null) =>
        value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");

    /// <summary>A count of at least 1.</summary>
    public static long AtLeastOne(long value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
}
