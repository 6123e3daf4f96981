using NetGen.Testing;

namespace NetGen.Tests.Networks;

public sealed class PredictionTests
{
    private readonly RegressionNet _net = new();

    [Fact]
    public void A_batch_gives_the_bits_of_single_predictions_for_any_number_of_threads()
    {
        foreach (int count in (int[])[1, 7, 8, 9, 101])
        {
            float[] inputs = TestData.Floats(count * RegressionNet.InputLength);
            var expected = new float[count * RegressionNet.OutputLength];
            for (int i = 0; i < count; i++)
                _net.Predict(inputs.AsSpan(i * 6, 6), expected.AsSpan(i * 3, 3));

            for (int threads = 0; threads <= 5; threads++)
            {
                var outputs = new float[expected.Length + 2];
                _net.PredictBatch(inputs, outputs, threads);
                Assert.Equal(expected, outputs[..^2]);
                Assert.Equal([0f, 0f], outputs[^2..]);
            }
        }
    }

    [Fact]
    public async Task Many_threads_may_predict_with_one_model()
    {
        float[] inputs = TestData.Floats(100 * RegressionNet.InputLength);
        var expected = new float[100 * RegressionNet.OutputLength];
        _net.PredictBatch(inputs, expected, 1);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            var outputs = new float[expected.Length];
            for (int i = 0; i < 50; i++)
            {
                Array.Clear(outputs);
                _net.PredictBatch(inputs, outputs);
                Assert.Equal(expected, outputs);
            }
        })));

        Assert.Equal(0, RegressionNet.DirtyScratch);
    }

    [Fact]
    public void Predictions_allocate_nothing_once_warm()
    {
        float[] inputs = TestData.Floats(100 * RegressionNet.InputLength);
        var outputs = new float[100 * RegressionNet.OutputLength];
        Allocation.None(() =>
        {
            _net.Predict(inputs.AsSpan(0, 6), outputs.AsSpan(0, 3));
            _net.PredictBatch(inputs, outputs, 1);
            _net.PredictBatch(inputs, outputs, 2);
            _net.PredictBatch(inputs, outputs);
        });
    }

    [Fact]
    public void Wrong_lengths_are_refused_with_what_was_expected()
    {
        var three = new float[3];
        var six = new float[6];
        AssertRefused("input holds 3 floats; RegressionNet expects 6 (1×2×3).", () => _net.Predict(three, three));
        AssertRefused("output holds 6 floats; RegressionNet writes 3.", () => _net.Predict(six, six));
        AssertRefused(
            "inputs holds 13 floats; RegressionNet expects a multiple of 6 (1×2×3).",
            () => _net.PredictBatch(new float[13], six));
        AssertRefused(
            "outputs holds 6 floats; RegressionNet writes 3 for each of the 3 samples, 9 in all.",
            () => _net.PredictBatch(new float[18], six));
        AssertRefused("outputs overlaps inputs", () => _net.PredictBatch(six, six.AsSpan(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _net.PredictBatch(six, three, -1));

        static void AssertRefused(string message, Action action) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_batch_is_no_work() => _net.PredictBatch([], []);

    [Theory]
    [InlineData(new[] { 1f, 3f, 2f }, 1)]
    [InlineData(new[] { 2f, 5f, 5f }, 1)]
    [InlineData(new[] { float.NaN, -1f, -2f }, -1)]
    [InlineData(new[] { 1f, float.NaN, 2f }, -1)]
    [InlineData(new[] { 3f, 2f, float.NaN }, -1)]
    [InlineData(new[] { float.NaN, float.NaN }, -1)]
    [InlineData(new[] { float.NaN }, -1)]
    [InlineData(new[] { float.NegativeInfinity, float.NegativeInfinity }, 0)]
    public void Classify_takes_the_first_of_the_largest_and_none_where_one_is_not_a_number(float[] scores, int expected) =>
        Assert.Equal(expected, Prediction.Classify(scores));

    [Theory]
    [InlineData(OutputMeaning.Logits)]
    [InlineData(OutputMeaning.Probabilities)]
    [InlineData(OutputMeaning.Margins)]
    public void A_single_score_that_is_not_a_number_decides_for_no_class(OutputMeaning meaning) =>
        Assert.Equal((-1, 1, 0), (Prediction.Classify(float.NaN, meaning), Prediction.Classify(0.7f, meaning), Prediction.Classify(-0.7f, meaning)));

    [Fact]
    public void Features_that_are_not_numbers_have_no_class_and_no_name()
    {
        var model = new Model<SoftmaxNet>(new SoftmaxNet(), new ModelCard { ClassNames = ["a", "b", "c"] });
        float[] input = [1, 2, float.NaN, 4, 5, 6];
        Assert.Equal(-1, model.Classify(input));
        Assert.Contains("is not a number, which is no class", Assert.Throws<InvalidOperationException>(() => model.ClassifyName(input)).Message);
        Assert.All(model.RankClasses(input, 3), ranked => Assert.True(float.IsNaN(ranked.Probability)));
        input[2] = 3;
        Assert.Equal(model.Card.ClassNames[model.Classify(input)], model.ClassifyName(input));
    }

    [Fact]
    public void Classify_needs_a_score() => Assert.Throws<ArgumentException>(() => Prediction.Classify([]));
}
