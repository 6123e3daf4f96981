namespace NetGen.Numerics.Tests.Training;

/// <summary>What a step leaves at the points of a network that asks for it.</summary>
[Trait("Category", "Numeric")]
public sealed class PointTests
{
    private const int Count = 7;

    private static readonly float[] s_inputs = Numbers(Count * Observed.InputLength, 3);
    private static readonly float[] s_targets = Numbers(Count * Observed.OutputLength, 5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Activations_are_those_that_the_layers_before_predict(int threads)
    {
        using Trainer<Observed> trainer = Computed(threads);
        var stem = new ObservedStem();
        Copy(trainer.Model.Parameters, stem.Parameters, from: 0);
        var expected = new float[Count * ObservedStem.OutputLength];
        stem.PredictBatch(s_inputs, expected);

        PointTensor activation = trainer.ActivationAt(trainer.Model.Stem);
        Assert.Equal([5, 6, 6], activation.Shape);
        Assert.Equal((Count, 180), (activation.Count, activation.SampleLength));
        Agree.Within(1e-6, expected, activation.ToArray(), "Stem");
        Assert.Equal(Pooled(activation.ToArray()), trainer.ActivationAt(trainer.Model.Pooled).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Gradients_are_those_of_the_inputs_of_the_layers_behind(int threads)
    {
        using Trainer<Observed> trainer = Computed(threads);
        using var tail = new Trainer<ObservedTail>(new ObservedTail(), new Sgd(0.1f));
        Copy(trainer.Model.Parameters, tail.Model.Parameters, from: 2);
        float[] stem = trainer.ActivationAt(trainer.Model.Stem).ToArray(), expected = new float[stem.Length];
        tail.ComputeGradient(stem, s_targets, expected);
        Agree.Within(2e-6, expected, trainer.GradientAt(trainer.Model.Stem).ToArray(), "the gradient at Stem");
    }

    [Fact]
    public void The_gradient_at_points_that_are_added_is_that_of_their_sum_to_double_precision()
    {
        using Trainer<Observed> trainer = Computed(threads: 1);
        PointTensor output = trainer.ActivationAt(trainer.Model.Out), atOutput = trainer.GradientAt(trainer.Model.Out);
        ParameterTensor weight = trainer.Model.Out["weight"];
        var expected = new float[Count * 45];
        var expectedAtOutput = new float[Count * 3];
        for (int sample = 0; sample < Count; sample++)
        {
            for (int unit = 0; unit < 3; unit++)
            {
                double difference = (double)output[sample][unit] - s_targets[sample * 3 + unit];
                expectedAtOutput[sample * 3 + unit] = (float)(2 * difference / (Count * 3));
                for (int i = 0; i < 45; i++)
                    expected[sample * 45 + i] += (float)(2 * difference / (Count * 3) * weight[unit, i]);
            }
        }

        Agree.Within(1e-6, expectedAtOutput, atOutput.ToArray(), "the gradient at Out");
        Agree.Within(2e-6, expected, trainer.GradientAt(trainer.Model.Branch).ToArray(), "the gradient at Branch");
        Assert.Equal(trainer.GradientAt(trainer.Model.Branch).ToArray(), trainer.GradientAt(trainer.Model.Pooled).ToArray());
    }

    [Fact]
    public void Inputs_and_points_of_blocks_are_points_too()
    {
        using var trainer = new Trainer<ObservedInputs>(new ObservedInputs(seed: 4), new Sgd(0.1f));
        float[] inputs = Numbers(Count * 8, 6), gradient = new float[Count * 8];
        trainer.ComputeGradient(inputs, Numbers(Count * 2, 8), gradient);
        var block = new ObservedBlock(trainer.Model.Out);
        for (int sample = 0; sample < Count; sample++)
        {
            Assert.Equal(inputs.AsSpan(sample * 8, 4), trainer.ActivationAt(trainer.Model.Left)[sample]);
            Assert.Equal(inputs.AsSpan(sample * 8 + 4, 4), trainer.ActivationAt(trainer.Model.Right)[sample]);
            Assert.Equal(gradient.AsSpan(sample * 8, 4), trainer.GradientAt(trainer.Model.Left)[sample]);
            Assert.Equal(gradient.AsSpan(sample * 8 + 4, 4), trainer.GradientAt(trainer.Model.Right)[sample]);
        }

        Assert.Equal(trainer.ActivationAt(trainer.Model.Out).ToArray(), trainer.ActivationAt(block.Last).ToArray());
        Assert.All(trainer.ActivationAt(block.Hidden).ToArray(), value => Assert.InRange(value, -1, 1));

        // The gradient is there whether that of the inputs is asked for or not.
        float[] atLeft = trainer.GradientAt(trainer.Model.Left).ToArray();
        trainer.ComputeGradient(inputs, Numbers(Count * 2, 8));
        Assert.Equal(atLeft, trainer.GradientAt(trainer.Model.Left).ToArray());
    }

    [Fact]
    public void Training_is_the_same_with_the_option_and_without_which_takes_less_memory()
    {
        using Trainer<Observed> observed = Computed(threads: 1);
        using var unobserved = new Trainer<Unobserved>(new Unobserved(seed: 2), new Sgd(0.1f));
        unobserved.ComputeGradient(s_inputs, s_targets);
        foreach (ParameterTensor gradient in unobserved.Gradient)
            Agree.Within(1e-6, gradient.ToArray(), observed.Gradient[gradient.Name].ToArray(), gradient.Name);
        Assert.True(WorkspaceOf<Unobserved>() < WorkspaceOf<Observed>());

        var refused = Assert.Throws<InvalidOperationException>(() => unobserved.ActivationAt(unobserved.Model.Stem).Count);
        Assert.Contains("[Network(KeepPoints = true)]", refused.Message);
    }

    [Fact]
    public void A_batch_in_pieces_leaves_its_last()
    {
        using var trainer = new Trainer<Observed>(new Observed(seed: 2), new Sgd(0.1f), new TrainerOptions { MicroBatch = 4 });
        trainer.ComputeGradient(s_inputs, s_targets);
        using Trainer<Observed> whole = Computed(threads: 1);
        PointTensor last = trainer.ActivationAt(trainer.Model.Stem);
        Assert.Equal(3, last.Count);
        Assert.Equal(whole.ActivationAt(whole.Model.Stem)[4], last[0]);
    }

    [Fact]
    public void What_cannot_be_given_is_refused_with_a_reason()
    {
        using var trainer = new Trainer<Observed>(new Observed(), new Sgd(0.1f));
        Assert.Contains("No batch", Assert.Throws<InvalidOperationException>(() => trainer.ActivationAt(trainer.Model.Stem).Count).Message);
        Assert.Contains("Stem, Pooled", Assert.Throws<ArgumentException>(() => trainer.GradientAt(new ObservedInputs().Left).Count).Message);
        Assert.Throws<ArgumentException>(() => trainer.GradientAt(default).Count);

        using Trainer<Observed> computed = Computed(threads: 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => computed.GradientAt(computed.Model.Stem)[Count].Length);
        Assert.Throws<ArgumentException>(() => computed.GradientAt(computed.Model.Stem).CopyTo(new float[3]));
    }

    private static Trainer<Observed> Computed(int threads)
    {
        var trainer = new Trainer<Observed>(new Observed(seed: 2), new Sgd(0.1f), new TrainerOptions { Threads = threads });
        trainer.ComputeGradient(s_inputs, s_targets);
        return trainer;
    }

    private static int WorkspaceOf<TNetwork>() where TNetwork : class, ITrainableNetwork<TNetwork> => TNetwork.TrainingWorkspaceLength(8);

    private static void Copy(ParameterBlock source, ParameterBlock target, int from)
    {
        foreach ((ParameterTensor read, ParameterTensor written) in source.Skip(from).Zip(target))
            written.CopyFrom(read.ToArray());
    }

    private static float[] Pooled(float[] images)
    {
        var pooled = new float[images.Length / 4];
        for (int i = 0; i < pooled.Length; i++)
        {
            (int line, int column) = Math.DivRem(i, 3);
            int first = line * 12 + column * 2;
            pooled[i] = Math.Max(Math.Max(images[first], images[first + 1]), Math.Max(images[first + 6], images[first + 7]));
        }

        return pooled;
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
    }
}
