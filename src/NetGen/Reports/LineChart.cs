using System.Globalization;
using System.Net;
using System.Text;

namespace NetGen.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Color">A CSS colour.</param>
/// <param name="X">Ascending numbers.</param>
/// <param name="Y">As many; the line is broken where one is not finite.</param>
internal sealed record ChartSeries(string Name, string Color, IReadOnlyList<double> X, IReadOnlyList<double> Y);

/// <summary>Lines over a common axis as inline SVG.</summary>
internal sealed class LineChart(string xLabel, IReadOnlyList<ChartSeries> series)
{
    private const int Width = 560;
    private const int Height = 250;
    private const int Left = 58;
    private const int Right = 14;
    private const int Top = 12;
    private const int Bottom = 40;

    // More points than these are not told apart, and the file grows.
    private const int MarkedPoints = 60;

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    internal bool LogX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    internal bool LogY { get; init; }

    /// <summary>A place to mark on the horizontal axis, and what it is.</summary>
    internal (double X, string Label)? Mark { get; init; }

    /// <summary>Whether there is anything to draw.</summary>
    internal bool IsEmpty => !series.Any(line => Points(line).Any());

    /// <summary>The chart, and a legend where there are several lines.</summary>
    internal void AppendTo(StringBuilder html)
    {
        var points = series.SelectMany(Points).ToList();
        var across = new ChartAxis(points.Select(point => point.X), LogX, Left, Width - Right);
        var up = new ChartAxis(points.Select(point => point.Y), LogY, Height - Bottom, Top);
        string names = string.Join(", ", series.Select(line => line.Name));
        html.Append(CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(names)} over "
            + $"{WebUtility.HtmlEncode(xLabel)}\">\n");
        foreach (double tick in up.Ticks)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{up.At(tick):0.0}\" y2=\"{up.At(tick):0.0}\"/>");
            html.Append(CultureInfo.InvariantCulture,
                $"<text class=\"tick\" text-anchor=\"end\" x=\"{Left - 8}\" y=\"{up.At(tick) + 4:0.0}\">{NumberText.Short(tick, 6)}</text>\n");
        }

        html.Append(CultureInfo.InvariantCulture,
            $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/>\n");
        foreach (double tick in across.Ticks)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<text class=\"tick\" text-anchor=\"middle\" x=\"{across.At(tick):0.0}\" "
                + $"y=\"{Height - Bottom + 16}\">{NumberText.Short(tick, 6)}</text>\n");
        }

        html.Append(CultureInfo.InvariantCulture,
            $"<text class=\"tick\" text-anchor=\"middle\" x=\"{(Left + Width - Right) / 2}\" "
            + $"y=\"{Height - 6}\">{WebUtility.HtmlEncode(xLabel)}</text>\n");
        if (Mark is { } mark && double.IsFinite(across.At(mark.X)))
        {
            bool nearEnd = across.At(mark.X) > Width - 120;
            html.Append(CultureInfo.InvariantCulture,
                $"<line class=\"mark\" x1=\"{across.At(mark.X):0.0}\" x2=\"{across.At(mark.X):0.0}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            html.Append(CultureInfo.InvariantCulture,
                $"<text class=\"tick\" text-anchor=\"{(nearEnd ? "end" : "start")}\" x=\"{across.At(mark.X) + (nearEnd ? -5 : 5):0.0}\" "
                + $"y=\"{Top + 10}\">{WebUtility.HtmlEncode(mark.Label)}</text>\n");
        }

        foreach (ChartSeries line in series)
            AppendLine(html, line, across, up);
        html.Append("</svg>\n");
        if (series.Count > 1)
            AppendLegend(html);
    }

    private void AppendLine(StringBuilder html, ChartSeries line, ChartAxis across, ChartAxis up)
    {
        var path = new StringBuilder();
        bool drawing = false;
        for (int i = 0; i < line.X.Count; i++)
        {
            if (!IsDrawn(line.X[i], LogX) || !IsDrawn(line.Y[i], LogY))
            {
                drawing = false;
                continue;
            }

            path.Append(drawing ? 'L' : 'M').Append(CultureInfo.InvariantCulture, $"{across.At(line.X[i]):0.0} {up.At(line.Y[i]):0.0}");
            drawing = true;
        }

        html.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" style=\"stroke:{line.Color}\" d=\"{path}\"/>\n");
        if (line.X.Count > MarkedPoints)
            return;
        foreach ((double x, double y) in Points(line))
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<circle r=\"2.4\" cx=\"{across.At(x):0.0}\" cy=\"{up.At(y):0.0}\" "
                + $"style=\"fill:{line.Color}\"><title>{WebUtility.HtmlEncode(line.Name)}, {WebUtility.HtmlEncode(xLabel)} {NumberText.Short(x, 4)}: "
                + $"{NumberText.Short(y, 5)}</title></circle>\n");
        }
    }

    private void AppendLegend(StringBuilder html)
    {
        html.Append("<ul class=\"legend\">");
        foreach (ChartSeries line in series)
            html.Append(CultureInfo.InvariantCulture, $"<li><i style=\"background:{line.Color}\"></i>{WebUtility.HtmlEncode(line.Name)}</li>");
        html.Append("</ul>\n");
    }

    private IEnumerable<(double X, double Y)> Points(ChartSeries line) => line.X.Zip(line.Y)
        .Where(point => IsDrawn(point.First, LogX) && IsDrawn(point.Second, LogY));

    private static bool IsDrawn(double value, bool log) => double.IsFinite(value) && (!log || value > 0);
}
