using System.Globalization;

namespace NetGen.Generators.Expressions;

/// <summary>Numbers as C# float literals: the shortest text that reads back as the same float, on every host and culture.</summary>
internal static class FloatLiteral
{
    public static string Of(double value)
    {
        var single = (float)value;
        if (float.IsNaN(single))
        {
            return "float.NaN";
        }

        if (float.IsInfinity(single))
        {
            return single > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        }

        // .NET Framework, on which Visual Studio runs generators, does not know the shortest form ("R" may give nine digits)
        // and prints −0 as 0.
        if (single == 0)
        {
            return 1 / single < 0 ? "-0f" : "0f";
        }

        for (var digits = 1; ; digits++)
        {
            var text = single.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (digits == 9
                || (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && read == single))
            {
                return text + "f";
            }
        }
    }
}
