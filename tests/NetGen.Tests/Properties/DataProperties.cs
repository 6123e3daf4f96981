using NetGen.Data;
using Samples = NetGen.Tests.Data.Samples;

namespace NetGen.Tests.Properties;

public sealed class DataProperties
{
    [Fact]
    public void Any_split_is_a_partition() => Draw.Check(numbers =>
    {
        Dataset data = SomeClasses(numbers);
        double first = numbers.Real(0, 1), second = numbers.Real(0, 1 - first);
        Dataset[] parts = data.Split([first, second, Math.Max(0, 1 - first - second)], numbers.Seed, stratify: numbers.Whole(0, 1) == 1);
        Assert.Equal(Enumerable.Range(0, data.Count), parts.SelectMany(Samples.Numbers).Order());
    });

    [Fact]
    public void Any_folds_measure_on_each_sample_once() => Draw.Check(numbers =>
    {
        Dataset data = SomeClasses(numbers);
        int folds = numbers.Whole(2, Math.Min(8, data.Count));
        var all = data.Folds(folds, numbers.Seed, stratify: numbers.Whole(0, 1) == 1);
        Assert.Equal(Enumerable.Range(0, data.Count), all.SelectMany(fold => Samples.Numbers(fold.Validation)).Order());
        foreach (Fold fold in all)
            Assert.Equal(Enumerable.Range(0, data.Count), Samples.Numbers(fold.Training).Concat(Samples.Numbers(fold.Validation)).Order());
    });

    [Fact]
    public void Sampling_makes_all_classes_that_occur_equally_large() => Draw.Check(numbers =>
    {
        Dataset data = SomeClasses(numbers);
        int[] counts = data.CountClasses();
        Assert.Equal(counts.Select(count => count == 0 ? 0 : counts.Max()), data.OverSample(numbers.Seed).CountClasses());
        int smallest = counts.Where(count => count > 0).Min();
        Assert.Equal(counts.Select(count => Math.Min(count, smallest)), data.UnderSample(numbers.Seed).CountClasses());

        float[] weights = data.BalancedClassWeights();
        double[] totals = [.. counts.Select((count, id) => (double)count * weights[id]).Where(total => total > 0)];
        Assert.All(totals, total => Assert.Equal(totals[0], total, 1e-4 * totals[0]));
    });

    [Fact]
    public void Any_chain_of_augmentations_keeps_shape_range_and_target_of_any_image() => Draw.Check(numbers =>
    {
        int[] shape = [numbers.Whole(1, 3), numbers.Whole(1, 12), numbers.Whole(1, 12)];
        int count = numbers.Whole(1, 20), length = shape[0] * shape[1] * shape[2];
        float[] inputs = [.. Enumerable.Range(0, count * length).Select(_ => numbers.Single(0, 1))];
        var data = new MemoryDataset(inputs, shape, [.. Enumerable.Range(0, count).Select(_ => numbers.Whole(0, 4))], 5);
        ImageAugmentation[] steps = [.. Enumerable.Range(0, numbers.Whole(1, 4)).Select(_ => numbers.OneOf<ImageAugmentation>(
            new HorizontalFlip(numbers.Single(0, 1)), new VerticalFlip(numbers.Single(0, 1)), new Shift(numbers.Whole(0, 5), numbers.Whole(0, 5)),
            new Rotate(numbers.Single(0, 180)), new Zoom(numbers.Single(0.3f, 1), numbers.Single(1, 3)), new CropAndResize(numbers.Single(0.1f, 1)),
            new Noise(numbers.Single(0, 1), 0, 1), new Cutout(numbers.Whole(1, 6))))];

        Dataset augmented = data.Augment(numbers.Seed, steps);
        augmented.BeginEpoch(numbers.Whole(0, 9));
        MemoryDataset result = augmented.ToMemory();
        Assert.Equal(shape, result.InputShape);
        Assert.Equal(data.GetClasses(), result.GetClasses());
        for (int i = 0; i < count; i++)
        {
            foreach (float value in result.Input(i))
                Assert.True(value is >= 0 and <= 1.000002f, $"{string.Join(", ", steps.Select(step => step.GetType().Name))} made {value}");
        }
    });

    [Fact]
    public void Mixing_keeps_the_range_of_any_images_and_makes_probabilities_of_their_classes() => Draw.Check(numbers =>
    {
        int[] shape = [numbers.Whole(1, 3), numbers.Whole(1, 12), numbers.Whole(1, 12)];
        int count = numbers.Whole(1, 20), length = shape[0] * shape[1] * shape[2];
        float[] inputs = [.. Enumerable.Range(0, count * length).Select(_ => numbers.Single(0, 1))];
        var data = new MemoryDataset(inputs, shape, [.. Enumerable.Range(0, count).Select(_ => numbers.Whole(0, 4))], 5);
        double alpha = numbers.Magnitude(0.05, 5);
        Dataset mixed = numbers.Whole(0, 1) == 0 ? data.Mixup(alpha, numbers.Seed) : data.CutMix(alpha, numbers.Seed);
        mixed.BeginEpoch(numbers.Whole(0, 9));
        MemoryDataset result = mixed.ToMemory();
        Assert.Equal((count, 5, 5), (result.Count, result.TargetLength, result.ClassCount));
        Assert.Equal(shape, result.InputShape);
        for (int i = 0; i < count; i++)
        {
            foreach (float value in result.Input(i))
                Assert.InRange(value, 0, 1.000001f);
            // At most two classes, whose shares are one together.
            float[] shares = result.Target(i).ToArray();
            Assert.InRange(shares.Count(share => share != 0), 1, 2);
            Assert.All(shares, share => Assert.InRange(share, 0, 1));
            Assert.Equal(1, shares.Sum(), 1e-5f);
        }
    });

    private static MemoryDataset SomeClasses(Numbers numbers)
    {
        int count = numbers.Whole(2, 120), classes = numbers.Whole(1, 6);
        // Some classes may not occur, and some are rare.
        return Samples.OfClasses(count, classes, _ => Math.Min(numbers.Whole(0, classes - 1), numbers.Whole(0, classes - 1)));
    }
}
