using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Voice;

// A trained network that hears whether somebody speaks: its class is declared here, and its weights are the file that others publish.
//
//   dotnet run -c Release --project samples/Voice                                 the recording beside the program
//   dotnet run -c Release --project samples/Voice -- --file talk.wav              one channel, 16 kHz, 16 bits

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the lines

string data = Path.Combine(AppContext.BaseDirectory, "data");
var file = new Option<string>("--file") { Description = "The recording", DefaultValueFactory = _ => Path.Combine(data, "hey_jane.wav") };
var command = new RootCommand("Tells when somebody speaks.") { file };
command.SetAction(arguments =>
{
    try
    {
        Run(arguments.GetValue(file)!, Path.Combine(data, "silero-vad-16k.safetensors"));
        return 0;
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Run(string recording, string weights)
{
    float[] signal = WaveFile.Read(recording, VoiceNet.Rate);
    var network = new VoiceNet();
    network.Load(weights);

    // The last step is filled up with silence.
    float[][] steps = [.. signal.Chunk(VoiceNet.Step).Select(step => (float[])[.. step, .. new float[VoiceNet.Step - step.Length]])];
    var probabilities = new float[steps.Length];
    var detector = new VoiceDetector(network);
    Listen();
    detector.Reset();
    var clock = Stopwatch.StartNew();
    Listen();
    double seconds = clock.Elapsed.TotalSeconds;

    Console.WriteLine("   time  speech");
    for (int i = 0; i < steps.Length; i++)
    {
        string bar = new('█', (int)Math.Round(40 * probabilities[i]));
        Console.WriteLine($"{i * VoiceNet.Step / (double)VoiceNet.Rate,7:0.000}   {probabilities[i]:0.000}  {bar}");
    }

    double heard = probabilities.Count(probability => probability > 0.5) * VoiceNet.Step / (double)VoiceNet.Rate;
    double length = signal.Length / (double)VoiceNet.Rate;
    Console.WriteLine($"Somebody speaks in {heard:0.00} of {length:0.00} seconds.");
    Console.WriteLine($"That took {1e6 * seconds / steps.Length:0} µs a step: {length / seconds:0} times as fast as one speaks.");

    void Listen()
    {
        for (int i = 0; i < steps.Length; i++)
            probabilities[i] = detector.Hear(steps[i]);
    }
}
