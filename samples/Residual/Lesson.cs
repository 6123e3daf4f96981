using System.Diagnostics;
using NetGen;
using NetGen.Data;
using NetGen.Metrics;
using NetGen.Optimizers;
using NetGen.Schedules;

namespace Residual;

/// <summary>What is done with either network: trained, tested on pictures it has not seen, and shown what it takes for what.</summary>
internal static class Lesson
{
    private const int BatchSize = 64;

    public static void Run<TNetwork>(
        TNetwork model, Dataset train, Dataset test, IReadOnlyList<string> classNames, int epochs, params IReadOnlyList<ImageAugmentation> changes)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        Console.WriteLine(TNetwork.Description.ToTable());
        Console.WriteLine(
            $"{train.Count} pictures to learn from, {test.Count} to be tested with; guessing would be right in {1.0 / classNames.Count:P0}.");

        var scaler = FeatureScaler.Standardize(train, perChannel: true);
        Dataset seen = train.Scale(scaler);
        if (changes.Count > 0)
            seen = seen.Augment(seed: 1, [.. changes]);
        using var trainer = new Trainer<TNetwork>(model, new AdamW(3e-3f) { WeightDecay = 0.05f });
        long start = Stopwatch.GetTimestamp();
        int steps = epochs * ((train.Count + BatchSize - 1) / BatchSize);
        trainer.Fit(seen, new FitOptions
        {
            Epochs = epochs,
            BatchSize = BatchSize,
            Schedule = new OneCycleSchedule(3e-3f, steps),
            SchedulePerBatch = true,
            Prefetch = 2,
        });

        // The test pictures decide about nothing above: what is said of them here is what strangers may expect.
        EvaluationResult result = trainer.Evaluate(test.Scale(scaler), Metric.Accuracy);
        var confusion = new ConfusionMatrix(result.Predictions);
        Console.WriteLine();
        Console.WriteLine(confusion.Report(classNames));
        Console.WriteLine($"trained in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        Console.WriteLine($"test accuracy: {result.Metrics[0].Value:0.000}");
    }
}
