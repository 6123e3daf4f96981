using NetGen.Data;

namespace NetGen.Numerics.Tests.Training;

/// <summary>Gradients that become an update when the caller says so, and what is refused before anything changes.</summary>
[Trait("Category", "Numeric")]
public sealed class AccumulationTests
{
    private const int Count = 20, Half = Count / 2;

    private readonly float[] _inputs = OutputGradientTests.Numbers(Count * JudgedNet.InputLength, 3);
    private readonly float[] _targets = OutputGradientTests.Numbers(Count * JudgedNet.OutputLength, 4);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_mean_of_two_halves_is_the_gradient_of_the_whole(int threads)
    {
        float[] inputs = OutputGradientTests.Numbers(Count * WholeNet.InputLength, 3), targets = OutputGradientTests.Numbers(Count * 2, 4);
        using var whole = new Trainer<WholeNet>(new WholeNet(1), new Sgd(0.5f), new TrainerOptions { ClipNorm = 0.05f });
        using var halves = new Trainer<WholeNet>(new WholeNet(1), new Sgd(0.5f), new TrainerOptions { ClipNorm = 0.05f, Threads = threads });
        float[] before = halves.Model.Parameters.Span.ToArray();
        for (int half = 0; half < 2; half++)
        {
            halves.Accumulate(inputs.AsSpan(half * Half * 4, Half * 4), targets.AsSpan(half * Half * 2, Half * 2));
            Assert.Equal((half + 1, 0), (halves.AccumulatedCount, halves.StepCount));
        }

        Assert.Equal(before, halves.Model.Parameters.Span.ToArray());
        halves.ApplyGradient(1f / halves.AccumulatedCount);
        whole.Step(inputs, targets);

        Assert.Equal((0, 1), (halves.AccumulatedCount, halves.StepCount));
        Assert.Equal(whole.GradientNorm, halves.GradientNorm, 1e-6);
        Agree.Within(1e-6, whole.Model.Parameters.Span.ToArray(), halves.Model.Parameters.Span.ToArray(), "parameters");
    }

    [Fact]
    public void One_batch_applied_is_a_step_bit_for_bit_and_predictions_see_it()
    {
        using var stepped = New();
        using var applied = New();
        using var inspected = New();
        var outputs = new float[JudgedNet.OutputLength];
        for (int step = 0; step < 3; step++)
        {
            stepped.Step(_inputs, _targets);
            applied.Accumulate(_inputs, _targets);
            applied.ApplyGradient();
            Assert.Equal(stepped.Model.Parameters.Span.ToArray(), applied.Model.Parameters.Span.ToArray());
        }

        // What inspecting leaves can be applied, too: it takes no states.
        inspected.ComputeGradient(_inputs, _targets);
        inspected.ApplyGradient();
        Assert.Equal(0, inspected.Model.Parameters["Stem.1.num_batches_tracked"].ToArray()[0]);
        Assert.Equal(3, applied.Model.Parameters["Stem.1.num_batches_tracked"].ToArray()[0]);
        var expected = new float[outputs.Length];
        stepped.Model.Predict(_inputs.AsSpan(0, JudgedNet.InputLength), expected);
        applied.Model.Predict(_inputs.AsSpan(0, JudgedNet.InputLength), outputs);
        Assert.Equal(expected, outputs);
    }

    [Fact]
    public void Batches_of_one_update_draw_masks_of_their_own()
    {
        using var trainer = New();
        trainer.Accumulate(_inputs, _targets);
        float[] first = trainer.ActivationAt(trainer.Model.Stem).ToArray();
        trainer.Accumulate(_inputs, _targets);
        Assert.NotEqual(first.Select(value => value == 0), trainer.ActivationAt(trainer.Model.Stem).ToArray().Select(value => value == 0));
    }

    [Fact]
    public void Looking_at_another_gradient_in_between_loses_nothing_and_what_callers_make_of_the_sum_counts()
    {
        using var expected = New();
        using var trainer = New();
        expected.Accumulate(_inputs, _targets);
        expected.ApplyGradient();
        trainer.Accumulate(_inputs, _targets);
        trainer.ComputeGradient(_inputs.AsSpan(0, Half * JudgedNet.InputLength), _targets.AsSpan(0, Half * JudgedNet.OutputLength));
        Throws<InvalidCastException>(() => trainer.ComputeGradient(_inputs, _ => throw new InvalidCastException()));
        trainer.ApplyGradient();
        Assert.Equal(expected.Model.Parameters.Span.ToArray(), trainer.Model.Parameters.Span.ToArray());

        float[] before = trainer.Model.Parameters["Out.bias"].ToArray();
        trainer.ComputeGradientFromOutputGradient(_inputs, new float[_targets.Length]);
        trainer.Gradient["Out.bias"].Fill(1);
        trainer.ApplyGradient(0.25f);
        Assert.All(before.Zip(trainer.Model.Parameters["Out.bias"].ToArray()), bias => Assert.Equal(bias.First - 0.25f * 0.1f, bias.Second, 1e-6f));
    }

    [Fact]
    public void What_is_wrong_is_said_before_anything_changes()
    {
        using var trainer = New();
        using var half = new Trainer<HalfJudgedNet>(new HalfJudgedNet(1), new Sgd(0.1f));
        using var first = new Trainer<FirstHalf>(new FirstHalf(1), new Sgd(0.1f));
        float[] before = trainer.Model.Parameters.Span.ToArray(), slopes = new float[_targets.Length];

        Says<ArgumentException>("outputGradients holds 59 floats; JudgedNet expects 3 for each of the 20 samples, 60 in all.",
            () => trainer.StepFromOutputGradient(_inputs, slopes.AsSpan(1)));
        Says<ArgumentException>("inputGradient has room for 5 floats; the inputs have 1440.",
            () => trainer.StepFromOutputGradient(_inputs, slopes, new float[5]));
        Says<ArgumentException>("72", () => trainer.StepFromOutputGradient(_inputs.AsSpan(1), slopes));
        Throws<ArgumentNullException>(() => trainer.Step(_inputs, (OutputLoss)null!));
        Says<ArgumentOutOfRangeException>("finite", () => trainer.ApplyGradient(float.NaN));
        Says<InvalidOperationException>("There is no gradient to apply", () => trainer.ApplyGradient());
        Says<InvalidOperationException>("'features' of HalfJudgedNet has no loss, and no way back leads from it. Declare the class with "
            + "[Network(OutputGradients = true)]", () => half.StepFromOutputGradient(new float[3], new float[6]));
        Says<InvalidOperationException>("FirstHalf has no loss", () => first.Step(new float[4], new float[6]));
        Says<InvalidOperationException>("FirstHalf has no loss", () => first.Fit(new MemoryDataset(new float[4], [4], new float[6], 6), new FitOptions()));
        Says<InvalidOperationException>("use another trainer", () => trainer.Step(_inputs, _ => trainer.Step(_inputs, _targets)));

        trainer.Accumulate(_inputs, _targets);
        float[] accumulated = trainer.Model.Parameters.Span.ToArray();
        Says<InvalidOperationException>("The gradients of 1 batch are accumulated and not applied yet", () => trainer.Step(_inputs, _targets));
        Says<InvalidOperationException>("accumulated", () => trainer.StepFromOutputGradient(_inputs, slopes));
        Says<InvalidOperationException>("accumulated", () => trainer.Fit(new MemoryDataset(_inputs, [2, 6, 6], _targets, 3), new FitOptions()));
        Assert.Equal(accumulated, trainer.Model.Parameters.Span.ToArray());
        Assert.Equal(before[..10], accumulated[..10]);
        trainer.DiscardGradient();
        Says<InvalidOperationException>("There is no gradient to apply", () => trainer.ApplyGradient());
        trainer.Step(_inputs, _targets);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void What_is_not_finite_or_thrown_leaves_parameters_and_states(int microBatch)
    {
        using var trainer = new Trainer<JudgedNet>(
            new JudgedNet(1), new Adam(0.1f), new TrainerOptions { Threads = 2, MicroBatch = microBatch });
        trainer.Step(_inputs, _targets);
        trainer.Accumulate(_inputs, _targets);
        float[] gradient = trainer.Gradient.Span.ToArray();
        float[] before = trainer.Model.Parameters.Span.ToArray();

        var slopes = new float[_targets.Length];
        slopes[13 * 3 + 1] = float.NaN;
        Says<NonFiniteLossException>("sample 13 of the batch holds NaN at 1 of its outputs' gradients",
            () => trainer.AccumulateFromOutputGradient(_inputs, slopes));
        Says<NonFiniteLossException>("the loss is NaN", () => trainer.Accumulate(_inputs, batch => batch.First + batch.Count == Count ? float.NaN : 0));
        Throws<InvalidCastException>(() => trainer.Accumulate(_inputs, batch => batch.First + batch.Count == Count ? throw new InvalidCastException() : 0));
        _inputs[5] = float.PositiveInfinity;
        Throws<NonFiniteLossException>(() => trainer.Accumulate(_inputs, batch => 0));
        Assert.Equal(before, trainer.Model.Parameters.Span.ToArray());

        // What was accumulated before is as good as it was.
        Assert.Equal(1, trainer.AccumulatedCount);
        trainer.ApplyGradient();
        Assert.Equal(gradient, trainer.Gradient.Span.ToArray());
        Assert.Equal(2, trainer.StepCount);
    }

    private static Trainer<JudgedNet> New() => new(new JudgedNet(1), new Sgd(0.1f));

    private static void Says<TException>(string what, Action call) where TException : Exception =>
        Assert.Contains(what, Throws<TException>(call).Message, StringComparison.Ordinal);

    private static TException Throws<TException>(Action call) where TException : Exception => Assert.Throws<TException>(call);
}
