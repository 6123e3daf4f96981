using NetGen.Data;

namespace NetGen.Tests.Data;

public class ImbalanceTests
{
    // 60 samples: 45 of class 0, 12 of class 1, 3 of class 2, none of class 3.
    private readonly MemoryDataset _data = Samples.OfClasses(60, 4, i => i % 20 == 3 ? 2 : i % 5 == 1 ? 1 : 0);

    [Fact]
    public void Balanced_weights_make_every_class_count_alike()
    {
        Assert.Equal([45, 12, 3, 0], _data.CountClasses());
        float[] weights = _data.BalancedClassWeights();

        Assert.Equal([60f / (3 * 45), 60f / (3 * 12), 60f / (3 * 3), 0], weights);
        Assert.Equal(60, _data.GetClasses().Sum(id => weights[id]), 1e-4);
    }

    [Fact]
    public void Over_sampling_repeats_small_classes_evenly()
    {
        var result = _data.OverSample(seed: 4);

        Assert.Equal([45, 45, 45, 0], result.CountClasses());
        var repetitions = Samples.Numbers(result).GroupBy(number => number).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(60, repetitions.Count);
        int[] classes = _data.GetClasses();
        Assert.All(repetitions, pair => Assert.InRange(pair.Value, 45 / _data.CountClasses()[classes[pair.Key]], 45 / _data.CountClasses()[classes[pair.Key]] + 1));
        Assert.NotEqual(result.GetClasses(), result.GetClasses().Order());
    }

    [Fact]
    public void Under_sampling_leaves_samples_of_large_classes_out()
    {
        var result = _data.UnderSample(seed: 4);

        Assert.Equal([3, 3, 3, 0], result.CountClasses());
        Assert.Equal(9, Samples.Numbers(result).Distinct().Count());
        Assert.Equal(Samples.Numbers(result), Samples.Numbers(_data.UnderSample(seed: 4)));
        Assert.NotEqual(Samples.Numbers(result), Samples.Numbers(_data.UnderSample(seed: 5)));
    }

    [Fact]
    public void Synthetic_samples_lie_between_neighbours_of_their_class()
    {
        // Class 1 has two clusters of 4 at (0, 0) and (100, 100): with 3 neighbours nothing may lie between the clusters.
        float[] inputs = new float[2 * 48];
        int[] classes = new int[48];
        var random = new RandomStream(1);
        for (int i = 0; i < 48; i++)
        {
            classes[i] = i < 8 ? 1 : 0;
            float centre = i < 4 ? 0 : i < 8 ? 100 : 50;
            inputs[2 * i] = centre + random.NextSingle();
            inputs[2 * i + 1] = centre + random.NextSingle();
        }

        var data = new MemoryDataset(inputs, [2], classes);
        var result = Smote.Apply(data, seed: 7, neighbours: 3);

        Assert.Equal([40, 40], result.CountClasses());
        Assert.Equal(inputs, Enumerable.Range(0, 48).SelectMany(i => result.Input(i).ToArray()));
        int low = 0;
        for (int i = 48; i < result.Count; i++)
        {
            Assert.Equal(1, result.Class(i));
            var (x, y) = (result.Input(i)[0], result.Input(i)[1]);
            Assert.True(x is >= 0 and <= 1 && y is >= 0 and <= 1 || x is >= 100 and <= 101 && y is >= 100 and <= 101, $"({x}, {y})");
            Assert.DoesNotContain(x, inputs);
            low += x < 50 ? 1 : 0;
        }

        Assert.Equal(16, low);
        Assert.False(result.HasSampleWeights);
        // A weight goes along with the features: where it is one of them, it stays that.
        var weighted = Smote.Apply(data.Weight([.. Enumerable.Range(0, 48).Select(i => inputs[2 * i])]), seed: 7, neighbours: 3);
        var weights = new float[weighted.Count];
        weighted.ReadSampleWeights([.. Enumerable.Range(0, weighted.Count)], weights);
        Assert.Equal(Enumerable.Range(0, weighted.Count).Select(i => weighted.Input(i)[0]), weights);
        Assert.Equal(result.Input(70).ToArray(), Smote.Apply(data, seed: 7, neighbours: 3).Input(70).ToArray());
        Assert.NotEqual(result.Input(70).ToArray(), Smote.Apply(data, seed: 8, neighbours: 3).Input(70).ToArray());
    }

    [Fact]
    public void A_class_of_one_sample_has_nothing_to_interpolate()
    {
        var data = Samples.OfClasses(10, 3, i => i == 4 ? 2 : i % 2);
        Assert.Contains("Class 2 has a single sample", Assert.Throws<ArgumentException>(() => Smote.Apply(data)).Message);
        var values = new MemoryDataset([1, 2], [1], [1f, 2f], targetLength: 1);
        Assert.Throws<InvalidOperationException>(() => Smote.Apply(values));
    }
}
