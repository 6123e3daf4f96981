using System.CommandLine;
using System.Globalization;
using Digits;
using NetGen.Data;

// Trains a small convolutional network on handwritten digits, and shows everything one does with a network.
//
//   dotnet run -c Release --project samples/Digits                      1,797 digits of 8 by 8 pixels, a few seconds
//   dotnet run -c Release --project samples/Digits -- --data DIR        MNIST, from the four idx files in DIR

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the last lines

var data = new Option<string?>("--data")
{
    Description = "A directory with the four idx files of MNIST, gzipped or not [default: the variable NETGEN_DATA, "
        + "or else the small digits inside the sample]",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("NETGEN_DATA") is { Length: > 0 } directory ? directory : null,
};
var epochs = new Option<int?>("--epochs") { Description = "How often to go through the training samples" };
var command = new RootCommand("Learns to read handwritten digits.") { data, epochs };
command.SetAction(arguments =>
{
    int? wanted = arguments.GetValue(epochs);
    try
    {
        if (arguments.GetValue(data) is { } directory)
        {
            var (train, test) = Mnist.Load(directory);
            Lesson.Run(new LeNet(seed: 1), new LeNet(seed: 2), train, test, wanted ?? 5);
        }
        else
        {
            var (train, test) = SmallDigits.Load();
            Lesson.Run(new DigitNet(seed: 1), new DigitNet(seed: 2), train, test, wanted ?? 20);
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
