using System.Globalization;

namespace NetGen;

/// <summary>How terminal, reports and tables write numbers: in few characters, in the invariant culture, never rounded to nothing.</summary>
internal static class NumberText
{
    private const double SmallestPlain = 1e-4;
    private const double LargestPlain = 1e5;
    private const double SmallestFixed = 1e-3;

    /// <summary>A number with so many significant digits: <c>0.0015</c>, <c>7.34e-5</c>, <c>1.2e6</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">The significant digits at most.</param>
    internal static string Short(double value, int digits = 3)
    {
        double magnitude = Math.Abs(value);
        if (magnitude is 0 or (>= SmallestPlain and < LargestPlain) || !double.IsFinite(value))
            return value.ToString("G" + digits, CultureInfo.InvariantCulture) is var plain && !plain.Contains('E')
                ? plain
                : value.ToString("0", CultureInfo.InvariantCulture);
        string scientific = value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture);
        int split = scientific.IndexOf('E');
        string mantissa = scientific[..split];
        if (mantissa.Contains('.'))
            mantissa = mantissa.TrimEnd('0').TrimEnd('.');
        return $"{mantissa}e{int.Parse(scientific.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}";
    }

    /// <summary>A loss or metric, with four decimals so that columns stay in line, unless nothing or too much would be left of it.</summary>
    /// <param name="value">The number.</param>
    internal static string Measure(double value)
    {
        double magnitude = Math.Abs(value);
        return magnitude is 0 or (>= SmallestFixed and < LargestPlain) ? value.ToString("0.0000", CultureInfo.InvariantCulture) : Short(value);
    }

    /// <summary>Metrics with their names, to put behind other numbers: <c>, accuracy 0.9833, f1 0.9712</c>.</summary>
    /// <param name="metrics">The metrics.</param>
    internal static string Named(IEnumerable<KeyValuePair<string, double>> metrics) =>
        string.Concat(metrics.Select(metric => $", {metric.Key} {Measure(metric.Value)}"));
}
