namespace NetGen.Metrics;

/// <content>The metrics that come with the library.</content>
public sealed partial class Metric
{
    /// <summary>The share of samples whose predicted class is right.</summary>
    public static Metric Accuracy { get; } = new("accuracy", true, ComputeAccuracy);

    /// <summary>The mean over all elements of (output − target)².</summary>
    public static Metric MeanSquaredError { get; } = new("mse", false, static p => Mean(p, "mse", static e => e * e));

    /// <summary>The mean over all elements of |output − target|.</summary>
    public static Metric MeanAbsoluteError { get; } = new("mae", false, static p => Mean(p, "mae", Math.Abs));

    /// <summary>
    /// The coefficient of determination: 1 − Σ (target − output)² / Σ (target − mean)², the mean over outputs if there are several. An
    /// output whose target never varies counts 1 if it is met exactly and 0 otherwise.
    /// </summary>
    public static Metric RSquared { get; } = new("r2", true, ComputeRSquared);

    /// <summary>
    /// The area under the receiver operating characteristic: the probability that a sample of the class is scored above one that is not, ties
    /// counting half (J. Hanley and B. McNeil, 1982). With more than two classes, the mean of each class against the rest, over
    /// those that occur and are not all there is; NaN if there is none.
    /// </summary>
    public static Metric RocAuc { get; } = new("auc", true, ReceiverCurve.Area);

    /// <summary>The share of samples whose right class is among the k highest scores; ties count for the smaller index.</summary>
    /// <param name="k">At least 1.</param>
    public static Metric TopK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return new Metric($"top-{k}", true, predictions => ComputeTopK(predictions, k));
    }

    /// <summary>Right predictions of a class among all predictions of it; 0 where there are none.</summary>
    /// <param name="averaging">How classes are averaged.</param>
    public static Metric Precision(Averaging averaging = Averaging.Macro) =>
        new(NameWith("precision", averaging), true, p => new ConfusionMatrix(p).Precision(averaging));

    /// <summary>Right predictions of a class among all samples of it; 0 where there are none.</summary>
    /// <param name="averaging">How classes are averaged.</param>
    public static Metric Recall(Averaging averaging = Averaging.Macro) =>
        new(NameWith("recall", averaging), true, p => new ConfusionMatrix(p).Recall(averaging));

    /// <summary>The harmonic mean of precision and recall.</summary>
    /// <param name="averaging">How classes are averaged.</param>
    public static Metric F1(Averaging averaging = Averaging.Macro) =>
        new(NameWith("f1", averaging), true, p => new ConfusionMatrix(p).F1(averaging));

    private static string NameWith(string name, Averaging averaging) =>
        averaging == Averaging.Macro ? name : $"{averaging.ToString().ToLowerInvariant()} {name}";

    private static double ComputeAccuracy(Predictions predictions)
    {
        predictions.RequireClasses("accuracy");
        ReadOnlySpan<int> right = predictions.Classes.Span, predicted = predictions.PredictedClasses.Span;
        int hits = 0;
        for (int i = 0; i < right.Length; i++)
            hits += right[i] == predicted[i] ? 1 : 0;
        return (double)hits / right.Length;
    }

    private static double ComputeTopK(Predictions predictions, int k)
    {
        predictions.RequireClasses($"top-{k}");
        if (predictions.OutputLength == 1)
            return k == 1 ? ComputeAccuracy(predictions) : 1;
        int hits = 0;
        for (int sample = 0; sample < predictions.Count; sample++)
        {
            ReadOnlySpan<float> scores = predictions.Output(sample);
            int right = predictions.Classes.Span[sample];
            int ahead = 0;
            for (int i = 0; i < scores.Length; i++)
                ahead += scores[i] > scores[right] || (scores[i] == scores[right] && i < right) ? 1 : 0;
            hits += ahead < k && !float.IsNaN(scores[right]) ? 1 : 0;
        }

        return (double)hits / predictions.Count;
    }

    private static double Mean(Predictions predictions, string name, Func<double, double> function)
    {
        ReadOnlySpan<float> targets = predictions.RequireTargets(name), outputs = predictions.Outputs.Span;
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
            sum += function((double)outputs[i] - targets[i]);
        return sum / targets.Length;
    }

    private static double ComputeRSquared(Predictions predictions)
    {
        ReadOnlySpan<float> targets = predictions.RequireTargets("r2"), outputs = predictions.Outputs.Span;
        int length = predictions.OutputLength;
        double total = 0;
        for (int column = 0; column < length; column++)
        {
            double mean = 0, residual = 0, variation = 0;
            for (int i = column; i < targets.Length; i += length)
                mean += targets[i];
            mean /= predictions.Count;
            for (int i = column; i < targets.Length; i += length)
            {
                residual += Math.Pow((double)targets[i] - outputs[i], 2);
                variation += Math.Pow(targets[i] - mean, 2);
            }

            total += variation > 0 ? 1 - residual / variation : residual == 0 ? 1 : 0;
        }

        return total / length;
    }
}
