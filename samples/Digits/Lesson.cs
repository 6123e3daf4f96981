using NetGen;
using NetGen.Data;
using Spectre.Console;

namespace Digits;

/// <summary>The life of a network: declared, trained, tested, looked at, saved, loaded, and asked for predictions.</summary>
internal static class Lesson
{
    /// <summary>Trains a network and shows what came of it.</summary>
    /// <param name="model">The network to train.</param>
    /// <param name="second">Another instance of it, with other parameters, which will load what the first has learned.</param>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="test">The samples that decide how good it is.</param>
    /// <param name="epochs">How often to go through the training samples.</param>
    public static void Run<TNetwork>(
        TNetwork model, TNetwork second, MemoryDataset train, MemoryDataset test, int epochs)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        Heading($"{TNetwork.Description.Name}, {TNetwork.Description.ParameterCount:N0} parameters");
        Console.WriteLine(model);

        Heading($"Training on {train.Count:N0} digits, testing on {test.Count:N0} others");
        const float LearningRate = 3e-3f;
        using var trainer = new Trainer<TNetwork>(model, new Adam(LearningRate));
        var history = trainer.Fit(train, new FitOptions
        {
            Epochs = epochs,
            BatchSize = 32,
            Schedule = new CosineSchedule(LearningRate, epochs),
            Validation = test,
        });
        double samplesPerSecond = (double)epochs * train.Count / history.Epochs.Sum(epoch => epoch.Seconds);

        Heading("What it sees");
        var result = trainer.Evaluate(test, Metrics.Accuracy);
        AnsiConsole.Write(DigitPictures.Of(test, result.Predictions));

        Heading("Saved and loaded");
        string path = Path.Combine(AppContext.BaseDirectory, $"{TNetwork.Description.Name}.safetensors");
        model.Parameters.Save(path);
        second.Parameters.Load(path);
        int equal = Enumerable.Range(0, test.Count).Count(i => SameBits(model, second, test.Input(i)));
        Console.WriteLine($"{Path.GetFileName(path)}: {new FileInfo(path).Length:N0} bytes, loaded into a second instance");
        Console.WriteLine($"{equal:N0} of {test.Count:N0} predictions are the same, bit for bit");

        var (microseconds, bytes) = PredictionCost.Measure(model, test.Input(0));
        Heading("In short");
        Console.WriteLine($"training: {samplesPerSecond:0} samples/s");
        Console.WriteLine($"test accuracy: {result.Metrics[0].Value:0.000}");
        Console.WriteLine($"prediction: {microseconds:0.00} us, {bytes} bytes");
    }

    private static bool SameBits<TNetwork>(TNetwork first, TNetwork second, ReadOnlySpan<float> input)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        Span<float> scores = stackalloc float[TNetwork.OutputLength];
        Span<float> others = stackalloc float[TNetwork.OutputLength];
        first.Predict(input, scores);
        second.Predict(input, others);
        return scores.SequenceEqual(others);
    }

    private static void Heading(string text) => AnsiConsole.MarkupLineInterpolated($"\n[bold blue]{text}[/]");
}
