namespace NetGen.Tests.Evaluation;

/// <summary>Metrics that know what outputs are. Numbers of scikit-learn come from its documentation.</summary>
public sealed class MeaningTests
{
    private static Predictions Of(float[] outputs, float[] targets, OutputMeaning meaning, int length = 1) =>
        new(outputs, length, targets, meaning: meaning);

    [Theory]
    [InlineData(OutputMeaning.Probabilities, 0.9f, 0.1f, 0f)]
    [InlineData(OutputMeaning.Logits, 0.4f, -0.1f, 0f)]
    [InlineData(OutputMeaning.Margins, 0.4f, -0.1f, -1f)]
    [InlineData(OutputMeaning.Signs, 0.4f, -0.1f, -1f)]
    public void Two_classes_are_told_apart_where_the_outputs_say_so(OutputMeaning meaning, float one, float zero, float targetOfZero)
    {
        Predictions right = Of([one, zero, one, zero], [1, targetOfZero, 1, targetOfZero], meaning);
        Predictions half = Of([one, zero, one, zero], [1, 1, targetOfZero, targetOfZero], meaning);
        Predictions ids = new([one, zero, zero, zero], 1, [1, 0, 1, 0], meaning);

        Assert.Equal((1.0, 1.0, 1.0), (Metric.Accuracy.Compute(right), Metric.RocAuc.Compute(right), Metric.F1().Compute(right)));
        Assert.Equal(0.5, Metric.Accuracy.Compute(half));
        Assert.Equal(0.75, Metric.Accuracy.Compute(ids));
    }

    [Theory]
    [InlineData(OutputMeaning.Values, new float[] { 1, 0 }, "the outputs are the values of a regression: use mse, mae or r2")]
    [InlineData(OutputMeaning.LogRates, new float[] { 1, 0 }, "the outputs are the values of a regression")]
    [InlineData(OutputMeaning.Unknown, new float[] { 1, 0 }, "say it with an OutputMeaning")]
    [InlineData(OutputMeaning.Probabilities, new float[] { 1, 0.37f }, "the target of sample 1 is 0.37, where those of two classes are 0 and 1")]
    [InlineData(OutputMeaning.Margins, new float[] { 1, 0 }, "the target of sample 1 is 0, where those of two classes are -1 and 1")]
    [InlineData(OutputMeaning.Logits, new float[] { 2, 0 }, "the target of sample 0 is 2")]
    public void The_classes_of_a_regression_are_refused_with_what_to_use_instead(OutputMeaning meaning, float[] targets, string reason)
    {
        Predictions predictions = Of([0.2f, 0.3f], targets, meaning);

        foreach (Metric metric in (Metric[])[Metric.Accuracy, Metric.BalancedAccuracy, Metric.F1(), Metric.RocAuc, Metric.AveragePrecision, Metric.TopK(1)])
        {
            string message = Assert.Throws<InvalidOperationException>(() => metric.Compute(predictions)).Message;
            Assert.StartsWith($"{metric.Name} needs classes, but ", message, StringComparison.Ordinal);
            Assert.Contains(reason, message, StringComparison.Ordinal);
        }

        Assert.Throws<InvalidOperationException>(() => new ConfusionMatrix(predictions));
        Assert.Equal(0, predictions.ClassCount);
    }

    [Fact]
    public void Values_are_compared_in_the_terms_of_the_targets()
    {
        Predictions rates = Of([0, MathF.Log(4)], [1, 2], OutputMeaning.LogRates);
        Predictions logits = Of([0, 0], [1, 0], OutputMeaning.Logits);
        var classes = new Predictions([0, MathF.Log(3)], 2, [1, 0], TargetKind.Classes, OutputMeaning.ClassLogits);

        Assert.Equal(2, Metric.MeanSquaredError.Compute(rates), 1e-5);
        Assert.Equal(0.25, Metric.MeanSquaredError.Compute(logits), 1e-12);
        Assert.Equal(0.75, Metric.MeanAbsoluteError.Compute(classes), 1e-6);
        string message = Assert.Throws<InvalidOperationException>(
            () => Metric.RSquared.Compute(Of([3, -3], [1, -1], OutputMeaning.Margins))).Message;
        Assert.Contains("r2 compares outputs with targets, but the outputs are scores", message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_hot_rows_are_classes_where_outputs_are_one_per_class()
    {
        float[] outputs = [0.7f, 0.2f, 0.1f, 0.1f, 0.1f, 0.8f];

        Assert.Equal(1, Metric.Accuracy.Compute(Of(outputs, [1, 0, 0, 0, 0, 1], OutputMeaning.ClassProbabilities, 3)));
        Assert.Equal(0.5, Metric.Accuracy.Compute(Of(outputs, [1, 0, 0, 0, 1, 0], OutputMeaning.ClassLogits, 3)));
        Assert.Contains("the targets of sample 1 are no probabilities: 0, 3, 1", Assert.Throws<InvalidOperationException>(
            () => Metric.Accuracy.Compute(Of(outputs, [1, 0, 0, 0, 3, 1], OutputMeaning.ClassProbabilities, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_of_their_own_have_means_over_labels()
    {
        // Label 0 is ordered perfectly; label 1 ties with one of two.
        Predictions labels = Of([2, 1, 1, 0, 0, 1], [1, 1, 1, 0, 0, 0], OutputMeaning.Logits, 2);

        Assert.Equal((1 + 0.75) / 2, Metric.RocAuc.Compute(labels), 12);
        Assert.Equal((1 + 0.5) / 2, Metric.AveragePrecision.Compute(labels), 12);
        Assert.Contains("use auc or average precision", Assert.Throws<InvalidOperationException>(
            () => Metric.Accuracy.Compute(labels)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Average_precision_is_that_of_scikit_learn()
    {
        Assert.Equal(0.8333333333, Metric.AveragePrecision.Compute(new Predictions([0.1f, 0.4f, 0.35f, 0.8f], 1, [0, 0, 1, 1])), 1e-9);
        var three = new Predictions(
            [0.7f, 0.2f, 0.1f, 0.4f, 0.3f, 0.3f, 0.1f, 0.8f, 0.1f, 0.2f, 0.3f, 0.5f, 0.4f, 0.4f, 0.2f, 0.1f, 0.2f, 0.7f],
            3, [0, 0, 1, 1, 2, 2], OutputMeaning.ClassProbabilities);
        Assert.Equal(0.7777777778, Metric.AveragePrecision.Compute(three), 1e-9);
        // All scores alike: the share of the class.
        Assert.Equal(0.25, Metric.AveragePrecision.Compute(new Predictions([1f, 1f, 1f, 1f], 1, [0, 1, 0, 0])), 12);
        Assert.True(double.IsNaN(Metric.AveragePrecision.Compute(new Predictions([1f, 2f], 1, [0, 0]))));
    }

    [Fact]
    public void Balanced_accuracy_is_that_of_scikit_learn()
    {
        Assert.Equal(0.625, Metric.BalancedAccuracy.Compute(new Predictions([-1, 1, -1, -1, -1, 1], 1, [0, 1, 0, 0, 1, 0])), 12);
        // A class that does not occur has no recall, even where it is predicted.
        Assert.Equal(0.75, Metric.BalancedAccuracy.Compute(new Predictions([1, 0, 0, 0, 0, 1, 0, 1, 0], 3, [0, 0, 1])), 12);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void Classes_that_do_not_occur_change_no_macro_average(int classes)
    {
        int[] right = [2, 1, 0, 0], predicted = [2, 1, 0, 1];
        var outputs = new float[4 * classes];
        for (int i = 0; i < 4; i++)
            outputs[i * classes + predicted[i]] = 1;
        var predictions = new Predictions(outputs, classes, right);

        Assert.Equal(0.7777777778, Metric.F1().Compute(predictions), 1e-9);
        Assert.Equal(0.8333333333, Metric.Precision().Compute(predictions), 1e-9);
        Assert.Equal(0.8333333333, Metric.Recall().Compute(predictions), 1e-9);
        Assert.Contains("mean              0.8333    0.8333    0.7778", new ConfusionMatrix(predictions).Report(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_NaN_is_in_every_metric()
    {
        Metric[] ofClasses = [Metric.Accuracy, Metric.BalancedAccuracy, Metric.F1(), Metric.RocAuc, Metric.AveragePrecision, Metric.TopK(2)];
        float[][] scores = [[float.NaN, float.NaN, float.NaN, float.NaN], [1, 2, float.NaN, 0]];
        foreach (float[] some in scores)
        {
            foreach (int[] order in (int[][])[[0, 0, 1, 1], [1, 0, 1, 0], [1, 1, 0, 0]])
                Assert.All(ofClasses, metric => Assert.True(double.IsNaN(metric.Compute(new Predictions(some, 1, order))), metric.Name));
            Assert.All(ofClasses, metric => Assert.True(double.IsNaN(metric.Compute(new Predictions(some, 2, [0, 1]))), metric.Name));
            Assert.All((Metric[])[Metric.MeanSquaredError, Metric.MeanAbsoluteError, Metric.RSquared],
                metric => Assert.True(double.IsNaN(metric.Compute(Of(some, [1, 1, 1, 1], OutputMeaning.Values))), metric.Name));
        }

        var predictions = new Predictions([1, 2, float.NaN, 0], 2, [0, 1]);
        Assert.Equal([1, -1], predictions.PredictedClasses.ToArray());
        Assert.Contains("the scores of sample 1 hold NaN", Assert.Throws<InvalidOperationException>(
            () => new ConfusionMatrix(predictions)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Probabilities_are_ranked_as_they_are_and_certain_logits_are_told_apart()
    {
        // A second softmax over probabilities would put the second before the first.
        var probabilities = new Predictions(
            [0.5f, 0.5f, 0, 0.48f, 0.26f, 0.26f, 0, 0.4f, 0.6f], 3, [0, 1, 2], OutputMeaning.ClassProbabilities);
        Assert.Equal((1 + 0 + 1) / 3.0, Metric.RocAuc.Compute(probabilities), 12);

        // All probabilities of class 0 round to 1.
        var logits = new Predictions([60, 0, 0, 50, 0, 0, float.PositiveInfinity, 0, 0], 3, [0, 1, 0], OutputMeaning.ClassLogits);
        Assert.Equal(1, Metric.RocAuc.Compute(logits), 12);
    }
}
