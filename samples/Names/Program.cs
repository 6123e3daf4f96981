using System.CommandLine;
using System.Globalization;
using Names;
using NetGen;
using NetGen.Data;
using NetGen.Optimizers;
using NetGen.Schedules;

// A recurrent network reads first names letter by letter, learns which letter comes next, and makes up names of its own meanwhile.
//
//   dotnet run -c Release --project samples/Names                          3,000 names that come with the sample
//   dotnet run -c Release --project samples/Names -- --data FILE           those of a file, one a line, a to z

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the lines

var data = new Option<string?>("--data") { Description = "A file of names, one a line, of letters from a to z" };
var epochs = new Option<int>("--epochs") { Description = "How often to go through the names", DefaultValueFactory = _ => 30 };
var seed = new Option<int>("--seed") { Description = "What everything that is drawn depends on", DefaultValueFactory = _ => 1 };
var command = new RootCommand("Learns to make up names.") { data, epochs, seed };
command.SetAction(arguments =>
{
    try
    {
        Run(Read(arguments.GetValue(data)), Math.Max(1, arguments.GetValue(epochs)), arguments.GetValue(seed));
        return 0;
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Run(string[] names, int epochs, int seed)
{
    (Dataset train, Dataset test) = Alphabet.Samples(names).Split(0.9, seed);
    var network = new NextLetter(seed);
    var known = names.ToHashSet();
    Console.WriteLine(
        $"{train.Count:N0} names to learn and {test.Count:N0} to be judged by. A guess between {Alphabet.Letters} letters is worth "
        + $"{Math.Log(Alphabet.Letters):0.00} nats.");
    Console.WriteLine($"Before it has learned anything: {Words(network, 5, seed)}");

    using var trainer = new Trainer<NextLetter>(network, new Adam(5e-3f));
    trainer.Fit(train, new FitOptions
    {
        Epochs = epochs, BatchSize = 32, Seed = seed, Validation = test, Schedule = new CosineSchedule(5e-3f, epochs), Progress = null,
        Callbacks = [new Listener(record =>
        {
            if (record.Epoch % Math.Max(1, epochs / 10) == 0 || record.Epoch == epochs)
                Console.WriteLine(
            $"epoch {record.Epoch,3}  {record.Loss:0.00} nats a letter, {record.ValidationLoss:0.00} of names not seen  "
            + Words(network, 5, record.Epoch));
        })],
    });

    var speaker = new Speaker(network, seed);
    string[] made = [.. Enumerable.Range(0, 1000).Select(_ => speaker.Name())];
    string[] found = [.. made.Where(name => name.Length > 1 && !known.Contains(name)).Distinct()];
    Console.WriteLine($"Of {made.Length:N0} names it makes up, {made.Count(known.Contains):N0} are of the list, and {found.Length:N0} are new:");
    Console.WriteLine(string.Join(", ", found.Take(20)));
}

static string Words(NextLetter network, int count, int seed)
{
    var speaker = new Speaker(network, seed);
    return string.Join(", ", Enumerable.Range(0, count).Select(_ => speaker.Name()));
}

static string[] Read(string? path)
{
    using Stream stream = path is null ? typeof(NextLetter).Assembly.GetManifestResourceStream("names.txt")! : File.OpenRead(path);
    using var reader = new StreamReader(stream);
    string[] names = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries).Where(Alphabet.IsName).Distinct()];
    return names.Length >= 20 ? names : throw new InvalidDataException(
        $"{path} has {names.Length} names of at most {Alphabet.Steps - 1} letters from a to z, one a line; 20 are the least.");
}
