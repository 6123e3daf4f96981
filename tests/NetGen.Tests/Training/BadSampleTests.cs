using NetGen.Data;

namespace NetGen.Tests.Training;

/// <summary>What a sample holds that nothing can be learned from is refused with the sample's number, and with what to do about it.</summary>
public sealed class BadSampleTests
{
    private static readonly float[] s_inputs = TestData.Floats(40 * 6);

    [Fact]
    public void A_sample_that_is_no_number_is_named_as_the_data_set_knows_it()
    {
        float[] inputs = [.. s_inputs];
        inputs[29 * 6 + 2] = float.NaN;
        var classes = new MemoryDataset(inputs, [1, 2, 3], [.. Enumerable.Range(0, 40).Select(i => i % 3)], 3);
        var values = new MemoryDataset(inputs, [1, 2, 3], new float[120], 3);
        using var softmax = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
        using var regression = new Trainer<RegressionNet>(new RegressionNet(), new Sgd(0.1f));

        Assert.EndsWith(
            "sample 29 of the data set holds NaN at 2. The parameters are as they were before the step; leave such samples out or fill them in.",
            Assert.Throws<NonFiniteLossException>(() => softmax.Fit(classes, new FitOptions { Quiet = true, BatchSize = 8 })).Message);
        Refused("sample 29 of the data set holds NaN at 2", "samples", () => regression.Minimize(values, new Lbfgs()));
        Refused("Sample 29 has NaN as input 2", "training", () => FeatureScaler.Standardize(classes));
        Refused("Sample 29 has NaN as input 2", "data", () => Smote.Apply(classes));
        Refused("Sample 29 has NaN as input 2", "data", () => CrossValidation.Run<SoftmaxNet>(classes));
        float[] targets = new float[120];
        targets[29 * 3] = float.PositiveInfinity;
        var infinite = new MemoryDataset(s_inputs, [1, 2, 3], targets, 3);
        Refused("Sample 29 has ∞ as target 0", "training", () => TargetScaler.Standardize(infinite), "Infinity");
        Refused("sample 29 of the data set holds", "samples", () => regression.Minimize(infinite, new Lbfgs()));
    }

    [Fact]
    public void Probabilities_of_classes_are_not_negative()
    {
        var samples = new MemoryDataset(s_inputs, [1, 2, 3], [.. Enumerable.Repeat((float[])[1f, -1, -1], 40).SelectMany(row => row)], 3);
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
        Refused("The target of sample 0 is -1;", "train", () => trainer.Fit(samples, new FitOptions { Quiet = true }));
        Refused("takes a probability per class.", "train", () => trainer.FindLearningRate(samples));
        Assert.Equal(0, trainer.StepCount);
    }

    [Theory]
    [InlineData(new[] { 1f, 0, 1 }, true)]
    [InlineData(new[] { 1f, -1, -1 }, true)]
    [InlineData(new[] { 1f, 1, 1 }, true)]
    [InlineData(new[] { -1f, 1, 0 }, false)]
    [InlineData(new[] { 0f, 1, -1 }, false)]
    [InlineData(new[] { 0f, 2, 1 }, false)]
    public void Labels_of_two_classes_are_written_in_one_way(float[] labels, bool areClasses)
    {
        var data = new MemoryDataset(new float[3], [1], labels, 1);
        if (areClasses)
            Assert.Equal(labels.Select(label => label == 1 ? 1 : 0), data.ToClasses().GetClasses());
        else
            Refused("those of two classes are 0 and 1, or -1 and 1", "data", () => data.ToClasses());
    }

    private static void Refused(string message, string parameter, Action action, string? or = null)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(action);
        Assert.True(
            exception.Message.Contains(message, StringComparison.Ordinal)
            || (or is not null && exception.Message.Contains(or, StringComparison.Ordinal)), exception.Message);
        Assert.Equal(parameter, exception.ParamName);
    }
}
