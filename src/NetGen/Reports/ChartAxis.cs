namespace NetGen.Reports;

/// <summary>An axis of a chart: from numbers to places, and where the ticks are.</summary>
internal sealed class ChartAxis
{
    private readonly bool _log;
    private readonly double _from;
    private readonly double _to;
    private readonly double _start;
    private readonly double _end;

    /// <param name="values">The numbers to show, positive where the axis is logarithmic.</param>
    /// <param name="log">Whether the axis is logarithmic.</param>
    /// <param name="start">The place of the lowest number.</param>
    /// <param name="end">The place of the highest.</param>
    internal ChartAxis(IEnumerable<double> values, bool log, double start, double end)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high)
            (low, high) = (1, 2);
        (_log, _start, _end) = (log, start, end);
        (_from, _to) = (Scale(low), Scale(high));
        if (_to - _from < 1e-9 * Math.Max(Math.Abs(_from), 1e-9))
        {
            // A single number is shown in the middle.
            double margin = Math.Max(Math.Abs(_from) * 0.1, log ? 0.5 : 1e-9);
            (_from, _to) = (_from - margin, _to + margin);
        }

        Ticks = log ? LogTicks() : LinearTicks();
    }

    /// <summary>Round numbers within the axis, ascending.</summary>
    internal IReadOnlyList<double> Ticks { get; }

    /// <summary>The place of a number.</summary>
    internal double At(double value) => _start + (Scale(value) - _from) / (_to - _from) * (_end - _start);

    private double Scale(double value) => _log ? Math.Log10(value) : value;

    private List<double> LinearTicks()
    {
        double step = Math.Pow(10, Math.Floor(Math.Log10((_to - _from) / 4)));
        while ((_to - _from) / step > 7)
            step *= (_to - _from) / step > 12 ? 5 : 2;
        var ticks = new List<double>();
        for (double i = Math.Ceiling(_from / step - 1e-9); i * step <= _to + 1e-9 * step; i++)
            ticks.Add(Math.Round(i * step, 12));
        return ticks;
    }

    private List<double> LogTicks()
    {
        var ticks = new List<double>();
        double decades = _to - _from;
        int stride = Math.Max(1, (int)Math.Ceiling(decades / 7));
        for (int exponent = (int)Math.Floor(_from); exponent <= _to + 1e-9; exponent++)
        {
            foreach (int digit in decades < 2.5 ? (int[])[1, 2, 5] : [1])
            {
                double tick = digit * Math.Pow(10, exponent);
                if (Scale(tick) >= _from - 1e-9 && Scale(tick) <= _to + 1e-9 && exponent % stride == 0)
                    ticks.Add(tick);
            }
        }

        // A range so narrow that no such number lies in it.
        return ticks.Count > 1 ? ticks : [Math.Pow(10, _from), Math.Pow(10, _to)];
    }
}
