using NetGen.Data;
using NetGen.Testing;

namespace NetGen.Tests.Data;

public class BatchLoaderTests
{
    [Theory]
    [InlineData(100, 7, 2)]
    [InlineData(100, 10, 3)]
    [InlineData(5, 8, 5)]
    [InlineData(0, 4, 2)]
    public void Batches_come_in_order_with_the_bits_of_reading_on_the_spot(int count, int batchSize, int buffers)
    {
        var source = Samples.OfClasses(count);
        using var loader = new BatchLoader(source, batchSize, buffers);
        var order = new int[count];
        for (int epoch = 0; epoch < 5; epoch++)
        {
            SampleOrder.Shuffle(order, seed: 4, epoch);
            loader.Begin(epoch, order);
            int seen = 0;
            while (loader.TryNext(out var batch))
            {
                Assert.Equal(Math.Min(batchSize, count - seen), batch.Count);
                Assert.Equal(order.AsSpan(seen, batch.Count), batch.Indices);
                for (int i = 0; i < batch.Count; i++)
                {
                    Assert.Equal(order[seen + i], batch.Inputs[2 * i]);
                    Assert.Equal(order[seen + i] % 3, batch.Classes[i]);
                }

                seen += batch.Count;
            }

            Assert.Equal(count, seen);
            Assert.False(loader.TryNext(out _));
        }
    }

    [Fact]
    public void Augmented_samples_belong_to_their_epoch_even_when_one_was_broken_off()
    {
        var images = new MemoryDataset([.. Enumerable.Range(0, 64 * 9).Select(i => (float)i)], [1, 3, 3], new int[64]);
        var here = images.Augment(5, new Shift(2, 2));
        using var loader = new BatchLoader(images.Augment(5, new Shift(2, 2)), 4);
        int[] order = [.. Enumerable.Range(0, 64)];
        for (int epoch = 0; epoch < 30; epoch++)
        {
            loader.Begin(epoch, order);
            here.BeginEpoch(epoch);
            for (int taken = 0; taken < epoch % 5 && loader.TryNext(out var batch); taken++)
            {
                var inputs = new float[4 * 9];
                here.Read(batch.Indices, inputs, new int[4]);
                Assert.Equal(inputs, batch.Inputs.ToArray());
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated_on_either_thread_once_warm()
    {
        var source = new Counting(Samples.OfClasses(64));
        using var loader = new BatchLoader(source, 4);
        var order = new int[64];
        Allocation.None(Run);
        Allocation.None(Run, () => source.Allocated);

        void Run()
        {
            for (int epoch = 0; epoch < 5; epoch++)
            {
                SampleOrder.Shuffle(order, 1, epoch);
                loader.Begin(epoch, order);
                while (loader.TryNext(out _))
                {
                }
            }
        }
    }

    [Fact]
    public void A_failure_while_reading_reaches_the_caller_after_the_batches_before_it()
    {
        var source = new Counting(Samples.OfClasses(20)) { FailsAt = 9 };
        using var loader = new BatchLoader(source, 4);
        loader.Begin(0, [.. Enumerable.Range(0, 20)]);

        Assert.True(loader.TryNext(out _));
        Assert.True(loader.TryNext(out _));
        Assert.Contains("sample 9", Assert.Throws<IOException>(() => loader.TryNext(out _)).Message);
        source.FailsAt = -1;
        loader.Begin(1, [1, 2]);
        Assert.True(loader.TryNext(out var batch));
        Assert.Equal(2, batch.Count);
    }

    [Fact]
    public void Wrong_orders_and_use_after_disposing_are_refused()
    {
        var loader = new BatchLoader(Samples.OfClasses(3), 2);
        Assert.Throws<ArgumentException>(() => loader.Begin(0, [0, 1, 2, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Begin(0, [3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchLoader(Samples.OfClasses(3), 0));
        loader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loader.Begin(0, [0]));
        Assert.Throws<ObjectDisposedException>(() => loader.TryNext(out _));
    }

    [Fact]
    public void An_epochs_order_is_a_permutation_of_its_own()
    {
        var (first, again, other) = (new int[50], new int[50], new int[50]);
        SampleOrder.Shuffle(first, 1, 3);
        SampleOrder.Shuffle(again, 1, 3);
        SampleOrder.Shuffle(other, 1, 4);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(Enumerable.Range(0, 50), first.Order());
    }

    /// <summary>Knows what the reading thread has allocated, and fails if asked to.</summary>
    private sealed class Counting(MemoryDataset source)
        : Dataset(source.InputShape, source.Count, source.Targets, source.TargetLength, source.ClassCount)
    {
        internal long Allocated { get; private set; }

        internal int FailsAt { get; set; } = -1;

        protected internal override void ReadCore(
            ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
        {
            Allocated = GC.GetAllocatedBytesForCurrentThread();
            if (indices.Contains(FailsAt))
                throw new IOException($"Cannot read sample {FailsAt}.");

            source.ReadCore(indices, inputs, targets, classes);
        }
    }
}
