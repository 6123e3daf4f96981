using System.CommandLine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Sweep;
using NetGen.Generators.Plans;
using Spectre.Console;

namespace NetGen.Benchmarks.Tiles;

/// <summary>The command that holds the generator's choice of tiles against the clock, over kernels of networks drawn at random.</summary>
internal static class TilesCommand
{
    private static readonly (VectorForm Form, string Name)[] s_forms =
        [(VectorForm.Vector512, "32 registers"), (VectorForm.UpToEight, "16 registers")];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var networks = Option("--networks", 80, "From how many drawn networks kernels are taken.");
        var seed = Option("--seed", 1, "What they are drawn from.");
        var kernels = Option("--kernels", 150, "How many kernels are tried.");
        var count = Option("--tiles", 32, "How many tiles of each are timed.");
        var minutes = Option("--minutes", 20, "No kernel is begun after this time.");
        var worst = Option("--worst", 12, "How many of the kernels that lose most are listed.");
        var only = Option("--only", "", "A part of the names of the kernels to be tried, such as '58: GroupNorm7'; all if left out.");
        var file = new Option<string?>("--times")
        {
            Description = "A file that keeps the times, so that a changed model can be held against the same ones.",
        };
        var command = new Command("tiles", "Times many tiles of many kernels, and says how much the chosen ones lose against the best.")
        {
            networks, seed, kernels, only, count, minutes, worst, file,
        };
        command.SetAction(parsed =>
        {
            using IDisposable pinning = Pinning.ToOneCore();
            var times = new TileTimes(parsed.GetValue(file));
            TimeSpan limit = TimeSpan.FromMinutes(parsed.GetValue(minutes));
            double start = Clock.WallSeconds();
            var trials = new List<TileTrial>();
            TimedKernel[] tried =
                [.. Kernels(parsed.GetValue(seed), parsed.GetValue(networks), parsed.GetValue(only) ?? "", parsed.GetValue(kernels))];
            foreach (TimedKernel kernel in tried)
            {
                if (Clock.WallSeconds() - start > limit.TotalSeconds)
                    break;
                trials.Add(TileTrial.Run(kernel, parsed.GetValue(count), times));
            }

            times.Save();
            foreach ((VectorForm form, string name) in s_forms)
                Report(name, [.. trials.Where(trial => trial.Kernel.Choice.Form == form)], parsed.GetValue(worst));
        });
        return command;
    }

    private static Option<T> Option<T>(string name, T usual, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };

    // Each once, shuffled, so that a limit leaves some of every network.
    private static IEnumerable<TimedKernel> Kernels(int seed, int networks, string only, int count) => Enumerable.Range(0, networks)
        .Select(number => NetworkDraw.Draw(seed, number))
        .SelectMany(network => TimedKernel.Of(network.Name, network.Source))
        .Where(kernel => kernel.Title.Contains(only, StringComparison.Ordinal))
        .DistinctBy(kernel => kernel.Key)
        .OrderBy(kernel => Shuffled(kernel.Key))
        .Take(count);

    // FNV-1a: the same in every process, as a string's own hash is not.
    private static uint Shuffled(string key) => key.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u);

    private static void Report(string name, IReadOnlyList<TileTrial> trials, int worst)
    {
        if (trials.Count == 0)
            return;
        double[] losses = [.. trials.Select(trial => trial.Loss).Order()];
        double mean = Math.Exp(losses.Average(Math.Log));
        Console.WriteLine(
            $"{name}: {trials.Count} kernels, {trials.Sum(trial => trial.Tiles.Count)} tiles; mean rank correlation "
            + $"{trials.Average(trial => trial.RankCorrelation):0.00}; the chosen tile takes {mean:0.000} of the best's time in the mean, "
            + $"{losses[losses.Length / 2]:0.000} in the middle, {losses[losses.Length * 9 / 10]:0.000} in the worst tenth");
        var table = new Table().Border(TableBorder.Markdown).AddColumns("loss", "kernel", "axes", "chosen", "best", "µs", "ratio by the model");
        if (trials.Count == 1)
            AnsiConsole.WriteLine(trials[0].ToString());
        foreach (TileTrial trial in trials.OrderByDescending(trial => trial.Loss).Take(worst))
        {
            table.AddRow(
                $"{trial.Loss:0.00}", trial.Kernel.Title, trial.Kernel.Axes, trial.Chosen.Name, trial.Best.Name,
                $"{trial.Best.Seconds * 1e6:0.0}", $"{trial.Chosen.Cycles / trial.Best.Cycles:0.00}");
        }

        AnsiConsole.Profile.Width = 260;
        AnsiConsole.Write(table);
    }
}
