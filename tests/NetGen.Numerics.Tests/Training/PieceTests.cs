using static Xunit.Assert;

namespace NetGen.Numerics.Tests.Training;

/// <summary>
/// A network whose samples leave so much behind that a cache holds few of them: its batches are worked on in pieces without being asked to.
/// </summary>
[Network]
[Input(1, 40, 40), Conv2D(64, 3, Padding = Padding.Same), Tanh, Dropout(0.3f), GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]
public partial class LargeSamples;

/// <summary>The same with statistics of whole batches.</summary>
[Network]
[Input(1, 40, 40), Conv2D(64, 3, Padding = Padding.Same), BatchNorm, Tanh, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]
public partial class LargeSamplesWithStatistics;

/// <summary>One of whose samples a cache holds some two dozen.</summary>
[Network]
[Input(1, 24, 24), Conv2D(16, 3, Padding = Padding.Same), Tanh, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]
public partial class MediumSamples;

[Trait("Category", "Numeric")]
public sealed class PieceTests
{
    private const int Count = 21;

    private readonly float[] _inputs = [.. Enumerable.Range(0, Count * 1600).Select(i => MathF.Sin(i * 0.37f) + i % 7 * 0.1f)];
    private readonly int[] _classes = [.. Enumerable.Range(0, Count).Select(i => i % 3)];

    [Fact]
    public void Pieces_are_the_same_step_as_the_whole_up_to_rounding()
    {
        float[] pieces = GradientOf<LargeSamples>(new TrainerOptions());
        float[] whole = GradientOf<LargeSamples>(new TrainerOptions { MicroBatch = Count });
        NotEqual(whole, pieces);
        float largest = whole.Max(MathF.Abs);
        for (int i = 0; i < whole.Length; i++)
            InRange(pieces[i], whole[i] - 1e-5f * largest, whole[i] + 1e-5f * largest);
    }

    [Fact]
    public void Batch_norms_see_the_whole_batch() => Equal(
        GradientOf<LargeSamplesWithStatistics>(new TrainerOptions { MicroBatch = Count }),
        GradientOf<LargeSamplesWithStatistics>(new TrainerOptions()));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_bits_do_not_depend_on_the_number_of_workers(int threads)
    {
        Equal(GradientOf<LargeSamples>(new TrainerOptions { Threads = 1 }), GradientOf<LargeSamples>(new TrainerOptions { Threads = threads }));
        Equal(
            GradientOf<LargeSamplesWithStatistics>(new TrainerOptions { Threads = 1 }),
            GradientOf<LargeSamplesWithStatistics>(new TrainerOptions { Threads = threads }));
    }

    [Fact]
    public void Memory_is_that_of_a_piece()
    {
        long Taken(TrainerOptions options)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            GradientOf<LargeSamples>(options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        InRange(Taken(new TrainerOptions { Threads = 1 }), 1, Taken(new TrainerOptions { Threads = 1, MicroBatch = Count }) / 2);
    }

    // As many as fit, three pieces of 22, would be one turn of eight samples for one of two workers, and two for the other.
    [Fact]
    public void Two_workers_have_the_same_number_of_samples()
    {
        float[] inputs = [.. Enumerable.Range(0, 64 * 576).Select(i => MathF.Sin(i * 0.37f) + i % 7 * 0.1f)];
        int[] classes = [.. Enumerable.Range(0, 64).Select(i => i % 3)];
        float[] Of(int microBatch) => GradientOf<MediumSamples>(new TrainerOptions { MicroBatch = microBatch }, inputs, classes);
        Equal(Of(32), Of(0));
        NotEqual(Of(22), Of(0));
        NotEqual(Of(64), Of(0));
    }

    private float[] GradientOf<TNetwork>(TrainerOptions options) where TNetwork : class, ITrainableNetwork<TNetwork> =>
        GradientOf<TNetwork>(options, _inputs, _classes);

    private static float[] GradientOf<TNetwork>(TrainerOptions options, float[] inputs, int[] classes)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        using var trainer = new Trainer<TNetwork>(TNetwork.Create(seed: 5), new Sgd(0.1f), options);
        trainer.ComputeGradient(inputs, classes);
        return trainer.Gradient.Span.ToArray();
    }
}
