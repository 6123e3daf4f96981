using System.Globalization;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Workloads;
using Spectre.Console;

namespace NetGen.Benchmarks.Quick;

/// <summary>The table, for the terminal or as Markdown.</summary>
internal sealed class Report
{
    // A file or a pipe has no width of its own; the table should not be folded for it.
    private const int RedirectedWidth = 240;

    private static readonly string[] s_headers =
        ["workload", "", "bits", "NetGen", "median", "floor", "bound by", "× floor", "ORT", "× ORT", "TensorPrimitives", "bar", "met"];

    private readonly List<string[]> _rows = [];
    private readonly List<string> _notes = [];

    private Report()
    {
    }

    /// <summary>How many bars were missed.</summary>
    public int Missed => _rows.Count(row => row[^1] == "no");

    /// <summary>Makes the table of the results of one process for each instruction set, the widest first.</summary>
    public static Report Of(IReadOnlyList<Results> results, string onnxVersion)
    {
        var report = new Report();
        IReadOnlyList<Workload> workloads = AllWorkloads.Create();
        report._notes.Add(ProcessorName.Read() + $"; .NET {Environment.Version}" + $"; ONNX Runtime {onnxVersion}");
        foreach (Results result in results)
            report._notes.Add(Describe(result));

        var onnx = results[0].Rows
            .Where(row => row.Times.ContainsKey(Workload.OnnxRuntime))
            .ToDictionary(row => row.Index, row => row.Times[Workload.OnnxRuntime].Best);
        var rows = results.SelectMany(result => result.Rows, (result, row) => (Row: row, result.Machine));
        foreach ((Row row, MachineFloor machine) in rows.OrderBy(pair => pair.Row.Index))
            report.Add(workloads[row.Index], row, machine, onnx.TryGetValue(row.Index, out double peer) ? peer : null);
        foreach (ThreadRow row in results[0].Threads)
            report.Add(workloads[row.Index], row, results[0]);
        foreach (StreamRow row in results[0].Streams)
            report.Add(row, results[0].Bits);
        return report;
    }

    /// <summary>Shows the table in the terminal.</summary>
    public void Show()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = RedirectedWidth;
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        var table = new Table().Border(TableBorder.Rounded);
        for (int column = 0; column < s_headers.Length; column++)
            table.AddColumn(new TableColumn(s_headers[column]) { NoWrap = true, Alignment = IsNumber(column) ? Justify.Right : Justify.Left });
        foreach (string[] row in _rows)
        {
            string[] cells = [.. row.Select(Markup.Escape)];
            cells[^1] = cells[^1] switch { "yes" => "[green]yes[/]", "no" => "[red]no[/]", var cell => cell };
            table.AddRow(cells);
        }

        AnsiConsole.Write(table);
        foreach (string note in _notes)
            AnsiConsole.WriteLine(note);
    }

    /// <summary>Writes the table as Markdown.</summary>
    public void WriteMarkdown(TextWriter writer)
    {
        writer.WriteLine($"| {string.Join(" | ", s_headers)} |");
        writer.WriteLine($"|{string.Concat(Enumerable.Range(0, s_headers.Length).Select(column => IsNumber(column) ? "--:|" : "---|"))}");
        foreach (string[] row in _rows)
            writer.WriteLine($"| {string.Join(" | ", row)} |");
        writer.WriteLine();
        foreach (string note in _notes)
            writer.WriteLine($"{note}  ");
    }

    private void Add(Workload workload, Row row, MachineFloor machine, double? onnx)
    {
        double best = row.Best, ofFloor = best / row.Floor.Seconds;
        double? ofPeer = best / onnx;
        double allowance = row.Bits >= 512 ? 1 : Bars.NarrowAllowance;
        var demands = new List<string>();
        bool isMet = true;
        if (row.Bits >= 256)
        {
            Demand(workload.Bar.Floor?.On(machine) * allowance, ofFloor, "{0:0.00} floor");
            double? wide = workload.Bar.Nanoseconds?.On(machine), narrow = workload.Bar.NarrowNanoseconds ?? wide * Bars.NarrowAllowance;
            Demand(row.Bits >= 512 ? wide : narrow, best * 1e9, "{0:0} ns");
            if (row.Bits >= 512 && ofPeer != null)
                Demand(workload.Bar.Peer, ofPeer.Value, workload.Bar.Peer < 0.1 ? "{0:0.000} ORT" : "{0:0.00} ORT");
        }

        Timing? baseline = row.Times.TryGetValue(Workload.TensorPrimitives, out Timing timing) ? timing : null;
        _rows.Add([
            $"{workload.Id} {workload.Network}", workload.Case, $"{row.Bits}", Time(best), Time(row.Times[Workload.NetGen].Median),
            Time(row.Floor.Seconds), row.Floor.Bound, Ratio(ofFloor), Time(onnx), Ratio(ofPeer), Time(baseline?.Best),
            string.Join(", ", demands), demands.Count == 0 ? "" : isMet ? "yes" : "no",
        ]);

        void Demand(double? bar, double value, string format)
        {
            if (bar == null)
                return;
            demands.Add("≤ " + string.Format(CultureInfo.InvariantCulture, format, bar));
            isMet &= value <= bar;
        }
    }

    private void Add(Workload workload, ThreadRow row, Results results)
    {
        double gain = row.One / row.Two, bar = Bars.TwoThreads.On(results.Machine);
        _rows.Add([
            $"{workload.Id} {workload.Network}", workload.Case + ", two threads", $"{results.Bits}", Time(row.Two), "", "", "", "", "", "", "",
            FormattableString.Invariant($"{gain:0.00} times one thread, ≥ {bar:0.0#}"), gain >= bar ? "yes" : "no",
        ]);
    }

    private void Add(StreamRow row, int bits)
    {
        double ratio = row.Update / row.Stream;
        _rows.Add([
            row.Name, "update", $"{bits}", Time(row.Update), "", Time(row.Stream), "streaming", Ratio(ratio), "", "", "",
            row.InCache ? "" : FormattableString.Invariant($"≤ {Bars.Update:0.00} floor"),
            row.InCache ? "" : ratio <= Bars.Update ? "yes" : "no",
        ]);
    }

    private static string Describe(Results results)
    {
        MachineFloor machine = results.Machine;
        string peaks = string.Join(", ", machine.Peaks.OrderByDescending(peak => peak.Key).Select(peak =>
            FormattableString.Invariant($"{peak.Value / 1e9:0.0} at {peak.Key} bits")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Bits} bits{(machine.IsFullWidth ? ", of full width" : "")}: {peaks} GFLOP/s; a fused operation takes {machine.Latency * 1e9:0.00} ns; "
            + $"reads of {machine.L1 / 1e9:0} (L1), {machine.L2 / 1e9:0} (L2), {machine.L3 / 1e9:0} (L3), {machine.Dram / 1e9:0.0} GB/s (DRAM)");
    }

    private static bool IsNumber(int column) => column is 2 or 3 or 4 or 5 or 7 or 8 or 9 or 10;

    private static string Ratio(double? value) => value == null ? ""
        : value < 0.1 ? value.Value.ToString("0.000", CultureInfo.InvariantCulture)
        : value.Value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Time(double? seconds)
    {
        if (seconds == null)
            return "";
        (double value, string unit) = seconds switch
        {
            < 1e-6 => (seconds.Value * 1e9, "ns"),
            < 1e-3 => (seconds.Value * 1e6, "µs"),
            _ => (seconds.Value * 1e3, "ms"),
        };
        string format = value < 10 ? "0.00" : value < 100 ? "0.0" : "0";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
    }
}
