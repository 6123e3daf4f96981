using NetGen.Data;

namespace NetGen.Tests.Data;

public sealed class SequenceDatasetTests
{
    [Fact]
    public void Tokens_lengths_and_targets_of_steps_lie_as_networks_read_them()
    {
        Dataset data = new MemoryDataset([5, 6, 7, 8, 9, 0], steps: 3).AddLengths([3, 2]).AddStepTargets([1, 0, 1, -1, 1, -1], 3, ignoreIndex: -1);
        Assert.Equal([[3], [1]], data.InputShapes);
        Assert.Equal([new TargetPart(TargetKind.Classes, 0, 2, 3) { IgnoreIndex = -1 }], data.TargetParts);
        Assert.Equal((2, 4, 3, false), (data.Count, data.InputLength, data.ClassLength, data.HasClassIds));
        var inputs = new float[8];
        var classes = new int[6];
        data.Read([1, 0], inputs, classes);
        Assert.Equal([8, 9, 0, 2, 5, 6, 7, 3], inputs);
        Assert.Equal([-1, 1, -1, 1, 0, 1], classes);
        Assert.Equal("The targets of this data set are 3 class ids for each sample, not one.", Assert.Throws<InvalidOperationException>(() => data.GetClasses()).Message);
        Assert.Equal(
            "Samples with a class id at each step cannot be mixed: make those probabilities per class. (Parameter 'data')",
            Assert.Throws<ArgumentException>(() => data.Mixup(0.2, seed: 1)).Message);

        Dataset copy = data.ToMemory().Subset([1]);
        copy.Read([0], inputs.AsSpan(0, 4), classes.AsSpan(0, 3));
        Assert.Equal([8, 9, 0, 2], inputs[..4]);
        Assert.Equal([-1, 1, -1], classes[..3]);
    }

    [Fact]
    public void Mistakes_are_told_with_their_place()
    {
        var data = new MemoryDataset(new int[6], steps: 3);
        Assert.StartsWith("Tokens go from 0 to 16777216, but tokens[1] is -2.", Message(() => new MemoryDataset([0, -2, 1], steps: 3)));
        Assert.StartsWith("Inputs of shape [3] take 3 floats each, but 4 floats are no whole number of them.", Message(() => new MemoryDataset(new int[4], steps: 3)));
        Assert.StartsWith("2 samples need as many lengths, found 1.", Message(() => data.AddLengths([3])));
        Assert.StartsWith("A sequence has at least 1 step, but lengths[1] is 0.", Message(() => data.AddLengths([3, 0])));
        Assert.StartsWith("2 samples of 3 steps need 6 class ids, found 5.", Message(() => data.AddStepTargets(new int[5], 3)));
        Assert.StartsWith(
            "Class ids go from 0 to 3, but sample 1 has 4 at step "
            + "2.", Message(() => data.AddStepTargets([0, 1, 2, 3, -1, 4], 3, classCount: 4, ignoreIndex: -1)));
    }

    [Fact]
    public void Each_step_of_a_text_is_to_tell_the_next_token()
    {
        int[] text = [3, 1, 4, 1, 5, 9, 2, 6, 5];
        var all = new NextTokenDataset(text, steps: 3, vocabulary: 10);
        var apart = new NextTokenDataset(text, steps: 3, vocabulary: 10, stride: 3);
        Assert.Equal((6, 2), (all.Count, apart.Count));
        Assert.Equal([new TargetPart(TargetKind.Classes, 0, 10, 3)], all.TargetParts);
        var inputs = new float[6];
        var classes = new int[6];
        all.Read([5, 0], inputs, classes);
        Assert.Equal([9, 2, 6, 3, 1, 4], inputs);
        Assert.Equal([2, 6, 5, 1, 4, 1], classes);
        apart.Read([1, 0], inputs, classes);
        Assert.Equal([1, 5, 9, 3, 1, 4], inputs);
        Assert.Equal([5, 9, 2, 1, 4, 1], classes);
        Assert.StartsWith("The vocabulary's tokens are 0 to 8, but tokens[5] is 9.", Message(() => new NextTokenDataset(text, 3, vocabulary: 9)));
        Assert.StartsWith("A sample takes 9 tokens and the one behind them; the text has 9.", Message(() => new NextTokenDataset(text, 9, vocabulary: 10)));
    }

    private static string Message(Func<object> make) => Assert.Throws<ArgumentException>(make).Message;
}
