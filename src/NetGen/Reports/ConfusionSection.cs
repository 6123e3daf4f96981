using System.Globalization;
using System.Text;

namespace NetGen.Reports;

/// <summary>The confusion matrix as a map of heat, and how each class fares.</summary>
internal static class ConfusionSection
{
    // A larger matrix has cells too small to read.
    private const int LargestMatrix = 40;

    internal static void Append(StringBuilder html, string of, Predictions predictions, IReadOnlyList<string>? names)
    {
        var matrix = new ConfusionMatrix(predictions);
        string[] labels = [.. Enumerable.Range(0, matrix.ClassCount)
            .Select(id => TrainingReport.Encode(names?[id] ?? id.ToString(CultureInfo.InvariantCulture)))];
        html.Append(
            CultureInfo.InvariantCulture,
            $"<section><h2>Classes{of}: {100 * matrix.Accuracy:0.00} % of {matrix.Total:#,0} samples are right</h2>\n<div class=\"split\">\n");
        if (matrix.ClassCount <= LargestMatrix)
            AppendMatrix(html, matrix, labels);
        html.Append("<div class=\"scroll\"><table>\n<tr><th>class</th><th>precision</th><th>recall</th><th>F1</th><th>samples</th></tr>\n");
        for (int id = 0; id < matrix.ClassCount; id++)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{labels[id]}</td><td>{matrix.Precision(id):0.0000}</td><td>{matrix.Recall(id):0.0000}</td>"
                + $"<td>{matrix.F1(id):0.0000}</td><td>{matrix.Support(id)}</td></tr>\n");
        }

        html.Append("</table></div>\n</div></section>\n");
    }

    private static void AppendMatrix(StringBuilder html, ConfusionMatrix matrix, string[] labels)
    {
        html.Append("<div class=\"scroll\"><table class=\"matrix\"><tr><th></th>");
        foreach (string label in labels)
            html.Append(CultureInfo.InvariantCulture, $"<th>{label}</th>");
        html.Append("</tr>\n");
        for (int right = 0; right < labels.Length; right++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th>{labels[right]}</th>");
            for (int predicted = 0; predicted < labels.Length; predicted++)
            {
                int count = matrix[right, predicted];
                double share = (double)count / Math.Max(1, matrix.Support(right));
                // The root makes rare mistakes visible beside the diagonal.
                double heat = count == 0 ? 0 : 0.08 + (right == predicted ? 0.6 * share : 0.8 * Math.Sqrt(share));
                html.Append(CultureInfo.InvariantCulture,
                    $"<td style=\"background:rgba(var({(right == predicted ? "--heat" : "--wrong")}),{Math.Min(heat, 0.85):0.###})\" "
                    + $"title=\"{labels[right]} taken for {labels[predicted]}: {count}\">{(count == 0 ? "" : count)}</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</table><p class=\"note\">A row for each right class, a column for each predicted one.</p></div>\n");
    }
}
