using NetGen.Data;
using NetGen.Testing;

namespace NetGen.Tests.Data;

public sealed class JoinedDatasetTests
{
    private readonly MemoryDataset _images = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 2, 2], [0, 1, 0], 2);
    private readonly MemoryDataset _wheels = new([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f], [2]);
    private readonly float[] _sizes = [10, 20, 30];
    private readonly int[] _colours = [4, 2, 3];

    [Fact]
    public void Inputs_and_targets_of_a_sample_lie_one_after_the_other()
    {
        Dataset data = Joined();
        Assert.Equal((3, 6, 1, 2), (data.Count, data.InputLength, data.TargetLength, data.ClassLength));
        Assert.Equal([[1, 2, 2], [2]], data.InputShapes);
        Assert.Equal([6], data.InputShape);
        Assert.Equal(TargetKind.Several, data.Targets);
        Assert.Equal(
            [new TargetPart(TargetKind.Classes, 0, 2), new TargetPart(TargetKind.Values, 1, 0), new TargetPart(TargetKind.Classes, 0, 5)], data.TargetParts);
        AssertSamples(data);
    }

    [Fact]
    public void Copies_views_and_weights_keep_them()
    {
        AssertSamples(Joined().ToMemory());
        AssertSamples(Joined().Slice(0, 3));
        AssertSamples(Joined().Weight([1, 2, 3]).ToMemory());
        Dataset weighted = _images.Weight([1, 2, 3]).Join(_wheels.Weight([2, 2, 0.5f]));
        var weights = new float[3];
        weighted.ReadSampleWeights([0, 1, 2], weights);
        Assert.Equal([2, 4, 1.5f], weights);

        Dataset subset = Joined().Subset([2, 0]);
        var classes = new int[4];
        subset.Read([0, 1], new float[12], new float[2], classes);
        Assert.Equal([0, 3, 0, 4], classes);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        Dataset data = Joined();
        int[] indices = [2, 1, 0], classes = new int[6];
        float[] inputs = new float[18], targets = new float[3];
        Allocation.None(() => data.Read(indices, inputs, targets, classes));
    }

    [Fact]
    public void Images_are_augmented_before_they_are_joined()
    {
        Dataset augmented = _images.Augment(1, new HorizontalFlip()).Join(_wheels);
        augmented.BeginEpoch(3);
        var inputs = new float[18];
        augmented.Read([0, 1, 2], inputs, new int[3]);
        Assert.Equal([0.1f, 0.2f], inputs.AsSpan(4, 2).ToArray());
        Assert.Equal([1, 2, 3, 4], inputs.AsSpan(0, 4).ToArray().Order());
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        AssertRefused<ArgumentException>("Data sets that are joined have as many samples each: found 3 and 2.", () => _images.Join(_wheels.Slice(0, 2)));
        AssertRefused<ArgumentException>("3 samples need targets of 6 floats, found 3.", () => _images.AddTargets(_sizes, 2));
        AssertRefused<ArgumentException>("3 samples need as many class ids, found 2.", () => _images.AddTargets([0, 1]));
        AssertRefused<ArgumentException>("Class ids go from 0 to 3, but sample 0 has 4.", () => _images.AddTargets(_colours, 4));
        AssertRefused<ArgumentException>("The samples have 2 inputs; change the images before they are joined to the others.", () => Joined().Augment(1, new HorizontalFlip()));
        AssertRefused<ArgumentException>("The samples have 2 inputs; change the images before they are joined to the others.", () => Joined().CutMix());
        AssertRefused<ArgumentException>("Samples with several targets, some of them class ids, cannot be mixed", () => Joined().Mixup());
        AssertRefused<InvalidOperationException>("The targets of this data set are several, not class ids.", () => Joined().GetClasses());
        AssertRefused<InvalidOperationException>("Some of the targets of this data set are class ids", () => Joined().Read([0], new float[6], new float[1]));
        AssertRefused<InvalidOperationException>("The samples of this data set have several targets", () => Joined().ToClasses());
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        AssertRefused<ArgumentException>("Such a file holds samples with one input and one target", () => MappedDataset.Write(path, Joined()));
        Assert.False(File.Exists(path));
    }

    private Dataset Joined() => _images.Join(_wheels).AddTargets(_sizes, 1).AddTargets(_colours);

    private static void AssertSamples(Dataset data)
    {
        var inputs = new float[12];
        var targets = new float[2];
        var classes = new int[4];
        data.Read([2, 0], inputs, targets, classes);
        Assert.Equal([9, 10, 11, 12, 0.5f, 0.6f, 1, 2, 3, 4, 0.1f, 0.2f], inputs);
        Assert.Equal([30, 10], targets);
        Assert.Equal([0, 3, 0, 4], classes);
    }

    private static void AssertRefused<TException>(string message, Action action) where TException : Exception =>
        Assert.StartsWith(message, Assert.Throws<TException>(action).Message, StringComparison.Ordinal);
}
