using System.Globalization;
using System.Net;
using System.Text;

namespace NetGen.Reports;

/// <summary>
/// A training to look at: one HTML file with charts of the loss, the metrics, the learning rate and the gradients, the confusion matrix
/// and the worst mistakes. It holds all it needs and asks no network for anything.
/// </summary>
public static class TrainingReport
{
    /// <summary>Writes a report to a file, which is all new or all old if the program stops.</summary>
    /// <param name="path">The file, usually with the ending <c>.html</c>.</param>
    /// <param name="history">What <c>Fit</c> returned, with at least one epoch.</param>
    /// <param name="options">What else to show.</param>
    /// <exception cref="ArgumentException">The history is empty, or options contradict each other.</exception>
    public static void Save(string path, TrainingHistory history, TrainingReportOptions? options = null) => AtomicFile.Write(
        path, Encoding.UTF8.GetBytes(ToHtml(history, options)), static (stream, bytes) => stream.Write(bytes));

    /// <summary>Refuses a path to which no report could be written: better before a long training than behind it.</summary>
    /// <param name="path">The file that a report will be written to.</param>
    /// <exception cref="IOException">The directory is not there or not writable, or the path is a directory.</exception>
    public static void RequireWritable(string path) => AtomicFile.RequireWritable(path);

    /// <summary>The report as text.</summary>
    /// <param name="history">What <c>Fit</c> returned, with at least one epoch.</param>
    /// <param name="options">What else to show.</param>
    /// <exception cref="ArgumentException">The history is empty, or options contradict each other.</exception>
    public static string ToHtml(TrainingHistory history, TrainingReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        options ??= new TrainingReportOptions();
        options.Validate();
        if (history.Epochs.Count == 0)
            throw new ArgumentException("The history has no epochs: there is nothing to show.", nameof(history));

        string title = options.Title ?? (options.Network is { } network ? $"Training of {network.Name}" : "Training");
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{Encode(title)}</title>\n<style>\n{ReportStyle.Sheet}</style>\n</head>\n<body>\n<main>\n");
        AppendHeader(html, title, history, options);
        html.Append("<div class=\"cards\">\n");
        ReportCharts.Append(html, history, options);
        html.Append("</div>\n");
        foreach ((string of, Predictions predictions) in options.Judged)
        {
            if (!predictions.Classes.IsEmpty && !predictions.HasNaN)
                ConfusionSection.Append(html, of, predictions, options.NamesFor(predictions));
            if (options.Mistakes > 0)
                MistakeSection.Append(html, of, predictions, options);
        }

        AppendDetails(html, history, options);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    internal static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static void AppendHeader(StringBuilder html, string title, TrainingHistory history, TrainingReportOptions options)
    {
        EpochRecord last = history.Epochs[^1];
        string ended = history.StopReason switch
        {
            StopReason.Completed => "all epochs were run",
            StopReason.Cancelled => "it was cancelled",
            StopReason.Callback => "a callback ended it",
            StopReason.GradientNorm => "the gradient became small",
            _ => "the loss hardly changed any more",
        };
        html.Append(
            CultureInfo.InvariantCulture, $"<header><h1>{Encode(title)}</h1>\n<p>{history.Epochs.Count} epochs, {last.Steps:#,0} steps; {ended}.");
        if (options.Network is { } network)
            html.Append(CultureInfo.InvariantCulture, $" {network.ParameterCount:#,0} parameters.");
        html.Append("</p></header>\n<div class=\"tiles\">\n");
        EpochRecord best = ReportCharts.Best(history);
        bool validated = !double.IsNaN(best.ValidationLoss);
        Tile(validated ? "Lowest validation loss" : "Lowest loss", validated ? best.ValidationLoss : best.Loss, $"epoch {best.Epoch}");
        Tile("Last loss", last.Loss, $"from {NumberText.Measure(history.Epochs[0].Loss)}");
        foreach ((string name, double value) in last.Metrics.Where(metric => !metric.Key.StartsWith("training ", StringComparison.Ordinal)).Take(3))
            Tile($"Last {name}", value, $"from {NumberText.Measure(history.Epochs[0][name])}");
        double seconds = history.Epochs.Sum(epoch => epoch.Seconds);
        Tile(seconds < 100 ? "Seconds" : "Minutes", seconds < 100 ? seconds : seconds / 60, $"{last.SamplesPerSecond:#,0} samples/s", "0.0");
        html.Append("</div>\n");

        void Tile(string label, double value, FormattableString note, string? format = null)
        {
            string number = format is null ? NumberText.Measure(value) : value.ToString(format, CultureInfo.InvariantCulture);
            html.Append(CultureInfo.InvariantCulture,
                $"<div class=\"tile\"><span>{Encode(label)}</span><b>{number}</b><small>{FormattableString.Invariant(note)}</small></div>\n");
        }
    }

    private static void AppendDetails(StringBuilder html, TrainingHistory history, TrainingReportOptions options)
    {
        html.Append("<details><summary>Every epoch</summary><div class=\"scroll\"><table>\n<tr>");
        IReadOnlyList<KeyValuePair<string, double>> metrics = history.Epochs[0].Metrics;
        foreach (string name in (IEnumerable<string>)
            ["epoch", "steps", "loss", "validation loss", .. metrics.Select(metric => metric.Key), "learning rate", "gradient norm", "seconds"])
            html.Append(CultureInfo.InvariantCulture, $"<th>{Encode(name)}</th>");
        html.Append("</tr>\n");
        foreach (EpochRecord epoch in history.Epochs)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{epoch.Epoch}</td><td>{epoch.Steps}</td>");
            foreach (double value in (IEnumerable<double>)
                [
                    epoch.Loss, epoch.ValidationLoss, .. epoch.Metrics.Select(metric => metric.Value),
                    epoch.LearningRate, epoch.GradientNorm, epoch.Seconds,
                ])
                html.Append(CultureInfo.InvariantCulture, $"<td>{(double.IsNaN(value) ? "" : NumberText.Short(value, 5))}</td>");
            html.Append("</tr>\n");
        }

        html.Append("</table></div></details>\n");
        if (options.Network is { } network)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<details><summary>The network</summary><div class=\"scroll\"><pre>{Encode(network.ToTable())}</pre></div></details>\n");
    }
}
