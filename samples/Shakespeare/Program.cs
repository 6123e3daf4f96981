using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NetGen;
using NetGen.Optimizers;
using Shakespeare;

// A small transformer learns a text character by character and goes on with it.
//
//   dotnet run -c Release --project samples/Shakespeare -- --data FILE               a text of at most 65 characters, such as "tiny Shakespeare"
//   dotnet run -c Release --project samples/Shakespeare -- --data FILE --first FILE  and its first weights, which pytorch.py begins with, too

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the lines

var data = new Option<string>("--data") { Description = "A text", Required = true };
var steps = new Option<int>("--steps") { Description = "How many steps to learn", DefaultValueFactory = _ => 500 };
var batch = new Option<int>("--batch") { Description = "The windows of a step", DefaultValueFactory = _ => 16 };
var seed = new Option<int>("--seed") { Description = "What everything that is drawn depends on", DefaultValueFactory = _ => 1 };
var first = new Option<string?>("--first") { Description = "A file to write the first weights to" };
var command = new RootCommand("Learns to write as a text is written.") { data, steps, batch, seed, first };
command.SetAction(arguments =>
{
    try
    {
        Run(
            File.ReadAllText(arguments.GetRequiredValue(data)), Math.Max(1, arguments.GetValue(steps)), Math.Max(1, arguments.GetValue(batch)),
            arguments.GetValue(seed), arguments.GetValue(first));
        return 0;
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Run(string content, int steps, int batch, int seed, string? first)
{
    var text = new Text(content, seed);
    var network = new NextCharacter(seed);
    if (first is not null)
        network.Save(first);
    Console.WriteLine(
        $"{content.Length:N0} characters, {text.Known.Length} different ones. "
        + $"A guess between them is worth {Math.Log(text.Known.Length):0.00} nats.");

    using var trainer = new Trainer<NextCharacter>(network, new Adam(1e-3f), new TrainerOptions { Capacity = batch });
    (float[] inputs, int[] next) = (new float[batch * Text.Window], new int[batch * Text.Window]);
    double sum = 0;
    int since = 0, every = Math.Max(1, steps / 10);
    long begun = Stopwatch.GetTimestamp();
    for (int step = 1; step <= steps; step++)
    {
        text.Draw(inputs, next);
        sum += trainer.Step(inputs, next);
        since++;
        if (step % every != 0 && step != steps && step != 1)
            continue;
        Console.WriteLine($"step {step,5}  {sum / since:0.000} nats a character  {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s");
        (sum, since) = (0, 0);
    }

    Console.WriteLine($"Of characters not learned from: {Judge(network, text):0.000} nats.");
    Console.WriteLine(Continue(network, text, 200, seed));
}

static double Judge(NextCharacter network, Text text)
{
    var scores = new float[NextCharacter.OutputLength];
    double[] losses = [.. text.Kept(64).SelectMany(window =>
    {
        network.Predict(window.Inputs, scores);
        return window.Next.Select((next, i) => Loss(scores.AsSpan(i * Text.Characters, Text.Characters), next)).ToArray();
    })];
    return losses.Average();
}

static double Loss(ReadOnlySpan<float> scores, int next)
{
    double largest = double.NegativeInfinity, sum = 0;
    foreach (float score in scores)
        largest = Math.Max(largest, score);
    foreach (float score in scores)
        sum += Math.Exp(score - largest);
    return largest + Math.Log(sum) - scores[next];
}

// Each character is drawn by what the network thinks of those before it, which its stream remembers.
static string Continue(NextCharacter network, Text text, int length, int seed)
{
    NextCharacter.PredictionStream stream = network.OpenStream();
    var random = new NetGen.Maths.RandomStream(seed);
    var scores = new float[Text.Characters];
    var written = new System.Text.StringBuilder();
    for (int token = 0; written.Length < length; written.Append(text.Known[token]))
    {
        if (stream.RemainingSteps == 0)
            stream.Reset();
        stream.Step(token, scores);
        float largest = scores.Max();
        double left = random.NextDouble() * scores.Take(text.Known.Length).Sum(score => Math.Exp(score - largest));
        for (token = 0; token < text.Known.Length - 1 && (left -= Math.Exp(scores[token] - largest)) >= 0;)
            token++;
    }

    return written.ToString();
}
