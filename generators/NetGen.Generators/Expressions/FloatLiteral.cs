using System.Globalization;

namespace NetGen.Generators.Expressions;

/// <summary>Numbers as C# literals: the shortest text that reads back as the same number, on every host and culture.</summary>
internal static class FloatLiteral
{
    /// <summary>A <c>float</c>.</summary>
    public static string Of(double value)
    {
        var single = (float)value;
        return Write(single, "float", "f", 9, text =>
            float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && read == single,
            format => single.ToString(format, CultureInfo.InvariantCulture));
    }

    /// <summary>A <c>double</c>.</summary>
    public static string OfDouble(double value) => Write(value, "double", "d", 17, text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && read == value,
        format => value.ToString(format, CultureInfo.InvariantCulture));

    private static string Write(
        double value, string type, string suffix, int mostDigits, Func<string, bool> readsBack, Func<string, string> format)
    {
        if (double.IsNaN(value))
        {
            return type + ".NaN";
        }

        if (double.IsInfinity(value))
        {
            return type + (value > 0 ? ".PositiveInfinity" : ".NegativeInfinity");
        }

        // .NET Framework, on which Visual Studio runs generators, does not know the shortest form ("R" may give nine digits)
        // and prints −0 as 0.
        if (value == 0)
        {
            return (1 / value < 0 ? "-0" : "0") + suffix;
        }

        for (var digits = 1; ; digits++)
        {
            var text = format("G" + digits.ToString(CultureInfo.InvariantCulture));
            if (digits == mostDigits || readsBack(text))
            {
                // 10 rather than 1E+01.
                return (text.Contains("E+") && Math.Abs(value) < 1e7 ? value.ToString("F0", CultureInfo.InvariantCulture) : text) + suffix;
            }
        }
    }
}
