using System.CommandLine;
using System.Globalization;
using Digits;
using NetGen.Data;
using Spectre.Console;

// Trains a small convolutional network on handwritten digits, and shows everything one does with a network.
//
//   dotnet run -c Release --project samples/Digits                      1,797 digits of 8 by 8 pixels, a few seconds
//   dotnet run -c Release --project samples/Digits -- --data DIR        MNIST, from the four idx files in DIR
//   dotnet run -c Release --project samples/Digits -- --data DIR --best the same with a larger network, augmentation and early
//                                                                       stopping: some minutes

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the last lines
AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;    // a file gets no colours

var data = new Option<string?>("--data")
{
    Description = "A directory with the four idx files of MNIST, gzipped or not [default: the variable NETGEN_DATA, "
        + "or else the small digits inside the sample]",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("NETGEN_DATA") is { Length: > 0 } directory ? directory : null,
};
var epochs = new Option<int?>("--epochs") { Description = "How often to go through the training samples" };
var best = new Option<bool>("--best")
{
    Description = "Takes some minutes and reads better: a larger network, augmentation, early stopping; for MNIST",
};
var report = new Option<string?>("--report") { Description = "Where to write a report as one HTML file" };
var command = new RootCommand("Learns to read handwritten digits.") { data, epochs, best, report };
command.SetAction(arguments =>
{
    int? wanted = arguments.GetValue(epochs);
    string? path = arguments.GetValue(report);
    try
    {
        if (arguments.GetValue(data) is { } directory)
        {
            var (train, test) = Mnist.Load(directory);
            if (arguments.GetValue(best))
                Lesson.Run(new DeepNet(seed: 1), new DeepNet(seed: 2), Recipe.Best(train, wanted ?? 12), test, path);
            else
                Lesson.Run(new LeNet(seed: 1), new LeNet(seed: 2), Recipe.Simple(train, test, wanted ?? 5), test, path);
        }
        else if (arguments.GetValue(best))
        {
            Console.Error.WriteLine("--best is for MNIST: --data DIR says where its files are.");
            return 1;
        }
        else
        {
            var (train, test) = SmallDigits.Load();
            Lesson.Run(new DigitNet(seed: 1), new DigitNet(seed: 2), Recipe.Simple(train, test, wanted ?? 20), test, path);
        }

        return 0;
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();
