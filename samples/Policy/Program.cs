using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NetGen.Maths;
using Policy;
using Spectre.Console;

// A network learns to balance a pole on a cart, from nothing but how long it stood.
//
//   dotnet run -c Release --project samples/Policy

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the last lines
AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;    // a file gets no colours

const int Wanted = 475, Remembered = 100;

var most = new Option<int>("--episodes") { Description = "How many episodes to learn from at most", DefaultValueFactory = _ => 4000 };
var seed = new Option<int>("--seed") { Description = "What everything random is drawn from", DefaultValueFactory = _ => 1 };
var command = new RootCommand("Learns to balance a pole.") { most, seed };
command.SetAction(arguments =>
{
    var watch = Stopwatch.StartNew();
    using var learner = new Reinforce(arguments.GetValue(seed));
    var lengths = new List<int>();
    Console.WriteLine(
        $"Steps until the pole falls, of {CartPole.MostSteps} at most; learned when {Remembered} episodes come to {Wanted} on average.");
    while (Recent(lengths) < Wanted && lengths.Count < arguments.GetValue(most))
    {
        lengths.AddRange(learner.Update());
        if (lengths.Count % 50 == 0)
        {
            double mean = lengths[^50..].Average();
            string bar = new('━', 1 + (int)(mean / 10));
            AnsiConsole.MarkupLine($"episodes {lengths.Count - 49,4} to {lengths.Count,4}: [green]{bar}[/] {mean:0}");
        }
    }

    var random = new RandomStream(arguments.GetValue(seed), stream: 2);
    var frames = new List<string>();
    int step = 0;
    int shown = learner.Show(ref random, pole =>
    {
        if (step++ % 100 is 0)
            frames.Add(Pictures.Of(pole));
    });
    AnsiConsole.Write(new Columns(frames.Take(3).Select(
        (frame, i) => new Panel(new Text(frame)).Header(FormattableString.Invariant($"after {2 * i} s")).Padding(0, 0))) { Expand = false });
    double tested = Enumerable.Range(0, Remembered).Average(_ => learner.Show(ref random));
    Console.WriteLine($"The episode above lasted {shown} steps; it took {watch.Elapsed.TotalSeconds:0.0} s to learn and to show.");
    Console.WriteLine($"learned after {lengths.Count} episodes, the last {Remembered} of which lasted {Recent(lengths):0.0} steps on average");
    Console.WriteLine($"without chance: {tested:0.0} steps on average of {Remembered} others");
    return 0;
});
return command.Parse(args).Invoke();

static double Recent(List<int> lengths) => lengths.Count < Remembered ? 0 : lengths[^Remembered..].Average();
