using System.Globalization;
using System.Text;

namespace NetGen.Metrics;

/// <summary>How often samples of one class were taken for another.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    /// <summary>Counts predictions.</summary>
    /// <param name="predictions">Predictions of classes.</param>
    /// <exception cref="InvalidOperationException">The targets are no classes, or a score is NaN, which predicts none.</exception>
    public ConfusionMatrix(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        predictions.RequireClasses("A confusion matrix");
        int without = predictions.PredictedClasses.Span.IndexOf(OutputReading.NoClass);
        if (without >= 0)
            throw new InvalidOperationException($"A confusion matrix needs predicted classes, but the scores of sample {without} hold NaN.");
        ClassCount = predictions.ClassCount;
        Total = predictions.Count;
        _counts = new int[ClassCount, ClassCount];
        ReadOnlySpan<int> right = predictions.Classes.Span, predicted = predictions.PredictedClasses.Span;
        for (int i = 0; i < right.Length; i++)
            _counts[right[i], predicted[i]]++;
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of samples.</summary>
    public int Total { get; }

    /// <summary>The share of right predictions.</summary>
    public double Accuracy => (double)Enumerable.Range(0, ClassCount).Sum(id => _counts[id, id]) / Total;

    /// <summary>The mean recall of the classes that occur.</summary>
    public double BalancedAccuracy => Enumerable.Range(0, ClassCount).Where(id => Support(id) > 0).Average(Recall);

    /// <summary>How many samples of one class were predicted as another.</summary>
    /// <param name="right">The right class.</param>
    /// <param name="predicted">The predicted class.</param>
    public int this[int right, int predicted] => _counts[right, predicted];

    /// <summary>The number of samples of a class.</summary>
    /// <param name="id">The class.</param>
    public int Support(int id) => Enumerable.Range(0, ClassCount).Sum(predicted => _counts[id, predicted]);

    /// <summary>Right predictions of a class among all predictions of it; 0 where there are none.</summary>
    /// <param name="id">The class.</param>
    public double Precision(int id) => Ratio(_counts[id, id], PredictionsOf(id));

    /// <summary>Right predictions of a class among all samples of it; 0 where there are none.</summary>
    /// <param name="id">The class.</param>
    public double Recall(int id) => Ratio(_counts[id, id], Support(id));

    /// <summary>The harmonic mean of a class's precision and recall; 0 where both are 0.</summary>
    /// <param name="id">The class.</param>
    public double F1(int id)
    {
        double precision = Precision(id), recall = Recall(id);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /// <summary>The precision of all classes.</summary>
    /// <param name="averaging">How they are averaged.</param>
    public double Precision(Averaging averaging) => Average(averaging, Precision);

    /// <summary>The recall of all classes.</summary>
    /// <param name="averaging">How they are averaged.</param>
    public double Recall(Averaging averaging) => Average(averaging, Recall);

    /// <summary>The F1 of all classes.</summary>
    /// <param name="averaging">How they are averaged.</param>
    public double F1(Averaging averaging) => Average(averaging, F1);

    /// <summary>The matrix as a table: a row per right class, a column per predicted one.</summary>
    public override string ToString()
    {
        int width = Math.Max(5, Total.ToString(CultureInfo.InvariantCulture).Length + 2);
        var text = new StringBuilder("right \\ predicted".PadRight(18));
        for (int id = 0; id < ClassCount; id++)
            text.Append(id.ToString(CultureInfo.InvariantCulture).PadLeft(width));
        for (int right = 0; right < ClassCount; right++)
        {
            text.Append('\n').Append(right.ToString(CultureInfo.InvariantCulture).PadRight(18));
            for (int id = 0; id < ClassCount; id++)
                text.Append(_counts[right, id].ToString(CultureInfo.InvariantCulture).PadLeft(width));
        }

        return text.ToString();
    }

    /// <summary>A table of precision, recall, F1 and number of samples per class, and their averages.</summary>
    /// <param name="names">The classes' names; their ids if left out.</param>
    public string Report(IReadOnlyList<string>? names = null)
    {
        if (names is not null && names.Count != ClassCount)
            throw new ArgumentException($"There are {names.Count} names for {ClassCount} classes.", nameof(names));
        string[] labels = [.. Enumerable.Range(0, ClassCount).Select(id => names?[id] ?? id.ToString(CultureInfo.InvariantCulture))];
        int width = Math.Max("weighted mean".Length, labels.Max(label => label.Length)) + 1;
        var text = new StringBuilder();
        text.Append("class".PadRight(width)).Append(" precision    recall        f1   samples");
        for (int id = 0; id < ClassCount; id++)
            Row(labels[id], Precision(id), Recall(id), F1(id), Support(id));
        Row("mean", Precision(Averaging.Macro), Recall(Averaging.Macro), F1(Averaging.Macro), Total);
        Row("weighted mean", Precision(Averaging.Weighted), Recall(Averaging.Weighted), F1(Averaging.Weighted), Total);
        return text.Append(CultureInfo.InvariantCulture, $"\n{"accuracy".PadRight(width)}{Accuracy,10:0.0000}").ToString();

        void Row(string label, double precision, double recall, double f1, int samples) => text.Append(
            CultureInfo.InvariantCulture, $"\n{label.PadRight(width)}{precision,10:0.0000}{recall,10:0.0000}{f1,10:0.0000}{samples,10}");
    }

    private double Average(Averaging averaging, Func<int, double> ofClass) => averaging switch
    {
        Averaging.Macro => Enumerable.Range(0, ClassCount).Where(id => Support(id) + PredictionsOf(id) > 0).Average(ofClass),
        Averaging.Weighted => Enumerable.Range(0, ClassCount).Sum(id => ofClass(id) * Support(id)) / Total,
        // Every wrong prediction is one sample missed and one taken for another: precision, recall and F1 are all the accuracy.
        Averaging.Micro => Accuracy,
        Averaging.Binary when ClassCount == 2 => ofClass(1),
        _ => throw new InvalidOperationException(
            $"Binary averaging is for two classes, there are {ClassCount}; use another averaging."),
    };

    private int PredictionsOf(int id) => Enumerable.Range(0, ClassCount).Sum(right => _counts[right, id]);

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
