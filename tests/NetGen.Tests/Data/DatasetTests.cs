using NetGen.Data;
using NetGen.Testing;

namespace NetGen.Tests.Data;

public class DatasetTests
{
    private readonly MemoryDataset _values = new([1, 2, 3, 4, 5, 6], [1, 2], [10, 20, 30], targetLength: 1);

    [Fact]
    public void Samples_are_read_by_index_with_their_targets()
    {
        var inputs = new float[6];
        var targets = new float[3];
        _values.Read([2, 0, 2], inputs, targets);

        Assert.Equal([5, 6, 1, 2, 5, 6], inputs);
        Assert.Equal([30, 10, 30], targets);
        Assert.Equal((3, 2, TargetKind.Values, 1, 0), (_values.Count, _values.InputLength, _values.Targets, _values.TargetLength, _values.ClassCount));
        Assert.Equal([3, 4], _values.Input(1).ToArray());
    }

    [Fact]
    public void Class_ids_are_read_with_inputs_or_alone()
    {
        var data = Samples.OfClasses(10);
        var inputs = new float[4];
        var classes = new int[2];
        data.Read([7, 3], inputs, classes);

        Assert.Equal([7, -7, 3, -3], inputs);
        Assert.Equal([1, 0], classes);
        data.ReadClasses([5, 4], classes);
        Assert.Equal([2, 1], classes);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i % 3), data.GetClasses());
    }

    [Fact]
    public void Copies_keep_the_weights_of_their_samples_and_classes_give_weights()
    {
        Dataset weighted = Samples.OfClasses(4).Weight([1, 2, 3, 4]);
        MemoryDataset copy = weighted.Subset([3, 1]).ToMemory();
        var weights = new float[3];
        copy.ReadSampleWeights([1, 0, 1], weights);
        Assert.Equal([2, 4, 2], weights);
        Assert.False(Samples.OfClasses(4).ToMemory().HasSampleWeights);

        // The samples' classes are 0, 1, 2, 0.
        var all = new float[4];
        Samples.OfClasses(4).WeightClasses([10, 20, 30]).ReadSampleWeights([0, 1, 2, 3], all);
        Assert.Equal([10, 20, 30, 10], all);
        weighted.WeightClasses([10, 20, 30]).ReadSampleWeights([0, 1, 2, 3], all);
        Assert.Equal([10, 40, 90, 40], all);
        Assert.Contains("3 classes need as many weights, found 2",
            Assert.Throws<ArgumentException>(() => weighted.WeightClasses([1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => _values.WeightClasses([1]));
    }

    [Fact]
    public void Wrong_lengths_indices_and_kinds_are_refused()
    {
        Assert.Contains("take 4 elements, found 3", Assert.Throws<ArgumentException>(() => _values.Read([0, 1], new float[3], new float[2])).Message);
        Assert.Contains("take 2 elements, found 1", Assert.Throws<ArgumentException>(() => _values.Read([0, 1], new float[4], new float[1])).Message);
        Assert.Contains("samples 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => _values.Read([3], new float[2], new float[1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _values.Subset([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _values.Slice(2, 2));
        Assert.Contains("are values", Assert.Throws<InvalidOperationException>(() => _values.Read([0], new float[2], new int[1])).Message);
        Assert.Throws<InvalidOperationException>(() => Samples.OfClasses(3).Read([0], new float[2], new float[1]));
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_refused()
    {
        Assert.Contains("no whole number", Assert.Throws<ArgumentException>(() => new MemoryDataset(new float[5], [2], new int[2])).Message);
        Assert.Contains("3 inputs need as many class ids, found 2", Assert.Throws<ArgumentException>(() => new MemoryDataset(new float[6], [2], new int[2])).Message);
        Assert.Contains("from 0 to 1, but sample 2 has 2", Assert.Throws<ArgumentException>(() => new MemoryDataset(new float[3], [1], [0, 1, 2], classCount: 2)).Message);
        Assert.Throws<ArgumentException>(() => new MemoryDataset(new float[1], [1], [-1]));
        Assert.Contains("targets of 6 floats, found 5", Assert.Throws<ArgumentException>(() => new MemoryDataset(new float[3], [1], new float[5], 2)).Message);
        Assert.Throws<ArgumentException>(() => new MemoryDataset(new float[4], [2, 0], new int[2]));
        Assert.Throws<ArgumentException>(() => new MemoryDataset(new float[4], [], new int[4]));
        Assert.Throws<ArgumentException>(() => new MemoryDataset(new float[4], [65536, 65536], new int[4]));
        Assert.Equal(3, new MemoryDataset(new float[3], [1], [0, 2, 1]).ClassCount);
    }

    [Fact]
    public void Consecutive_samples_are_seen_where_they_lie()
    {
        Assert.True(_values.TryGetRange(1, 2, out var range));
        Assert.Equal([3, 4, 5, 6], range.Inputs.ToArray());
        Assert.Equal([20, 30], range.Targets.ToArray());

        Assert.True(Samples.OfClasses(9).Slice(2, 6).Slice(1, 4).TryGetRange(1, 2, out var inner));
        Assert.Equal([4, -4, 5, -5], inner.Inputs.ToArray());
        Assert.Equal([1, 2], inner.Classes.ToArray());
        Assert.False(_values.Subset([2, 0]).TryGetRange(0, 1, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => _values.TryGetRange(2, 2, out _));
    }

    [Fact]
    public void A_subset_reads_its_samples_in_its_order()
    {
        var data = Samples.OfClasses(1000);
        int[] indices = [.. Enumerable.Range(0, 700).Select(i => (i * 37) % 1000)];

        var subset = data.Subset(indices).Subset([.. Enumerable.Range(0, 700).Reverse()]);

        Assert.Equal(indices.Reverse(), Samples.Numbers(subset));
        Assert.Equal(indices.Reverse().Select(i => i % 3), subset.GetClasses());
        Assert.Equal(indices.Reverse(), Samples.Numbers(subset.ToMemory()));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var data = Samples.OfClasses(600).Subset([.. Enumerable.Range(0, 600).Reverse()]);
        int[] indices = [.. Enumerable.Range(0, 600)];
        var inputs = new float[1200];
        var classes = new int[600];
        Allocation.None(() => data.Read(indices, inputs, classes));
    }
}
