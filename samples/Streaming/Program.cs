using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NetGen;
using NetGen.Data;
using NetGen.Optimizers;
using NetGen.Schedules;
using Streaming;

// A recurrent network learns what a guitar pedal does from what goes in and what comes out, and then takes its place: sample by sample, faster
// than they come.
//
//   dotnet run -c Release --project samples/Streaming                            listen to dry.wav, pedal.wav and network.wav
//   dotnet run -c Release --project samples/Streaming -- --epochs 60 --output DIRECTORY

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the lines

var epochs = new Option<int>("--epochs") { Description = "How often training goes through the signal", DefaultValueFactory = _ => 25 };
var output = new Option<string>("--output") { Description = "Where the WAV files go", DefaultValueFactory = _ => "." };
var command = new RootCommand("Learns a guitar pedal and plays through it.") { epochs, output };
command.SetAction(arguments =>
{
    try
    {
        Run(arguments.GetValue(epochs), arguments.GetValue(output)!);
        return 0;
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Run(int epochs, string directory)
{
    Directory.CreateDirectory(directory);
    float[] practice = Guitar.Play(seconds: 6, seed: 1), concert = Guitar.Play(seconds: 4, seed: 2);
    float[] wanted = Distortion.Play(concert);

    var pedal = new Pedal(seed: 1);
    int count = pedal.Parameters.Sum(tensor => tensor.Length);
    Console.WriteLine($"A pedal of {count:N0} parameters learns from {practice.Length / Guitar.Rate} seconds of a guitar.");
    double error = ErrorToSignal(Play(pedal, concert), wanted);
    Console.WriteLine($"Before it has learned, what it makes of another piece is off by {error:P1} of its power.");
    Learn(pedal, practice, epochs);

    // The same network, now one sample at a time: it remembers what was before the window, too.
    var clock = Stopwatch.StartNew();
    float[] played = Play(pedal, concert);
    double seconds = clock.Elapsed.TotalSeconds;
    Console.WriteLine($"Now it is off by {ErrorToSignal(played, wanted):P1}.");
    Console.WriteLine($"It played {concert.Length:N0} samples one by one in {seconds:0.000} s: {1e9 * seconds / concert.Length:0} ns a sample, "
        + $"{concert.Length / (double)Guitar.Rate / seconds:0} times as fast as they come.");

    foreach ((string name, float[] signal) in new[] { ("dry", concert), ("pedal", wanted), ("network", played) })
        WaveFile.Write(Path.Combine(directory, $"{name}.wav"), signal, Guitar.Rate);
    Console.WriteLine($"To listen to: dry.wav, pedal.wav and network.wav in {Path.GetFullPath(directory)}");
}

// Windows that follow one another, cut out of the signal and of what the pedal makes of it. A state begins at zero in each, so that the
// first samples of a window teach little; they are few beside the others.
static void Learn(Pedal pedal, float[] signal, int epochs)
{
    float[] wet = Distortion.Play(signal);
    int count = signal.Length / Pedal.Window;
    var train = new MemoryDataset(signal[..(count * Pedal.Window)], [Pedal.Window, 1], wet[..(count * Pedal.Window)], Pedal.Window);
    using var trainer = new Trainer<Pedal>(pedal, new Adam(4e-3f), new TrainerOptions { ClipNorm = 1 });
    trainer.Fit(train, new FitOptions { Epochs = epochs, Seed = 1, Schedule = new CosineSchedule(4e-3f, epochs), Quiet = true });
}

static float[] Play(Pedal pedal, float[] signal)
{
    var played = new float[signal.Length];
    pedal.OpenStream().Steps(signal, played);
    return played;
}

// The power of the difference as a share of the power of what was wanted.
static double ErrorToSignal(float[] found, float[] wanted) =>
    found.Zip(wanted, (a, b) => Math.Pow(a - b, 2)).Sum() / wanted.Sum(sample => Math.Pow(sample, 2));
