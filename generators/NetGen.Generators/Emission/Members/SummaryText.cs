using System.Globalization;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Members;

/// <summary>
/// The table of a network's layers that stands above its class, so that hovering over the class shows it: as remarks, because editors show one
/// summary, which the user may have written.
/// </summary>
internal static class SummaryText
{
    public static string Of(NetworkPlan plan, bool isDocumented)
    {
        NetworkGraph graph = plan.Graph;
        var rows = new List<string[]> { new[] { "layer", "", "output", "parameters", "operations" } };
        rows.AddRange(graph.Inputs.Select(input => new[]
        {
            graph.Inputs.Count == 1 ? "" : input.Name, "Input", input.Value.Shape.ToString(), "", "",
        }));
        rows.AddRange(graph.Layers.Select(layer => new[]
        {
            layer.Name, layer.Description, layer.Output.ToString(), Number(layer.Parameters), Number(layer.Operations),
        }));
        rows.Add(["", "", "", Number(graph.Layers.Sum(layer => layer.Parameters)), Number(graph.Layers.Sum(layer => layer.Operations))]);

        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];
        IEnumerable<string> lines = rows.Select(row => "/// " + string.Join("  ", row.Select((cell, column) =>
            column >= 3 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        string loss = graph.Judged.Count > 0 ? $"Loss: {LossOf(graph)}."
            : graph.IsTrainable ? "It has no loss: callers train it by gradients of its outputs." : "It has no loss: it only predicts.";
        string summary = isDocumented ? "" : $"/// <summary>A neural network. {loss}</summary>\n";
        return $"{summary}/// <remarks>\n/// <code>\n{string.Join("\n", lines)}\n/// </code>\n/// </remarks>";
    }

    /// <summary>The loss or, of several outputs, the weighted sum of theirs.</summary>
    public static string LossOf(NetworkGraph graph) => string.Join(" + ", graph.Judged.Select(output =>
        (output.Weight == 1 ? "" : output.Weight.ToString("R", CultureInfo.InvariantCulture) + " ") + output.Loss!.Summary
        + (graph.Outputs.Count == 1 ? "" : $" ({output.Name})")));

    private static string Number(long number) => number == 0 ? "" : number.ToString("N0", CultureInfo.InvariantCulture);
}
