using System.CommandLine;
using System.Globalization;
using NetGen.Data;
using Residual;
using Spectre.Console;

// Trains a small residual network on pictures, and says what it reaches on others.
//
//   dotnet run -c Release --project samples/Residual                    shapes that the sample draws itself, some ten seconds
//   dotnet run -c Release --project samples/Residual -- --data DIR      pictures in CIFAR-10's binary format: files in DIR whose names
//                                                                       begin with train or data_batch, and with test

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the last lines
AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;    // a file gets no colours

var data = new Option<string?>("--data") { Description = "A directory of CIFAR-10's binary files, gzipped or not" };
var epochs = new Option<int?>("--epochs") { Description = "How often to go through the training pictures" };
var samples = new Option<int?>("--samples") { Description = "How many of the training pictures to take" };
var command = new RootCommand("Learns to tell pictures apart.") { data, epochs, samples };
command.SetAction(arguments =>
{
    try
    {
        if (arguments.GetValue(data) is { } directory)
        {
            Dataset train = Cifar.Read(Files(directory, "train", "data_batch"));
            Dataset test = Cifar.Read(Files(directory, "test"));
            Lesson.Run(
                new PictureNet(seed: 1), Some(train, arguments.GetValue(samples)), test, Cifar.ClassNames, arguments.GetValue(epochs) ?? 20,
                new HorizontalFlip(), new Shift(3, 3));
        }
        else
        {
            Dataset train = DrawnShapes.Draw(arguments.GetValue(samples) ?? 2000, seed: 1);
            Lesson.Run(new ShapeNet(seed: 1), train, DrawnShapes.Draw(1000, seed: 2), DrawnShapes.ClassNames, arguments.GetValue(epochs) ?? 30);
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

static Dataset Some(Dataset pictures, int? count) => count is { } wanted ? pictures.Slice(0, Math.Clamp(wanted, 1, pictures.Count)) : pictures;

static string[] Files(string directory, params string[] beginnings)
{
    string[] files = [.. Directory.GetFiles(directory)
        .Where(path => beginnings.Any(beginning => Path.GetFileName(path).StartsWith(beginning, StringComparison.OrdinalIgnoreCase)))
        .Where(path => path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".bin.gz", StringComparison.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal)];
    return files.Length > 0 ? files : throw new InvalidDataException(
        $"{directory} has no files {string.Join(" or ", beginnings.Select(beginning => $"{beginning}*.bin"))}, gzipped or not.");
}
