using NetGen.Data;
using NetGen.Testing;

namespace NetGen.Tests.Data;

public class AugmentationTests
{
    private static readonly ImageShape s_shape = new(2, 4, 5);

    private static readonly ImageAugmentation[] s_all =
    [
        new HorizontalFlip(), new VerticalFlip(), new Shift(2, 3), new Rotate(30), new Zoom(0.7f, 1.4f),
        new CropAndResize(0.5f), new Noise(0.1f, 0, 1), new Cutout(3),
    ];

    [Fact]
    public void Every_step_keeps_shape_and_range_and_changes_something()
    {
        var images = Images(200);
        foreach (var step in s_all)
        {
            var augmented = images.Augment(3, step).ToMemory();

            Assert.Equal(images.InputShape, augmented.InputShape);
            Assert.Equal(images.GetClasses(), augmented.GetClasses());
            int changed = 0;
            for (int i = 0; i < images.Count; i++)
            {
                Assert.All(augmented.Input(i).ToArray(), value => Assert.InRange(value, 0, 1.000001f));
                changed += augmented.Input(i).SequenceEqual(images.Input(i)) ? 0 : 1;
            }

            Assert.True(changed > 60, $"{step.GetType().Name} changed {changed} of 200 images.");
        }
    }

    [Fact]
    public void What_becomes_of_an_image_depends_on_seed_epoch_and_index_alone()
    {
        var images = Images(40);
        var augmented = images.Augment(3, s_all);
        float[] first = Read(augmented, 7);

        Assert.Equal(first, Read(augmented.Subset([1, 7, 3]), 1));
        augmented.BeginEpoch(1);
        float[] second = Read(augmented, 7);
        Assert.NotEqual(first, second);
        augmented.BeginEpoch(0);
        Assert.Equal(first, Read(augmented, 7));
        Assert.NotEqual(first, Read(images.Augment(4, s_all), 7));
        augmented.Slice(3, 20).Scale(FeatureScaler.MinMax(images)).BeginEpoch(1);
        Assert.Equal(second, Read(augmented, 7));
    }

    [Fact]
    public void Flips_mirror_rows_or_their_order_in_every_channel()
    {
        float[] image = [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60];
        var shape = new ImageShape(2, 2, 3);
        var random = new RandomStream(1);

        new HorizontalFlip(1).Apply(image, shape, new float[12], ref random);
        Assert.Equal([3, 2, 1, 6, 5, 4, 30, 20, 10, 60, 50, 40], image);
        new VerticalFlip(1).Apply(image, shape, new float[12], ref random);
        Assert.Equal([6, 5, 4, 3, 2, 1, 60, 50, 40, 30, 20, 10], image);
        new VerticalFlip(0).Apply(image, shape, new float[12], ref random);
        Assert.Equal(6, image[0]);
    }

    [Fact]
    public void Shifts_reach_every_distance_and_fill_what_comes_in()
    {
        var seen = new HashSet<(int, int)>();
        var random = new RandomStream(2);
        for (int round = 0; round < 400; round++)
        {
            var image = new float[25];
            image[2 * 5 + 2] = 1;
            new Shift(2, 1, fill: 0.25f).Apply(image, new ImageShape(1, 5, 5), new float[25], ref random);

            int place = Array.IndexOf(image, 1);
            var (down, right) = (place / 5 - 2, place % 5 - 2);
            seen.Add((down, right));
            Assert.Equal(25 - (5 - Math.Abs(down)) * (5 - Math.Abs(right)), image.Count(value => value == 0.25f));
        }

        Assert.Equal(15, seen.Count);
        var tiny = new float[] { 1 };
        new Shift(5, 5, fill: 9).Apply(tiny, new ImageShape(1, 1, 1), new float[1], ref random);
        Assert.Contains(tiny[0], new[] { 1f, 9f });
    }

    [Fact]
    public void A_quarter_turn_moves_every_pixel_to_its_place()
    {
        float[] image = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        Resampling.AboutCentre(image, new ImageShape(1, 3, 3), new float[9], cos: 0, sin: 1, fill: 0);

        Assert.Equal([7, 4, 1, 8, 5, 2, 9, 6, 3], [.. image.Select(value => MathF.Round(value, 4))]);
    }

    [Fact]
    public void Resampling_by_half_interpolates_and_the_identity_changes_nothing()
    {
        float[] image = [0, 2, 4, 6];
        var shape = new ImageShape(1, 2, 2);
        Resampling.Apply(image, shape, new float[4], new Resampling.Map(1, 0, 0, 0, 1, 0), 9);
        Assert.Equal([0, 2, 4, 6], image);

        Resampling.Apply(image, shape, new float[4], new Resampling.Map(1, 0, 0.5f, 0, 1, 0.5f), 10);
        Assert.Equal([3, 7, 7.5f, 9], image);
    }

    [Fact]
    public void Cutout_covers_one_rectangle_of_at_most_its_size()
    {
        var random = new RandomStream(5);
        int largest = 0;
        for (int round = 0; round < 200; round++)
        {
            float[] image = [.. Enumerable.Repeat(1f, 2 * 49)];
            new Cutout(3).Apply(image, new ImageShape(2, 7, 7), new float[98], ref random);
            Assert.Equal(image[..49], image[49..]);
            int[] covered = [.. Enumerable.Range(0, 49).Where(i => image[i] == 0)];
            int rows = covered.Select(i => i / 7).Distinct().Count();
            int columns = covered.Select(i => i % 7).Distinct().Count();
            Assert.Equal(rows * columns, covered.Length);
            Assert.InRange(covered.Length, 4, 9);
            largest = Math.Max(largest, covered.Length);
        }

        Assert.Equal(9, largest);
    }

    [Fact]
    public void Mixup_blends_inputs_and_probabilities_by_the_same_share()
    {
        // Sample i is the constant i, of class i: input and target must tell the same story.
        var data = new MemoryDataset([.. Enumerable.Range(0, 12).Select(i => i / 4f)], [2, 2], [0, 1, 2]);
        var mixed = data.Mixup(alpha: 1, seed: 3);
        Assert.Equal((TargetKind.Classes, 3, 3), (mixed.Targets, mixed.TargetLength, mixed.ClassCount));
        Assert.False(mixed.HasClassIds);

        int truly = 0;
        for (int epoch = 0; epoch < 50; epoch++)
        {
            mixed.BeginEpoch(epoch);
            var samples = mixed.ToMemory();
            for (int i = 0; i < 3; i++)
            {
                var target = samples.Target(i);
                float expected = target[1] * data.Input(1)[2] + target[2] * data.Input(2)[2] + target[0] * data.Input(0)[2];
                Assert.Equal(1, target[0] + target[1] + target[2], 1e-6f);
                Assert.Equal(expected, samples.Input(i)[2], 1e-5f);
                truly += target[i] is > 0.1f and < 0.9f ? 1 : 0;
            }
        }

        Assert.InRange(truly, 50, 110);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Mixup(0));
        var values = new MemoryDataset([1f, 3f], [1], [10f, 30f], targetLength: 1).Mixup(1, 5).ToMemory();
        Assert.Equal(values.Input(0)[0] * 10, values.Target(0)[0], 1e-4f);
    }

    [Fact]
    public void Cut_mix_replaces_a_rectangle_and_mixes_targets_by_its_area()
    {
        float[] inputs = [.. Enumerable.Range(0, 3 * 2 * 36).Select(i => (float)(i / 72))];
        var mixed = new MemoryDataset(inputs, [2, 6, 6], [0, 1, 2]).CutMix(alpha: 1, seed: 2);
        int truly = 0;
        for (int epoch = 0; epoch < 50; epoch++)
        {
            mixed.BeginEpoch(epoch);
            var samples = mixed.ToMemory();
            for (int i = 0; i < 3; i++)
            {
                var image = samples.Input(i);
                Assert.Equal(image[..36].ToArray(), image[36..].ToArray());
                for (int id = 0; id < 3; id++)
                    Assert.Equal(image[..36].Count(id) / 36f, samples.Target(i)[id], 1e-5f);
                truly += samples.Target(i)[i] < 1 ? 1 : 0;
            }
        }

        Assert.InRange(truly, 50, 110);
        Assert.Throws<ArgumentException>(() => Samples.OfClasses(4).CutMix());
    }

    [Fact]
    public void Reading_allocates_nothing_once_warm()
    {
        var data = Images(20).Augment(1, s_all).Mixup(0.4, 2);
        int[] indices = [.. Enumerable.Range(0, 20)];
        var inputs = new float[20 * s_shape.Length];
        var targets = new float[20 * 2];
        Allocation.None(() =>
        {
            data.BeginEpoch(1);
            data.Read(indices, inputs, targets);
        });
    }

    [Fact]
    public void Noise_keeps_the_scale_of_the_images_unless_it_is_given_limits()
    {
        var standardised = new MemoryDataset([.. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? -2f : 3f)], [1, 10, 100], [0]);

        float[] noisy = Read(standardised.Augment(1, new Noise(0.5f)), 0);
        float[] clamped = Read(standardised.Augment(1, new Noise(0.5f, 0, 1)), 0);

        Assert.Equal(-2, noisy.Where((_, i) => i % 2 == 0).Average(), 0.1f);
        Assert.Equal(3, noisy.Where((_, i) => i % 2 == 1).Average(), 0.1f);
        Assert.All(clamped, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void Settings_out_of_range_and_inputs_that_are_no_images_are_refused()
    {
        Assert.Contains("from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => new HorizontalFlip(1.5f)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shift(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rotate(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Zoom(1.2f, 0.8f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CropAndResize(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Noise(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Noise(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Noise(1, 0, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cutout(0));
        Assert.Contains("found [2]", Assert.Throws<ArgumentException>(() => Samples.OfClasses(4).Augment(1, s_all)).Message);
    }

    private static MemoryDataset Images(int count)
    {
        var random = new RandomStream(77);
        var pixels = new float[count * s_shape.Length];
        foreach (ref float pixel in pixels.AsSpan())
            pixel = random.NextSingle();

        return new MemoryDataset(pixels, [2, 4, 5], [.. Enumerable.Range(0, count).Select(i => i % 2)]);
    }

    private static float[] Read(Dataset data, int index)
    {
        var inputs = new float[data.InputLength];
        data.Read([index], inputs, new int[1]);
        return inputs;
    }
}
