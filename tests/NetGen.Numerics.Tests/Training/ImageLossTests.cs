using static Xunit.Assert;

namespace NetGen.Numerics.Tests.Training;

/// <summary>Images so large that samples take turns in memory, between a way there and back that needs some of each.</summary>
[Network(KeepPoints = true)]
public partial class JudgedImages
{
    [Input(4, 31, 30)] public partial Layer Image { get; }
    [Conv2D(32, 3), Gelu] public partial Layer Stem { get; }
    [Conv2D(8, 1), Dropout(0.25), Tanh, MeanSquaredError] public partial Layer Out { get; }
}

/// <summary>The same behind statistics of the batch, and a second output that is a vector.</summary>
[Network]
public partial class JudgedTwice
{
    [Input(4, 31, 30)] public partial Layer Image { get; }
    [Conv2D(8, 3), BatchNorm, Silu] public partial Layer Stem { get; }
    [Conv2D(6, 1, Stride = 2), Huber] public partial Layer Map { get; }
    [From(nameof(Stem)), GlobalAveragePool, Dense(3), MeanSquaredError] public partial Layer Kind { get; }
}

/// <summary>Images that are judged one by one, in the loop that computes them and goes back from them.</summary>
[Trait("Category", "Numeric")]
public sealed class ImageLossTests
{
    private const int Count = 7;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_step_that_shows_its_outputs_on_the_way_has_the_bits_of_one_that_does_not(int threads)
    {
        float[] inputs = Numbers(Count * JudgedImages.InputLength, 3), targets = Numbers(Count * JudgedImages.OutputLength, 4);
        using Trainer<JudgedImages> judged = New<JudgedImages>(1), given = New<JudgedImages>(threads), asked = New<JudgedImages>(threads);
        for (int step = 0; step < 2; step++)
        {
            judged.ComputeGradient(inputs, targets);
            float[] slopes = judged.GradientAt(judged.Model.Out).ToArray(), outputs = judged.ActivationAt(judged.Model.Out).ToArray();
            float loss = judged.Step(inputs, targets);
            given.StepFromOutputGradient(inputs, slopes);
            asked.Step(inputs, batch =>
            {
                Equal(outputs, batch.Outputs.ToArray());
                slopes.CopyTo(batch.Gradients);
                return loss;
            });
            Equal(judged.Model.Parameters.Span.ToArray(), given.Model.Parameters.Span.ToArray());
            Equal(judged.Model.Parameters.Span.ToArray(), asked.Model.Parameters.Span.ToArray());
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_bits_do_not_depend_on_the_number_of_workers(int threads)
    {
        float[] weights = [.. Enumerable.Range(0, Count).Select(i => i % 3 * 0.5f)];
        Equal(Bits<JudgedImages>(1, weights), Bits<JudgedImages>(threads, weights));
        Equal(Bits<JudgedTwice>(1, weights), Bits<JudgedTwice>(threads, weights));
    }

    [Fact]
    public void An_output_that_is_not_finite_changes_nothing()
    {
        float[] inputs = Numbers(Count * JudgedImages.InputLength, 3), targets = Numbers(Count * JudgedImages.OutputLength, 4);
        inputs[3 * JudgedImages.InputLength + 5] = float.NaN;
        using Trainer<JudgedImages> trainer = New<JudgedImages>(2);
        float[] before = trainer.Model.Parameters.Span.ToArray();
        Throws<NonFiniteLossException>(() => trainer.Step(inputs, targets));
        Throws<NonFiniteLossException>(() => trainer.StepFromOutputGradient(inputs, targets));
        Throws<NonFiniteLossException>(() => trainer.Step(inputs, batch => 1));
        Equal(before, trainer.Model.Parameters.Span.ToArray());
    }

    // A loss, and the gradients by parameters and inputs.
    private static float[] Bits<TNetwork>(int threads, float[] weights) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        using Trainer<TNetwork> trainer = New<TNetwork>(threads);
        float[] inputs = Numbers(Count * TNetwork.InputLength, 3), targets = Numbers(Count * TNetwork.OutputLength, 4);
        for (int i = 0; i < targets.Length; i++)
            targets[i] = Math.Abs(targets[i]);
        var inputGradient = new float[inputs.Length];
        float loss = trainer.ComputeGradient(inputs, targets, [], inputGradient, weights);
        return [loss, .. trainer.Gradient.Span, .. inputGradient];
    }

    private static Trainer<TNetwork> New<TNetwork>(int threads) where TNetwork : class, ITrainableNetwork<TNetwork> =>
        new(TNetwork.Create(seed: 5), new Sgd(0.1f), new TrainerOptions { Threads = threads });

    private static float[] Numbers(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * 0.37f + seed) + i % 7 * 0.1f)];
}
