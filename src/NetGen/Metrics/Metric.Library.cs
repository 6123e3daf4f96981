namespace NetGen.Metrics;

/// <content>
/// The metrics that come with the library. They know what outputs mean, see <see cref="OutputMeaning"/>: metrics of classes refuse the
/// targets of a regression and the other way round; metrics of values compare the probabilities of logits and the rates of their
/// logarithms. Of predictions with NaN every metric is NaN.
/// </content>
public sealed partial class Metric
{
    /// <summary>The share of samples whose predicted class is right.</summary>
    public static Metric Accuracy { get; } = OfClasses("accuracy", ComputeAccuracy);

    /// <summary>
    /// The mean recall of the classes that occur: what the accuracy would be if all were equally frequent (K. Brodersen et al., 2010).
    /// </summary>
    public static Metric BalancedAccuracy { get; } = OfClasses("balanced accuracy", static p => new ConfusionMatrix(p).BalancedAccuracy);

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
    /// counting half (J. Hanley and B. McNeil, 1982). With more than two classes, or several outputs of their own, the mean of
    /// each against the rest, over those that occur and are not all there is; NaN if there is none.
    /// </summary>
    public static Metric RocAuc { get; } = OfRanks("auc", Ranking.RocArea);

    /// <summary>
    /// The area under the curve of precision over recall: Σ (Rₙ − Rₙ₋₁) Pₙ over all thresholds, samples with equal scores
    /// taken together. It says more than <see cref="RocAuc"/> where the class is rare. With more than two classes, or several outputs of
    /// their own, the mean of each against the rest, over those that occur; NaN if there is none.
    /// </summary>
    public static Metric AveragePrecision { get; } = OfRanks("average precision", Ranking.AveragePrecision);

    /// <summary>The share of samples whose right class is among the k highest scores; ties count for the smaller index.</summary>
    /// <param name="k">At least 1.</param>
    public static Metric TopK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return OfClasses($"top-{k}", predictions => ComputeTopK(predictions, k));
    }

    /// <summary>Right predictions of a class among all predictions of it; 0 where there are none.</summary>
    /// <param name="averaging">How classes are averaged.</param>
    public static Metric Precision(Averaging averaging = Averaging.Macro) =>
        OfClasses(NameWith("precision", averaging), p => new ConfusionMatrix(p).Precision(averaging));

    /// <summary>Right predictions of a class among all samples of it; 0 where there are none.</summary>
    /// <param name="averaging">How classes are averaged.</param>
    public static Metric Recall(Averaging averaging = Averaging.Macro) =>
        OfClasses(NameWith("recall", averaging), p => new ConfusionMatrix(p).Recall(averaging));

    /// <summary>The harmonic mean of precision and recall.</summary>
    /// <param name="averaging">How classes are averaged.</param>
    public static Metric F1(Averaging averaging = Averaging.Macro) =>
        OfClasses(NameWith("f1", averaging), p => new ConfusionMatrix(p).F1(averaging));

    private static string NameWith(string name, Averaging averaging) =>
        averaging == Averaging.Macro ? name : $"{averaging.ToString().ToLowerInvariant()} {name}";

    private static Metric OfClasses(string name, Func<Predictions, double> compute) => new(name, true, predictions =>
    {
        predictions.RequireClasses(name);
        return predictions.HasNaN ? double.NaN : compute(predictions);
    });

    private static Metric OfRanks(string name, Func<double[], bool[], double> measure) => new(name, true, predictions =>
    {
        predictions.RequireLabels(name);
        return predictions.HasNaN ? double.NaN : Ranking.Mean(predictions, measure);
    });

    private static double ComputeAccuracy(Predictions predictions)
    {
        ReadOnlySpan<int> right = predictions.Classes.Span, predicted = predictions.PredictedClasses.Span;
        int hits = 0;
        for (int i = 0; i < right.Length; i++)
            hits += right[i] == predicted[i] ? 1 : 0;
        return (double)hits / right.Length;
    }

    private static double ComputeTopK(Predictions predictions, int k)
    {
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
            hits += ahead < k ? 1 : 0;
        }

        return (double)hits / predictions.Count;
    }

    private static double Mean(Predictions predictions, string name, Func<double, double> function)
    {
        ReadOnlySpan<double> values = predictions.RequireValues(name);
        ReadOnlySpan<float> targets = predictions.Targets.Span;
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
            sum += function(values[i] - targets[i]);
        return sum / targets.Length;
    }

    private static double ComputeRSquared(Predictions predictions)
    {
        ReadOnlySpan<double> values = predictions.RequireValues("r2");
        ReadOnlySpan<float> targets = predictions.Targets.Span;
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
                residual += Math.Pow(targets[i] - values[i], 2);
                variation += Math.Pow(targets[i] - mean, 2);
            }

            // Where the target never varies there is nothing to divide by; what is not a number stays none.
            total += variation != 0 ? 1 - residual / variation : residual == 0 ? 1 : 0 * residual;
        }

        return total / length;
    }
}
