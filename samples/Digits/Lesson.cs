using NetGen;
using NetGen.Data;
using NetGen.Metrics;
using NetGen.Reports;
using Spectre.Console;

namespace Digits;

/// <summary>The life of a network: declared, trained, tested, looked at, saved, loaded, and asked for predictions.</summary>
internal static class Lesson
{
    /// <summary>Trains a network and shows what came of it.</summary>
    /// <param name="model">The network to train.</param>
    /// <param name="second">Another instance of it, with other parameters, which will load what the first has learned.</param>
    /// <param name="recipe">The samples to learn from, and how.</param>
    /// <param name="test">The samples that decide how good it is.</param>
    /// <param name="report">The file for a report with charts and mistakes, or null for none.</param>
    public static void Run<TNetwork>(TNetwork model, TNetwork second, Recipe recipe, MemoryDataset test, string? report)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        if (report is not null)
            TrainingReport.RequireWritable(report);

        Heading($"{TNetwork.Description.Name}, {TNetwork.Description.ParameterCount:N0} parameters");
        Console.WriteLine(model);

        Heading($"Training on {recipe.Train.Count:N0} digits, testing on {test.Count:N0} others");
        using var trainer = new Trainer<TNetwork>(model, recipe.Optimizer);
        var history = trainer.Fit(recipe.Train, recipe.Options);
        double seconds = history.Epochs.Sum(epoch => epoch.Seconds);
        double samplesPerSecond = (double)history.Epochs.Count * recipe.Train.Count / seconds;
        if (recipe.Stopping is { } stopping)
        {
            Console.WriteLine($"{history.Epochs.Count} epochs in {seconds:0} s; back to epoch {stopping.BestEpoch}, the best on the "
                + $"{recipe.Options.Validation!.Count:N0} digits kept apart");
        }

        Heading("What it sees");
        var result = trainer.Evaluate(test, Metric.Accuracy);
        AnsiConsole.Write(DigitPictures.Of(test, result.Predictions));
        int wrong = test.Count - (int)Math.Round(result.Metrics[0].Value * test.Count);
        Console.WriteLine($"{wrong:N0} of {test.Count:N0} are read wrong");

        if (report is not null)
        {
            TrainingReport.Save(report, history, new TrainingReportOptions
            {
                Title = $"{TNetwork.Description.Name} learns to read", Network = TNetwork.Description,
                Predictions = result.Predictions, Samples = test, GradientNorms = recipe.Norms,
            });
            Console.WriteLine($"More of it, with charts: {report}");
        }

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
