using NetGen;
using NetGen.Data;
using NetGen.Metrics;
using NetGen.Optimizers;
using NetGen.Schedules;

namespace Imbalance;

/// <summary>Trains one network per method on the same samples and measures each on the same others.</summary>
/// <param name="train">Scaled training samples.</param>
/// <param name="test">Scaled samples that no method sees.</param>
/// <param name="steps">The updates that each method may make, whatever it makes of the samples.</param>
internal sealed class Comparison(Dataset train, Dataset test, int steps)
{
    private const int BatchSize = 64;
    private const float LearningRate = 3e-3f;

    private readonly List<(string Name, Predictions Predictions)> _results = [];

    /// <summary>What every method came to.</summary>
    public IReadOnlyList<(string Name, Predictions Predictions)> Results => _results;

    /// <summary>Everybody is harmless: right almost always.</summary>
    public void AddNobody()
    {
        var scores = new float[2 * test.Count];
        for (int i = 0; i < test.Count; i++)
            scores[2 * i] = 1;
        _results.Add(("always no", new Predictions(scores, 2, test.GetClasses())));
    }

    /// <summary>The samples or the loss as a method wants them.</summary>
    public Predictions Add<TNetwork>(string name, TNetwork model, Dataset samples) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        int batches = (samples.Count + BatchSize - 1) / BatchSize;
        int epochs = Math.Max(1, steps / batches);
        using var trainer = new Trainer<TNetwork>(model, new Adam(LearningRate));
        trainer.Fit(samples, new FitOptions
        {
            Epochs = epochs,
            BatchSize = BatchSize,
            Schedule = new CosineSchedule(LearningRate, epochs),
            Progress = null,
        });
        Predictions predictions = trainer.Evaluate(test).Predictions;
        _results.Add((name, predictions));
        return predictions;
    }

    /// <summary>
    /// The same scores with another question: not whether yes is likelier than no, but whether it is likelier than among all samples.
    /// </summary>
    public void AddThreshold(string name, Predictions predictions)
    {
        int[] counts = train.CountClasses();
        float shift = MathF.Log((float)counts[0] / counts[1]);
        float[] scores = predictions.Outputs.ToArray();
        for (int i = 1; i < scores.Length; i += 2)
            scores[i] += shift;
        _results.Add((name, new Predictions(scores, 2, predictions.Classes.ToArray())));
    }
}
