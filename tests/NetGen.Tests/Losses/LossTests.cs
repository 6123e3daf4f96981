namespace NetGen.Tests.Losses;

/// <summary>Row losses against their formulas in double precision, at sizes around every vector width.</summary>
[Trait("Category", "Numeric")]
public sealed class LossTests
{
    private const int Count = 7;

    public static TheoryData<int> Lengths => [1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 33, 64, 100];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Cross_entropy_of_class_ids_with_class_and_sample_weights(int classes)
    {
        float[] classWeights = Positive(classes, 6);
        var batch = new LossBatch(Count, classes) { Classes = TestData.Classes(Count, classes), Weights = Positive(Count, 7) };
        Check(batch, classes, Weighted, (x, sample) =>
        {
            int target = batch.Classes[sample];
            return batch.Weights[sample] * classWeights[target] * (LogSum(x) - x[target]);
        }, batch.Classes.Select((id, sample) => (double)batch.Weights[sample] * classWeights[id]).Sum());

        void Weighted(TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
            SoftmaxCrossEntropyLoss.Run(f, in o, ref g, rows, from, to, 0f, classWeights);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Cross_entropy_with_smoothed_and_weighted_class_ids(int classes)
    {
        const float Smoothing = 0.2f;
        float[] classWeights = Positive(classes, 6);
        var batch = new LossBatch(Count, classes) { Classes = TestData.Classes(Count, classes) };
        Check(batch, classes, Smoothed, (x, sample) =>
        {
            double sum = 0, logSum = LogSum(x);
            for (int i = 0; i < classes; i++)
            {
                double mass = (i == batch.Classes[sample] ? 1 - Smoothing : 0) + Smoothing / classes;
                sum += classWeights[i] * mass * (logSum - x[i]);
            }

            return sum;
        }, batch.Classes.Sum(id => (double)classWeights[id]));

        void Smoothed(TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
            SoftmaxCrossEntropyLoss.Run(f, in o, ref g, rows, from, to, Smoothing, classWeights);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Cross_entropy_of_probabilities_divides_by_the_number_of_samples(int classes)
    {
        float[] classWeights = Positive(classes, 6);
        var batch = new LossBatch(Count, classes) { Targets = Positive(Count * classes, 8) };
        Check(batch, classes, Run, (x, sample) =>
        {
            double sum = 0, logSum = LogSum(x);
            for (int i = 0; i < classes; i++)
                sum += classWeights[i] * batch.Targets[sample * classes + i] * (logSum - x[i]);
            return sum;
        }, Count);

        void Run(TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
            SoftmaxCrossEntropyLoss.Run(f, in o, ref g, rows, from, to, 0f, classWeights);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.5f)]
    [InlineData(1f)]
    [InlineData(3.5f)]
    public void Focal_loss_with_any_gamma(float gamma)
    {
        var batch = new LossBatch(Count, 9) { Classes = TestData.Classes(Count, 9) };
        Check(batch, 9, Run, (x, sample) =>
        {
            double logOfP = x[batch.Classes[sample]] - LogSum(x);
            return -Math.Pow(1 - Math.Exp(logOfP), gamma) * logOfP;
        }, Count);

        void Run(TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
            FocalLoss.Run(f, in o, ref g, rows, from, to, gamma);
    }

    [Fact]
    public void Focal_loss_of_a_certain_answer_is_zero_and_not_NaN()
    {
        var batch = new LossBatch(1, 3) { Outputs = [200, 0, -200], Classes = [0] };
        (double loss, float[] gradient) = batch.Run(
            (TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
                FocalLoss.Run(f, in o, ref g, rows, from, to, 0.5f), 16);
        Assert.Equal(0, loss);
        Assert.All(gradient, value => Assert.Equal(0f, value));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Cosine_distance(int length)
    {
        var batch = new LossBatch(Count, length) { Targets = TestData.Floats(Count * length, 9) };
        Check(batch, length, CosineEmbeddingLoss.Run, (x, sample) =>
        {
            double product = 0, squares = 1e-12, targetSquares = 1e-12;
            for (int i = 0; i < length; i++)
            {
                double target = batch.Targets[sample * length + i];
                product += x[i] * target;
                squares += x[i] * x[i];
                targetSquares += target * target;
            }

            return 1 - product / Math.Sqrt(squares * targetSquares);
        }, Count);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Multi_class_hinge_with_a_margin(int classes)
    {
        var batch = new LossBatch(Count, classes) { Classes = TestData.Classes(Count, classes) };
        Check(batch, classes, Run, (x, sample) =>
        {
            int target = batch.Classes[sample];
            return x.Select((value, i) => i == target ? 0 : Math.Max(0, 0.5 - x[target] + value)).Sum() / classes;
        }, Count);

        void Run(TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
            MultiClassHingeLoss.Run(f, in o, ref g, rows, from, to, 0.5f);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Divergence_from_a_class_id_is_its_cross_entropy(int classes)
    {
        var batch = new LossBatch(Count, classes) { Classes = TestData.Classes(Count, classes) };
        Check(batch, classes, KullbackLeiblerLoss.Run, (x, sample) => LogSum(x) - x[batch.Classes[sample]], Count);
    }

    [Fact]
    public void Samples_that_all_weigh_nothing_have_no_loss_and_no_gradient()
    {
        var batch = new LossBatch(2, 3) { Classes = [0, 1], Weights = [0, 0] };
        (double loss, float[] gradient) = batch.Run(CrossEntropy, 16);
        Assert.Equal(0, loss);
        Assert.All(gradient, value => Assert.Equal(0f, value));
    }

    [Fact]
    public void A_NaN_output_makes_the_loss_NaN()
    {
        var wide = new LossBatch(2, 4) { Outputs = [1, float.NaN, 2, 1, 2, 3, 1, 2], Classes = [0, 1] };
        Assert.True(double.IsNaN(wide.Run(CrossEntropy, 4).Loss));
        var narrow = new LossBatch(2, 3) { Outputs = [1, float.NaN, 2, 1, 2, 3], Classes = [0, 1] };
        Assert.True(double.IsNaN(narrow.Run(CrossEntropy, 3).Loss));
    }

    [Fact]
    public void Wrong_targets_are_refused()
    {
        var batch = new LossBatch(2, 3) { Classes = [0, 3] };
        Assert.Contains("classes holds 3 at sample 1; class ids run from 0 to 2",
            Assert.Throws<ArgumentException>(() => batch.Run(CrossEntropy, 16)).Message, StringComparison.Ordinal);
        Assert.Contains("needs target values", Assert.Throws<ArgumentException>(
            () => batch.Run(CosineEmbeddingLoss.Run, 16)).Message, StringComparison.Ordinal);

        var probabilities = new LossBatch(2, 3) { Targets = [0, 0, 1, 1, 0, 0] };
        Assert.Contains("needs class ids", Assert.Throws<ArgumentException>(() => probabilities.Run(
            static (TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
                FocalLoss.Run(f, in o, ref g, rows, from, to), 16)).Message, StringComparison.Ordinal);
        Assert.Contains("needs class ids", Assert.Throws<ArgumentException>(() => probabilities.Run(
            static (TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
                MultiClassHingeLoss.Run(f, in o, ref g, rows, from, to), 16)).Message, StringComparison.Ordinal);
    }

    private static void CrossEntropy(TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
        SoftmaxCrossEntropyLoss.Run(f, in o, ref g, rows, from, to);

    /// <summary>Compares the loss and its differences with a formula for one sample's loss times its weight.</summary>
    private static void Check(LossBatch batch, int length, LossBatch.Loss loss, Func<double[], int, double> formula, double total)
    {
        double expected = Enumerable.Range(0, Count).Sum(sample => formula(Row(sample), sample)) / total;
        double[] slopes = [.. Enumerable.Range(0, Count * length).Select(element => Slope(element / length, element % length))];
        foreach (int stride in (int[])[length, (length + 15) / 16 * 16, (length + 15) / 16 * 16 + 16])
        {
            (double actual, float[] gradient) = batch.Run(loss, stride);
            Assert.Equal(expected, actual, 3e-6 * Math.Max(1, Math.Abs(expected)));
            for (int element = 0; element < slopes.Length; element++)
                Assert.Equal(slopes[element], gradient[element], 3e-6);
        }

        double Slope(int sample, int i)
        {
            double[] row = Row(sample);
            row[i] += 1e-5;
            double above = formula(row, sample);
            row[i] -= 2e-5;
            return (above - formula(row, sample)) / 2e-5 / total;
        }

        double[] Row(int sample) => [.. batch.Outputs.Skip(sample * length).Take(length).Select(value => (double)value)];
    }

    private static double LogSum(double[] x)
    {
        double largest = x.Max();
        return largest + Math.Log(x.Sum(value => Math.Exp(value - largest)));
    }

    private static float[] Positive(int length, int seed) =>
        [.. TestData.Floats(length, seed).Select(value => MathF.Abs(value) + 0.1f)];
}
