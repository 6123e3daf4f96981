using NetGen.Data;

namespace NetGen.Tests.Data;

public class DatasetSplitsTests
{
    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    [InlineData(7, true)]
    [InlineData(0, false)]
    public void A_split_is_a_partition_with_the_shares_asked_for(int count, bool stratify)
    {
        var data = Samples.OfClasses(count);

        var parts = data.Split([0.7, 0.2, 0.1], seed: 5, stratify);

        Assert.Equal(Enumerable.Range(0, count), parts.SelectMany(Samples.Numbers).Order());
        double[] sizes = [0.7 * count, 0.2 * count, 0.1 * count];
        for (int part = 0; part < 3; part++)
            Assert.InRange(parts[part].Count, sizes[part] - 1, sizes[part] + 1);
    }

    [Fact]
    public void A_stratified_split_keeps_the_classes_shares()
    {
        // 10 of 1000 samples in class 1, 90 in class 2.
        var data = Samples.OfClasses(1000, 3, i => i % 100 == 7 ? 1 : i % 11 == 0 ? 2 : 0);
        int[] whole = Samples.ClassCounts(data);

        var (train, test) = data.Split(0.8, seed: 3, stratify: true);

        for (int id = 0; id < 3; id++)
            Assert.InRange(Samples.ClassCounts(train)[id], 0.8 * whole[id] - 1, 0.8 * whole[id] + 1);
        Assert.Equal(800, train.Count);
        Assert.Equal(200, test.Count);
        Assert.NotEqual(train.GetClasses(), train.GetClasses().Order());
    }

    [Fact]
    public void Which_small_classes_reach_the_test_part_is_up_to_chance()
    {
        // 40 samples of class 0 and 3 of each other: a fifth of 3 is less than one.
        var data = Samples.OfClasses(55, 6, i => i < 40 ? 0 : 1 + (i - 40) / 3);
        int[] times = new int[6];
        for (int seed = 0; seed < 200; seed++)
        {
            int[] counts = Samples.ClassCounts(data.Split(0.8, seed, stratify: true).Second);
            Assert.Equal(11, counts.Sum());
            Assert.Equal(8, counts[0]);
            for (int id = 0; id < 6; id++)
                times[id] += counts[id] > 0 ? 1 : 0;
        }

        // Three of five each time: 120 of 200 expected, with a deviation of 7.
        Assert.All(times[1..], time => Assert.InRange(time, 85, 155));
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        var data = Samples.OfClasses(50);

        Assert.Equal(Samples.Numbers(data.Split(0.5, 1).First), Samples.Numbers(data.Split(0.5, 1).First));
        Assert.NotEqual(Samples.Numbers(data.Split(0.5, 1).First), Samples.Numbers(data.Split(0.5, 2).First));
    }

    [Theory]
    [InlineData(23, 5, false)]
    [InlineData(60, 4, true)]
    [InlineData(3, 3, false)]
    public void Folds_measure_on_each_sample_once_and_never_train_on_it(int count, int folds, bool stratify)
    {
        var data = Samples.OfClasses(count, 3, i => i % 10 == 0 ? 1 : 0);
        var result = data.Folds(folds, seed: 9, stratify);

        Assert.Equal(folds, result.Count);
        Assert.Equal(Enumerable.Range(0, count), result.SelectMany(fold => Samples.Numbers(fold.Validation)).Order());
        foreach (var (training, validation) in result)
        {
            Assert.Equal(Enumerable.Range(0, count), Samples.Numbers(training).Concat(Samples.Numbers(validation)).Order());
            Assert.InRange(validation.Count, count / folds, count / folds + 1);
            if (stratify)
                Assert.InRange(Samples.ClassCounts(validation)[1], 1, 2);
        }
    }

    [Fact]
    public void Wrong_fractions_and_counts_are_refused()
    {
        var data = Samples.OfClasses(10);

        Assert.Contains("sum to 1, found 0.9", Assert.Throws<ArgumentException>(() => data.Split([0.5, 0.4])).Message);
        Assert.Throws<ArgumentException>(() => data.Split(1.5));
        Assert.Throws<ArgumentException>(() => data.Split(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Folds(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Folds(11));
        var values = new MemoryDataset([1, 2], [1], [1f, 2f], targetLength: 1);
        Assert.Throws<InvalidOperationException>(() => values.Split(0.5, stratify: true));
    }
}
