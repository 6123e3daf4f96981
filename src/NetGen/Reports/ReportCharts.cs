using System.Globalization;
using System.Text;

namespace NetGen.Reports;

/// <summary>The charts of a report, a card each.</summary>
internal static class ReportCharts
{
    private const string Training = "training ";

    // A rate that changes by more than this is shown by its logarithm.
    private const double ManyTimes = 20;

    internal static void Append(StringBuilder html, TrainingHistory history, TrainingReportOptions options)
    {
        IReadOnlyList<EpochRecord> epochs = history.Epochs;
        double[] x = [.. epochs.Select(epoch => (double)epoch.Epoch)];
        EpochRecord best = Best(history);
        Card(html, "Loss", new LineChart("epoch",
            Drawn(new("training", ReportStyle.Color(0), x, [.. epochs.Select(epoch => epoch.Loss)]),
                new("validation", ReportStyle.Color(1), x, [.. epochs.Select(epoch => epoch.ValidationLoss)])))
        {
            LogY = Ratio(epochs.SelectMany(epoch => (double[])[epoch.Loss, epoch.ValidationLoss])) > ManyTimes,
            Mark = double.IsNaN(best.ValidationLoss) ? null : (best.Epoch, FormattableString.Invariant($"best: {best.Epoch}")),
        });

        var names = epochs[0].Metrics.Select(metric => metric.Key).ToList();
        foreach (string name in names.Where(name => !name.StartsWith(Training, StringComparison.Ordinal)))
        {
            var lines = new List<ChartSeries> { MetricLine(name, name, 1) };
            if (names.Contains(Training + name))
                lines.Insert(0, MetricLine(Training + name, Training + name, 0));
            Card(html, char.ToUpperInvariant(name[0]) + name[1..], new LineChart("epoch", lines));
        }

        double[] rates = [.. epochs.Select(epoch => (double)epoch.LearningRate)];
        Card(html, "Learning rate", new LineChart("epoch", [new("learning rate", ReportStyle.Color(2), x, rates)])
        {
            // A schedule that ends near zero is no reason: most of the rates decide.
            LogY = rates.Max() > ManyTimes * rates.Order().ElementAt(rates.Length / 2),
        });
        if (options.GradientNorms is { Epochs.Count: > 0 } norms)
        {
            double[] over = [.. Enumerable.Range(x.Length - norms.Epochs.Count + 1, norms.Epochs.Count).Select(epoch => (double)epoch)];
            Card(html, "Gradient norm of each tensor", new LineChart("epoch", [.. norms.Tensors.Select((name, i) =>
                new ChartSeries(
                    name, ReportStyle.Ramp(i, norms.Tensors.Count), over, [.. norms.Epochs.Select(epoch => epoch[i])]))]) { LogY = true });
        }

        double[] whole = [.. epochs.Select(epoch => epoch.GradientNorm)];
        Card(
            html, "Norm of the whole gradient",
            new LineChart("epoch", [new("gradient norm", ReportStyle.Color(3), x, whole)]) { LogY = Ratio(whole) > ManyTimes });
        if (options.LearningRates is { } curve)
        {
            double[] tried = [.. curve.Rates.Select(rate => (double)rate)];
            Card(html, "Learning-rate range test", new LineChart("learning rate",
            [
                new("loss", "var(--muted)", tried, curve.Losses), new("smoothed", ReportStyle.Color(0), tried, curve.Smoothed),
            ])
            {
                LogX = true,
                Mark = curve.Suggestion is { } rate ? (rate, FormattableString.Invariant($"suggested: {NumberText.Short(rate, 2)}")) : null,
            });
        }

        ChartSeries MetricLine(string name, string label, int color) =>
            new(label, ReportStyle.Color(color), x, [.. epochs.Select(epoch => epoch[name])]);
    }

    /// <summary>The epoch with the lowest validation loss, or loss where nothing was validated.</summary>
    internal static EpochRecord Best(TrainingHistory history)
    {
        bool isValidated = history.Epochs.Any(epoch => !double.IsNaN(epoch.ValidationLoss));
        // What is not a number is no lowest one; an epoch that diverged must not win.
        return history.Epochs.MinBy(epoch =>
            (isValidated ? epoch.ValidationLoss : epoch.Loss) is var loss && double.IsNaN(loss) ? double.PositiveInfinity : loss)!;
    }

    private static void Card(StringBuilder html, string title, LineChart chart)
    {
        if (chart.IsEmpty)
            return;
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>{TrainingReport.Encode(title)}</h2>\n");
        chart.AppendTo(html);
        html.Append("</section>\n");
    }

    private static List<ChartSeries> Drawn(params ChartSeries[] lines) => [.. lines.Where(line => line.Y.Any(double.IsFinite))];

    private static double Ratio(IEnumerable<double> values)
    {
        double[] positive = [.. values.Where(value => value > 0 && double.IsFinite(value))];
        return positive.Length == 0 ? 1 : positive.Max() / positive.Min();
    }
}
