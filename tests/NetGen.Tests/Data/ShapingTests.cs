using NetGen.Data;

namespace NetGen.Tests.Data;

/// <summary>Views with inputs of another shape, other inputs, and class ids for one-hot targets.</summary>
public sealed class ShapingTests
{
    private static readonly MemoryDataset s_rows = new([.. Enumerable.Range(0, 2 * 256).Select(i => (float)i)], [256], [0, 1]);

    private static float[] Input(Dataset data, int index)
    {
        var input = new float[data.InputLength];
        data.Read([index], input, new int[1]);
        return input;
    }

    [Fact]
    public void Rows_become_images_that_can_be_augmented()
    {
        Dataset images = s_rows.Reshape(1, 16, 16);

        Assert.Equal([1, 16, 16], images.InputShape);
        Assert.Equal(Input(s_rows, 1), Input(images, 1));
        float[] flipped = Input(images.Augment(1, new HorizontalFlip(1)), 1);
        Assert.Equal(256 + 15, flipped[0]);
        Assert.True(images.TryGetRange(0, 2, out SampleRange range) && range.Inputs.Length == 512);
        Assert.Contains("have 256 numbers, those of shape [1, 15, 16]", Assert.Throws<ArgumentException>(() => s_rows.Reshape(1, 15, 16)).Message);
        Assert.Throws<ArgumentException>(() => s_rows.Reshape());
        Assert.Throws<ArgumentException>(() => s_rows.Reshape(-16, -16));
    }

    [Fact]
    public void Inputs_are_mapped_number_by_number_or_as_a_whole()
    {
        Assert.Equal(new float[] { 128, 128.5f }, Input(s_rows.Map(x => x / 2), 1)[..2]);

        Dataset pairs = s_rows.Map((input, result) => (result[0], result[1]) = (input[0], input[^1]), 2);

        Assert.Equal([2], pairs.InputShape);
        Assert.Equal([256, 511], Input(pairs, 1));
        Assert.Equal(s_rows.GetClasses(), pairs.GetClasses());
        Assert.Equal([256, 511], Input(pairs.Subset([1]).ToMemory(), 0));
    }

    [Fact]
    public void One_hot_columns_become_classes()
    {
        var oneHot = new MemoryDataset([1, 2, 3], [1], [0f, 0, 1, 1, 0, 0, 0, 1, 0], 3);
        var bits = new MemoryDataset([1, 2, 3], [1], [0f, 1, 1], 1);
        var signs = new MemoryDataset([1, 2, 3], [1], [-1f, 1, -1], 1);

        Assert.Equal([2, 0, 1], oneHot.ToClasses().GetClasses());
        Assert.Equal(3, oneHot.ToClasses().ClassCount);
        Assert.Equal([0, 1, 1], bits.ToClasses().GetClasses());
        Assert.Equal([0, 1, 0], signs.ToClasses().GetClasses());
        Assert.Equal(2, bits.ToClasses().ClassCount);
        Assert.Equal([0, 2], oneHot.ToClasses().Subset([1, 0]).GetClasses());
        Assert.Equal([3f], Input(oneHot.ToClasses(), 2));
        Assert.Equal(2, oneHot.Weight([1, 2, 3]).ToClasses().Split(0.67, stratify: true).First.Count);
    }

    [Fact]
    public void Targets_that_are_no_classes_are_refused_with_the_sample()
    {
        Assert.Contains("The targets of sample 1 are 1, 1, 0", Assert.Throws<ArgumentException>(
            () => new MemoryDataset([1, 2], [1], [0f, 0, 1, 1, 1, 0], 3).ToClasses()).Message);
        Assert.Contains("The targets of sample 0 are 0.5; those of two classes are 0 and 1", Assert.Throws<ArgumentException>(
            () => new MemoryDataset([1], [1], [0.5f], 1).ToClasses()).Message);
        Assert.Throws<InvalidOperationException>(() => s_rows.ToClasses());
        Assert.Throws<InvalidOperationException>(() => new MemoryDataset([1], [1]).ToClasses());
    }
}
