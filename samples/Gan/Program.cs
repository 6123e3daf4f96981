using System.CommandLine;
using System.Globalization;
using Gan;
using NetGen.Data;
using Spectre.Console;

// Two networks that learn from each other: one makes what the other cannot tell from what is real.
//
//   dotnet run -c Release --project samples/Gan                         points of eight Gaussians on a ring, less than a minute
//   dotnet run -c Release --project samples/Gan -- --data DIR           digits, from the four idx files of MNIST in DIR

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the last lines
AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;    // a file gets no colours

var data = new Option<string?>("--data") { Description = "A directory with the four idx files of MNIST, gzipped or not" };
var rounds = new Option<int?>("--rounds") { Description = "How many rounds the points are learned in [default: 12000]" };
var epochs = new Option<int?>("--epochs") { Description = "How often to go through the digits [default: 10]" };
var seed = new Option<int>("--seed") { Description = "What everything random is drawn from", DefaultValueFactory = _ => 1 };
var svg = new Option<string?>("--svg") { Description = "Where to write the picture [default: gan.svg beside the program]" };
var command = new RootCommand("Learns to make what cannot be told from what is real.") { data, rounds, epochs, seed, svg };
command.SetAction(arguments =>
{
    string file = arguments.GetValue(svg) ?? Path.Combine(AppContext.BaseDirectory, "gan.svg");
    try
    {
        if (arguments.GetValue(data) is { } directory)
            Lesson.LearnDigits(Mnist.Load(directory).Train, Math.Max(1, arguments.GetValue(epochs) ?? 10), arguments.GetValue(seed), file);
        else
            Lesson.LearnRing(Math.Max(1, arguments.GetValue(rounds) ?? 12000), arguments.GetValue(seed), file);
        return 0;
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();
