namespace NetGen.Tests.Randomness;

public class RandomStreamTests
{
    // The first numbers of the generator's published reference from the state 1, 2, 3, 4.
    [Fact]
    public void It_is_xoshiro256_star_star()
    {
        var random = RandomStream.FromState([1, 2, 3, 4]);

        Assert.Equal(11520ul, random.NextUInt64());
        Assert.Equal(0ul, random.NextUInt64());
        Assert.Equal(1509978240ul, random.NextUInt64());
        Assert.Equal(1215971899390074240ul, random.NextUInt64());
    }

    [Fact]
    public void Seeds_and_streams_give_different_numbers()
    {
        var first = new HashSet<ulong>();
        for (int seed = -50; seed < 50; seed++)
        {
            for (ulong stream = 0; stream < 100; stream++)
            {
                var random = new RandomStream(seed, stream);
                Assert.True(first.Add(random.NextUInt64()), $"Stream {stream} of seed {seed} starts like another.");
            }
        }
    }

    [Fact]
    public void A_state_continues_the_stream()
    {
        var random = new RandomStream(7);
        random.NextGaussian();
        Span<ulong> state = stackalloc ulong[RandomStream.StateLength];
        random.CopyStateTo(state);
        var resumed = RandomStream.FromState(state);

        for (int i = 0; i < 100; i++)
            Assert.Equal(random.NextGaussian(), resumed.NextGaussian());
        Assert.Throws<ArgumentException>(() => RandomStream.FromState([0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => RandomStream.FromState([1, 2, 3]));
    }

    [Fact]
    public void Uniform_numbers_fill_the_unit_interval_evenly()
    {
        var random = new RandomStream(1);
        var counts = new int[16];
        for (int i = 0; i < 160_000; i++)
        {
            float value = random.NextSingle();
            Assert.InRange(value, 0, 0.99999999f);
            counts[(int)(value * 16)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(int.MaxValue)]
    public void Integers_stay_below_their_limit_and_are_equally_likely(int limit)
    {
        var random = new RandomStream(2);
        var thirds = new int[3];
        for (int i = 0; i < 30_000; i++)
        {
            int value = random.NextInt(limit);
            Assert.InRange(value, 0, limit - 1);
            thirds[(int)(3L * value / limit)]++;
        }

        if (limit == int.MaxValue || limit == 3)
            Assert.All(thirds, count => Assert.InRange(count, 9_600, 10_400));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0));
    }

    [Fact]
    public void Gaussians_have_the_normal_distribution()
    {
        const int Count = 400_000;
        var random = new RandomStream(3);
        double[] values = [.. Enumerable.Range(0, Count).Select(_ => random.NextGaussian())];

        Assert.InRange(values.Average(), -0.007, 0.007);
        Assert.InRange(values.Average(x => x * x), 0.99, 1.01);
        Assert.InRange(values.Average(x => x * x * x), -0.02, 0.02);
        Assert.InRange(values.Average(x => x * x * x * x), 2.94, 3.06);
        // The distribution function at −2, −1, 0.5 and 1.5.
        foreach (var (at, probability) in new[] { (-2.0, 0.022750), (-1.0, 0.158655), (0.5, 0.691462), (1.5, 0.933193) })
            Assert.InRange(values.Count(x => x < at) / (double)Count, probability - 0.003, probability + 0.003);
    }

    // Pinned to what an independent implementation gives, because the normal distribution must not depend on a platform's
    // mathematical functions.
    [Fact]
    public void Gaussians_have_the_same_bits_on_every_machine()
    {
        var random = new RandomStream(42);
        ulong hash = 0;
        for (int i = 0; i < 10_000; i++)
            hash = hash * 31 + BitConverter.DoubleToUInt64Bits(random.NextGaussian());

        Assert.Equal(17105979207325887369ul, hash);
    }

    [Fact]
    public void A_shuffle_is_a_permutation_and_reaches_every_order_equally()
    {
        var random = new RandomStream(4);
        var orders = new Dictionary<string, int>();
        for (int i = 0; i < 24_000; i++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            random.Shuffle<char>(items);
            string order = new(items);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, orders.Count);
        Assert.All(orders, order => Assert.InRange(order.Value, 850, 1150));
        Assert.All(orders.Keys, order => Assert.Equal("abcd", new string([.. order.Order()])));
    }
}
