using System.CommandLine;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers.Onnx;

namespace NetGen.Benchmarks.Sweep;

/// <summary>The command that measures networks nobody has tuned for, and lists the worst.</summary>
internal static class SweepCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var count = Option("--count", 200, "How many networks are drawn.");
        var seed = Option("--seed", 1, "What they are drawn from.");
        var only = Option("--only", "", "Parts of names, such as images,residual or 17 alone; all if left out.");
        var minutes = Option("--minutes", 30, "No network is begun after this time.");
        var repetitions = Option("--repetitions", 12, "How many times each contender is timed.");
        var layers = Option("--layers", 6, "Of how many of the worst each layer is measured by itself.");
        var alone = new Option<bool>("--alone") { Description = "Leaves ONNX Runtime out." };
        var markdown = new Option<bool>("--markdown") { Description = "Prints tables as Markdown." };
        var text = new Option<string?>("--text") { Description = "A folder to which what is generated is written; nothing is timed then." };
        var command = new Command("sweep", "Draws networks at random and lists those that are furthest from their floor.")
        {
            count, seed, only, minutes, repetitions, layers, alone, markdown, text,
        };
        command.SetAction(parsed =>
        {
            string[] names = (parsed.GetValue(only) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            DrawnNetwork[] networks =
            [
                .. Enumerable.Range(0, parsed.GetValue(count)).Select(number => NetworkDraw.Draw(parsed.GetValue(seed), number))
                    .Where(network => names.Length == 0 || names.Any(name => IsCalled(network, name))),
            ];
            if (parsed.GetValue(text) is { } folder)
                return Write(networks, folder);

            using IDisposable pinning = Pinning.ToOneCore();
            bool withOnnx = !parsed.GetValue(alone);
            var machine = MachineFloor.Measure();
            var measurement = new NetworkMeasurement(machine, parsed.GetValue(repetitions), withOnnx);
            TimeSpan limit = TimeSpan.FromMinutes(parsed.GetValue(minutes));
            SweepResults results = SweepResults.Measure(networks, measurement, limit, parsed.GetValue(layers));
            new SweepReport(results, machine, withOnnx ? OnnxSession.Version : null).Write(parsed.GetValue(markdown));
            return results.Failures.Count + results.Networks.Count(network => network.Difference is not null) > 0 ? 1 : 0;
        });
        return command;
    }

    private static Option<T> Option<T>(string name, T usual, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };

    private static bool IsCalled(DrawnNetwork network, string name) =>
        int.TryParse(name, out _)
            ? network.Name.EndsWith($" {name}", StringComparison.Ordinal)
            : network.Name.Contains(name, StringComparison.Ordinal);

    private static int Write(IEnumerable<DrawnNetwork> networks, string folder)
    {
        foreach (DrawnNetwork network in networks)
            CompiledNetwork.WriteText(network.Source, Path.Combine(folder, network.Name.Replace(' ', '-')));
        return 0;
    }
}
