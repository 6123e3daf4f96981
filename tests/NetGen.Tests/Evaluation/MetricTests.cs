namespace NetGen.Tests.Evaluation;

public sealed class MetricTests
{
    // Right 0 0 1 1 2 2, predicted 0 1 1 1 2 0.
    private static readonly Predictions s_three = new(
        [3, 2, 1, 1, 3, 0, 0, 2, 1, 1, 4, 1, 0, 1, 5, 9, 1, 8], 3, [0, 0, 1, 1, 2, 2]);

    [Fact]
    public void Classification_metrics_agree_with_counting_by_hand()
    {
        Assert.Equal(4 / 6.0, Metric.Accuracy.Compute(s_three), 12);
        Assert.Equal(1.0, Metric.TopK(2).Compute(s_three), 12);
        Assert.Equal(4 / 6.0, Metric.TopK(1).Compute(s_three), 12);
        Assert.Equal((1 / 2.0 + 2 / 3.0 + 1) / 3, Metric.Precision().Compute(s_three), 12);
        Assert.Equal((1 / 2.0 + 1 + 1 / 2.0) / 3, Metric.Recall().Compute(s_three), 12);
        Assert.Equal((1 / 2.0 + 4 / 5.0 + 2 / 3.0) / 3, Metric.F1().Compute(s_three), 12);
        Assert.Equal(4 / 6.0, Metric.F1(Averaging.Micro).Compute(s_three), 12);
        Assert.Throws<InvalidOperationException>(() => Metric.F1(Averaging.Binary).Compute(s_three));
    }

    [Fact]
    public void Weighted_averages_count_classes_by_their_samples()
    {
        var predictions = new Predictions([1, 0, 1, 0, 1, 0, 0, 1], 2, [0, 0, 1, 1]);
        Assert.Equal((2 * 2 / 3.0 + 2 * 1.0) / 4, Metric.Precision(Averaging.Weighted).Compute(predictions), 12);
        Assert.Equal(1, Metric.Precision(Averaging.Binary).Compute(predictions), 12);
        Assert.Equal(0.5, Metric.Recall(Averaging.Binary).Compute(predictions), 12);
        Assert.Equal("binary recall", Metric.Recall(Averaging.Binary).Name);
    }

    [Fact]
    public void The_area_under_the_curve_counts_ordered_pairs_and_ties_by_half()
    {
        float[] scores = [0.1f, 0.4f, 0.35f, 0.8f, 0.4f];
        int[] classes = [0, 0, 1, 1, 1];
        double pairs = 0;
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                if (classes[i] == 1 && classes[j] == 0)
                    pairs += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        }

        Assert.Equal(pairs / 6, Metric.RocAuc.Compute(new Predictions(scores, 1, classes)), 12);
        Assert.True(double.IsNaN(Metric.RocAuc.Compute(new Predictions([1f, 2f], 1, [1, 1]))));
        Assert.InRange(Metric.RocAuc.Compute(s_three), 0.5, 1);
    }

    [Fact]
    public void Regression_metrics_agree_with_their_formulas()
    {
        var predictions = new Predictions([1, 2, 4, 3], 1, [1f, 3f, 3f, 5f]);
        Assert.Equal((0 + 1 + 1 + 4) / 4.0, Metric.MeanSquaredError.Compute(predictions), 12);
        Assert.Equal((0 + 1 + 1 + 2) / 4.0, Metric.MeanAbsoluteError.Compute(predictions), 12);
        Assert.Equal(1 - 6 / 8.0, Metric.RSquared.Compute(predictions), 12);
    }

    [Fact]
    public void A_single_logit_decides_between_two_classes()
    {
        var predictions = new Predictions([-1f, 2f, 0.1f, 0f], 1, [0f, 1f, 0f, 1f], meaning: OutputMeaning.Logits);
        Assert.Equal([0, 1, 1, 0], predictions.PredictedClasses.ToArray());
        Assert.Equal(0.5, Metric.Accuracy.Compute(predictions), 12);
    }

    [Fact]
    public void Probabilities_stand_for_their_largest_class()
    {
        var predictions = new Predictions([1f, 2f, 2f, 1f], 2, [0.3f, 0.7f, 0.2f, 0.8f], TargetKind.Classes);
        Assert.Equal(0.5, Metric.Accuracy.Compute(predictions), 12);
    }

    [Fact]
    public void Metrics_of_the_wrong_kind_say_what_they_need()
    {
        var values = new Predictions([1f, 2f], 2, [1f, 2f]);
        Assert.Contains("accuracy needs classes", Assert.Throws<InvalidOperationException>(
            () => Metric.Accuracy.Compute(values)).Message, StringComparison.Ordinal);
        Assert.Contains("mse needs target values", Assert.Throws<InvalidOperationException>(
            () => Metric.MeanSquaredError.Compute(s_three)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Predictions([1f, 2f], 2, [2]));
        Assert.Throws<ArgumentException>(() => new Predictions([1f, 2f], 2, [0, 1]));
    }

    [Fact]
    public void The_matrix_and_the_report_are_tables_in_any_culture()
    {
        var matrix = new ConfusionMatrix(s_three);
        Assert.Equal(1, matrix[0, 1]);
        Assert.Equal(2, matrix.Support(2));
        Assert.Equal(
            "right \\ predicted     0    1    2\n0                     1    1    0\n1                     0    2    0\n2                     1    0  "
            + "  1",
            matrix.ToString());
        string[] lines = matrix.Report(["zero", "one", "two"]).Split('\n');
        Assert.Equal("one               0.6667    1.0000    0.8000         2", lines[2]);
        Assert.Equal("accuracy          0.6667", lines[^1]);
        Assert.Equal(lines[0].Length, lines[1].Length);
    }
}
