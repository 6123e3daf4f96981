using System.Globalization;

namespace NetGen.Metrics;

/// <summary>What target values say in the terms of classes, where outputs decide between classes.</summary>
/// <param name="Classes">The right classes, or none.</param>
/// <param name="HasLabels">Whether they are 0 or 1 for each of several outputs of their own.</param>
/// <param name="WhyNot">Why there are no classes, as the second half of a sentence.</param>
internal sealed record TargetReading(int[] Classes, bool HasLabels, string WhyNot)
{
    // Labels of 0.1 and 0.9 add up to 1 but for rounding.
    private const double SumTolerance = 1e-3;

    internal static TargetReading Of(float[] targets, int outputLength, OutputMeaning meaning) => meaning switch
    {
        OutputMeaning.Unknown => None(
            $"it is not known what the outputs are: say it with an {nameof(OutputMeaning)}, or use mse, mae or r2 for values"),
        OutputMeaning.Values or OutputMeaning.LogRates => None("the outputs are the values of a regression: use mse, mae or r2"),
        OutputMeaning.ClassLogits or OutputMeaning.ClassProbabilities or OutputMeaning.ClassScores => OfRows(targets, outputLength, meaning),
        _ when outputLength > 1 => OfLabels(targets),
        // The loss of logits takes probabilities; other outputs of two classes are also found in regressions.
        OutputMeaning.Logits => OfSingles(targets, "from 0 to 1", target => target is >= 0 and <= 1, target => target >= 0.5f),
        OutputMeaning.Probabilities => OfSingles(targets, "0 and 1", target => target is 0 or 1, target => target == 1),
        _ => OfSingles(targets, "-1 and 1", target => target is -1 or 1, target => target == 1),
    };

    private static TargetReading None(string why) => new([], false, why);

    private static TargetReading OfSingles(float[] targets, string expected, Func<float, bool> isTarget, Func<float, bool> isOne)
    {
        int odd = Array.FindIndex(targets, target => !isTarget(target));
        return odd < 0
            ? new TargetReading(Array.ConvertAll(targets, target => isOne(target) ? 1 : 0), false, "")
            : None(FormattableString.Invariant(
                $"the target of sample {odd} is {targets[odd]}, where those of two classes are {expected}: use mse, mae or r2 for values"));
    }

    private static TargetReading OfLabels(float[] targets) => new([], targets.All(target => target is 0 or 1),
        "each of the several outputs decides for itself: use auc or average precision, which are their means");

    private static TargetReading OfRows(float[] targets, int length, OutputMeaning meaning)
    {
        var classes = new int[targets.Length / length];
        for (int sample = 0; sample < classes.Length; sample++)
        {
            ReadOnlySpan<float> row = targets.AsSpan(sample * length, length);
            // What a loss on classes is told are their probabilities; for others a row must look like that.
            bool isDistribution = meaning == OutputMeaning.ClassProbabilities ? IsDistribution(row) : !row.ContainsAnyNaN();
            if (!isDistribution)
            {
                string text = string.Join(", ", row.ToArray().Select(target => target.ToString(CultureInfo.InvariantCulture)));
                return None($"the targets of sample {sample} are no probabilities: {text}");
            }

            classes[sample] = Prediction.Classify(row);
        }

        return new TargetReading(classes, false, "");
    }

    private static bool IsDistribution(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (float target in row)
        {
            if (!(target >= 0))
                return false;
            sum += target;
        }

        return Math.Abs(sum - 1) <= SumTolerance;
    }
}
