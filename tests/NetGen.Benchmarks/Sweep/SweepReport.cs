using System.Globalization;
using NetGen.Benchmarks.Machine;
using Spectre.Console;

namespace NetGen.Benchmarks.Sweep;

/// <summary>The figures of a sweep and its worst networks, for the terminal or as Markdown.</summary>
/// <param name="results">What was measured.</param>
/// <param name="machine">The machine's floor.</param>
/// <param name="onnx">ONNX Runtime's version, if it took part.</param>
internal sealed class SweepReport(SweepResults results, MachineFloor machine, string? onnx)
{
    // A file or a pipe has no width of its own; the tables should not be folded for it.
    private const int RedirectedWidth = 320;

    private static readonly string[] s_networks =
    [
        "network", "one", "× floor", "× ORT", $"batch {NetworkMeasurement.BatchSize}", "× floor", "× ORT", "step", "× floor", "bound by", "layers",
    ];

    /// <summary>Writes everything.</summary>
    public void Write(bool asMarkdown)
    {
        Action<string[], IEnumerable<string[]>> table = asMarkdown ? WriteMarkdown : Show;
        int decile = Math.Max(1, results.Networks.Count / 10);
        string peer = onnx is null ? "" : $"; ONNX Runtime {onnx}";
        Console.WriteLine($"{results.Networks.Count} networks; {ProcessorName.Read()}; .NET {Environment.Version}{peer}");
        double[] rates = [machine.L1, machine.L2, machine.L3, machine.Dram];
        Console.WriteLine(Invariant($"{machine.Peak / 1e9:F0} GFLOP/s; {string.Join(", ", rates.Select(rate => Math.Round(rate / 1e9)))} GB/s"));
        if (results.LeftOut > 0)
            Console.WriteLine($"The time was not enough for {results.LeftOut} more.");
        Console.WriteLine();
        if (results.Networks.Count > 0)
        {
            table(["", "worst decile from", "its median", "worst", "median of all", "slower than ONNX Runtime"], Figures());
            Title("Furthest from the floor, predictions");
            table(s_networks, Rows(results.Networks.OrderByDescending(time => Math.Max(time.One.OfFloor, time.Batch.OfFloor)).Take(decile)));
            Title("Furthest from the floor, steps");
            table(s_networks, Rows(results.Networks.OrderByDescending(time => time.Step.OfFloor).Take(decile)));
        }

        if (results.Layers.Count > 0)
        {
            Title("Layers of the worst, by themselves");
            table(s_networks, Rows(results.Layers));
        }

        if (results.Networks.Where(IsSlower).OrderByDescending(OfOnnx).ToArray() is { Length: > 0 } slower)
        {
            Title("Slower than ONNX Runtime");
            table(s_networks, Rows(slower));
        }

        foreach (NetworkTimes wrong in results.Networks.Where(time => time.Difference is not null))
            Console.WriteLine($"WRONG  {wrong.Network.Name}: {wrong.Difference}  {wrong.Network.Summary}");
        foreach ((DrawnNetwork network, string reason) in results.Failures)
            Console.WriteLine($"FAILED {network.Name}: {reason}  {network.Summary}");
    }

    private static void Title(string title) => Console.WriteLine($"\n{title}\n");

    private IEnumerable<string[]> Figures()
    {
        yield return Figure("predictions, one sample", time => time.One);
        yield return Figure($"predictions, {NetworkMeasurement.BatchSize} samples", time => time.Batch);
        yield return Figure($"steps of {NetworkMeasurement.BatchSize}", time => time.Step);
    }

    private string[] Figure(string what, Func<NetworkTimes, CaseTime> of)
    {
        CaseTime[] times = [.. results.Networks.Select(of)];
        double[] ratios = [.. times.Select(time => time.OfFloor).OrderDescending()], worst = SweepResults.WorstDecile(ratios);
        double[] peers = [.. times.Select(time => time.OfOnnx).OfType<double>()];
        return
        [
            what, Ratio(worst[^1]), Ratio(worst[worst.Length / 2]), Ratio(worst[0]), Ratio(ratios[ratios.Length / 2]),
            peers.Length == 0 ? "–" : Invariant($"{100.0 * peers.Count(ratio => ratio > 1) / peers.Length:F1} %"),
        ];
    }

    private static IEnumerable<string[]> Rows(IEnumerable<NetworkTimes> times) => times.Select(time => new[]
    {
        time.Network.Name,
        Time(time.One.Seconds), Ratio(time.One.OfFloor), Ratio(time.One.OfOnnx),
        Time(time.Batch.Seconds), Ratio(time.Batch.OfFloor), Ratio(time.Batch.OfOnnx),
        Time(time.Step.Seconds), Ratio(time.Step.OfFloor), time.One.Bound,
        time.Network.Summary,
    });

    private static bool IsSlower(NetworkTimes time) => OfOnnx(time) > 1;

    private static double OfOnnx(NetworkTimes time) => Math.Max(time.One.OfOnnx ?? 0, time.Batch.OfOnnx ?? 0);

    private static void WriteMarkdown(string[] headers, IEnumerable<string[]> rows)
    {
        Console.WriteLine($"| {string.Join(" | ", headers)} |");
        Console.WriteLine($"|{string.Concat(headers.Select((_, column) => column > 0 && column < headers.Length - 1 ? "--:|" : "---|"))}");
        foreach (string[] row in rows)
            Console.WriteLine($"| {string.Join(" | ", row)} |");
    }

    private static void Show(string[] headers, IEnumerable<string[]> rows)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = RedirectedWidth;
        var table = new Table().Border(TableBorder.Rounded);
        for (int column = 0; column < headers.Length; column++)
        {
            bool isNumber = column > 0 && column < headers.Length - 1;
            table.AddColumn(new TableColumn(headers[column]) { Alignment = isNumber ? Justify.Right : Justify.Left });
        }

        foreach (string[] row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    private static string Time(double seconds) => seconds switch
    {
        < 1e-6 => Invariant($"{seconds * 1e9:G3} ns"),
        < 1e-3 => Invariant($"{seconds * 1e6:G3} µs"),
        _ => Invariant($"{seconds * 1e3:G3} ms"),
    };

    private static string Ratio(double? ratio) => ratio is { } value ? Invariant($"{value:F2}") : "–";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
