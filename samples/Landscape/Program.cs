using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Digits;
using Landscape;
using NetGen;
using NetGen.Metrics;
using NetGen.Optimizers;

// What the loss of a real network looks like around a place where training ended, and how three optimizers roll through it: one HTML page.
//
//   dotnet run -c Release --project samples/Landscape [-- --html FILE]

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the last lines

var html = new Option<string?>("--html") { Description = "Where to write the page [default: landscape.html beside the program]" };
var size = new Option<int>("--size") { Description = "Points of the grid along each side", DefaultValueFactory = _ => 97 };
var balls = new Option<int>("--balls") { Description = "Balls of each optimizer", DefaultValueFactory = _ => 20 };
var steps = new Option<int>("--steps") { Description = "Steps of each ball", DefaultValueFactory = _ => 240 };
var samples = new Option<int>("--samples") { Description = "Digits that the loss is a mean over", DefaultValueFactory = _ => 500 };
var seed = new Option<int>("--seed") { Description = "What everything random is drawn from", DefaultValueFactory = _ => 1 };
var reach = new Option<float>("--reach") { Description = "How far the slice reaches, in lengths of the weights", DefaultValueFactory = _ => 1.5f };
var command = new RootCommand("Draws the loss landscape of a network.") { html, size, balls, steps, samples, seed, reach };
command.SetAction(arguments =>
{
    var watch = Stopwatch.StartNew();
    var (train, test) = SmallDigits.Load();
    var network = new DeepNet(arguments.GetValue(seed));
    using var trainer = new Trainer<DeepNet>(network, new Adam(2e-3f), new TrainerOptions { Threads = 1 });
    trainer.Fit(train, new FitOptions { Epochs = 40, BatchSize = 32, Progress = null });
    double accuracy = trainer.Evaluate(test, Metric.Accuracy).Metrics[0].Value;
    Console.WriteLine($"A network of {DeepNet.Description.ParameterCount} parameters reads {accuracy:P1} of the test digits.");

    float edge = arguments.GetValue(reach);
    int points = Math.Max(3, arguments.GetValue(size));
    var judged = train.Slice(0, Math.Clamp(arguments.GetValue(samples), 1, train.Count));
    using var slice = new Slice(network, judged.ToMemory(), arguments.GetValue(seed));
    float[] heights = slice.Grid(points, edge);
    Console.WriteLine(
        $"Its loss along two directions: {heights[points * points / 2]:0.000} in the middle, {heights.Min():0.000} to {heights.Max():0.000} around.");

    Rollers[] rollers =
    [
        new("gradient descent", "#ff5c39", () => new Sgd(0.01f)),
        new("momentum", "#ffd23f", () => new Sgd(0.003f) { Momentum = 0.95f }),
        new("Adam", "#ff4fd8", () => new Adam(0.02f)),
    ];
    (float X, float Y)[] places = [.. Rollers.Places(Math.Max(1, arguments.GetValue(balls)), 0.92f * edge)];
    foreach (Rollers roller in rollers)
        roller.Roll(slice, places, Math.Max(1, arguments.GetValue(steps)), edge);

    string file = arguments.GetValue(html) ?? System.IO.Path.Combine(AppContext.BaseDirectory, "landscape.html");
    File.WriteAllText(file, Page.Of(heights, points, edge, rollers, FormattableString.Invariant(
        $"A network with {DeepNet.Description.ParameterCount:N0} parameters that reads handwritten digits, along two directions of them.")));
    foreach (Rollers roller in rollers)
    {
        Console.WriteLine($"{roller.Name}: mean loss {roller.Paths.Average(path => path.Points[0].Loss):0.000} where the balls start, "
            + $"{roller.Paths.Average(path => path.Points[^1].Loss):0.000} where they end; "
        + $"{roller.Paths.Count(path => path.EndsLower)} of {roller.Paths.Count} end lower");
    }

    IReadOnlyList<int> valleys = Valleys.Reached(heights, points, edge, rollers.SelectMany(roller => roller.Paths));
    Console.WriteLine($"valleys they end in: {valleys.Count}, {string.Join(", ", valleys.Take(8).Select(place => $"{heights[place]:0.000}"))} deep");
    Console.WriteLine($"page: {System.IO.Path.GetRelativePath(".", file)}, after {watch.Elapsed.TotalSeconds:0.0} s");
    return 0;
});
return command.Parse(args).Invoke();
