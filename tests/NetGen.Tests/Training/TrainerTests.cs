using NetGen.Testing;

namespace NetGen.Tests.Training;

[Trait("Category", "Numeric")]
public sealed class TrainerTests
{
    private const int Count = 37;

    private readonly float[] _inputs = TestData.Floats(Count * 6, seed: 3);
    private readonly int[] _classes = TestData.Classes(Count, 3, seed: 4);
    private readonly float[] _targets = TestData.Floats(Count * 3, seed: 5);

    [Fact]
    public void Steps_give_the_same_bits_for_any_number_of_threads()
    {
        (float[] parameters, float[] losses) = Train(1, new TrainerOptions { Threads = 1, ClipNorm = 0.1f });
        for (int threads = 2; threads <= 5; threads++)
        {
            (float[] others, float[] otherLosses) = Train(1, new TrainerOptions { Threads = threads, ClipNorm = 0.1f });
            Assert.Equal(losses, otherLosses);
            Assert.Equal(parameters, others);
        }
    }

    [Fact]
    public void The_loss_falls_and_the_model_learns_its_classes()
    {
        (_, float[] losses) = Train(1, new TrainerOptions());
        Assert.True(losses[^1] < 0.8f * losses[0], $"from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void A_step_of_plain_descent_moves_the_parameters_against_the_gradient()
    {
        var model = new SoftmaxNet();
        using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(0.5f));
        trainer.ComputeGradient(_inputs, _classes);
        float[] expected = [.. model.Parameters.Span.ToArray().Zip(trainer.Gradient.Span.ToArray(), (w, g) => w - 0.5f * g)];

        trainer.Step(_inputs, _classes);

        Assert.Equal(1, trainer.StepCount);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], model.Parameters.Span[i], 1e-6f);
    }

    [Fact]
    public void Gradients_agree_with_differences_of_the_loss()
    {
        var model = new SoftmaxNet();
        using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(0f));
        var inputGradient = new float[_inputs.Length];
        trainer.ComputeGradient(_inputs, _classes, inputGradient);
        float[] gradient = trainer.Gradient["0.weight"].ToArray();

        const float Step = 1e-2f;
        ParameterTensor weight = model.Parameters["0.weight"];
        for (int output = 0; output < 3; output++)
        {
            float old = weight[output, 4];
            weight[output, 4] = old + Step;
            float above = trainer.ComputeGradient(_inputs, _classes);
            weight[output, 4] = old - Step;
            float below = trainer.ComputeGradient(_inputs, _classes);
            weight[output, 4] = old;
            Assert.Equal((above - below) / (2 * Step), gradient[output * 6 + 4], 1e-4f);
        }

        _inputs[10] += Step;
        float higher = trainer.ComputeGradient(_inputs, _classes);
        _inputs[10] -= 2 * Step;
        float lower = trainer.ComputeGradient(_inputs, _classes);
        Assert.Equal((higher - lower) / (2 * Step), inputGradient[10], 1e-4f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_in_pieces_gives_the_gradient_of_the_whole(bool weighted)
    {
        float[] weights = weighted ? [.. TestData.Floats(Count, seed: 8).Select(MathF.Abs)] : [];
        var model = new SoftmaxNet();
        using var whole = new Trainer<SoftmaxNet>(model, new Sgd(0f));
        using var pieces = new Trainer<SoftmaxNet>(model, new Sgd(0f), new TrainerOptions { MicroBatch = 8, Threads = 3 });
        var wholeInputs = new float[_inputs.Length];
        var pieceInputs = new float[_inputs.Length];

        float expected = whole.ComputeGradient(_inputs, _classes, wholeInputs, weights);
        float actual = pieces.ComputeGradient(_inputs, _classes, pieceInputs, weights);

        Assert.Equal(expected, actual, 1e-6f);
        AssertClose(whole.Gradient.Span, pieces.Gradient.Span, 1e-6f);
        AssertClose(wholeInputs, pieceInputs, 1e-6f);
    }

    [Fact]
    public void Clipping_by_norm_shortens_the_update_and_reports_the_norm_before()
    {
        var model = new SoftmaxNet();
        float[] before = model.Parameters.Span.ToArray();
        using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(1f), new TrainerOptions { ClipNorm = 0.01f });
        trainer.Step(_inputs, _classes);

        double moved = Math.Sqrt(before.Zip(model.Parameters.Span.ToArray(), (a, b) => Math.Pow(a - b, 2)).Sum());
        Assert.Equal(0.01, moved, 1e-5);
        Assert.Equal(Gradients.Norm(trainer.Gradient.Span), trainer.GradientNorm, 1e-9);
        Assert.True(trainer.GradientNorm > 0.05);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Clipping_by_value_limits_every_element(bool withNorm)
    {
        using var trainer = new Trainer<SoftmaxNet>(
            new SoftmaxNet(), new Sgd(1f), new TrainerOptions { ClipValue = 0.01f, CheckGradients = withNorm });
        trainer.Step(_inputs, _classes);

        Assert.Equal(0.01f, trainer.Gradient.Span.ToArray().Max(MathF.Abs));
    }

    [Fact]
    public void Steps_allocate_nothing_after_the_first()
    {
        using var classes = new Trainer<SoftmaxNet>(
            new SoftmaxNet(), new Adam(), new TrainerOptions { Threads = 2, ClipNorm = 1f, MicroBatch = 16 });
        using var values = new Trainer<RegressionNet>(new RegressionNet(), new Sgd(0.01f) { Momentum = 0.9f });
        var inputGradient = new float[_inputs.Length];
        Allocation.None(() =>
        {
            classes.Step(_inputs, _classes);
            classes.ComputeGradient(_inputs, _classes, inputGradient);
            values.Step(_inputs, _targets);
        });
    }

    [Fact]
    public void A_larger_batch_grows_the_workspace_and_a_smaller_one_reuses_it()
    {
        using var trainer = new Trainer<RegressionNet>(new RegressionNet(), new Sgd(0.1f), new TrainerOptions { Capacity = 2 });
        using var fresh = new Trainer<RegressionNet>(new RegressionNet(), new Sgd(0.1f));
        foreach (int count in (int[])[1, 37, 2, 30])
        {
            float loss = trainer.Step(_inputs.AsSpan(0, count * 6), _targets.AsSpan(0, count * 3));
            Assert.Equal(fresh.Step(_inputs.AsSpan(0, count * 6), _targets.AsSpan(0, count * 3)), loss);
        }
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_before_the_update_and_names_the_step_and_the_sample()
    {
        var model = new RegressionNet();
        using var trainer = new Trainer<RegressionNet>(model, new Sgd(0.1f) { Momentum = 0.9f });
        trainer.Step(_inputs, _targets);
        float[] before = model.Parameters.Span.ToArray();
        _inputs[6 * 5 + 2] = float.NaN;

        var thrown = Assert.Throws<NonFiniteLossException>(() => trainer.Step(_inputs, _targets));

        Assert.Equal(2, thrown.Step);
        Assert.Contains("At step 2 the loss is NaN: sample 5 of the batch holds NaN at 2.", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.Span.ToArray());
        Assert.Equal(1, trainer.StepCount);
        Assert.Equal(1, trainer.Optimizer.StepCount);
    }

    [Fact]
    public void A_rule_freezes_parameters_and_slows_others_by_their_names()
    {
        float[] all = Steps(null, "0.bias"), slowed = Steps(parameter => (1, parameter.Name == "0.bias" ? 0.5f : 1), "0.bias");
        Assert.NotEqual(new float[3], all);
        Assert.Equal(all.Select(value => value / 2), slowed);
        Assert.Equal(new float[3], Steps(parameter => (1, parameter.Name.EndsWith("bias", StringComparison.Ordinal) ? 0 : 1), "0.bias"));
        Assert.NotEqual(new RegressionNet().Parameters["0.weight"].ToArray(), Steps(parameter => (1, parameter.Name == "0.bias" ? 0 : 1), "0.weight"));

        float[] Steps(Func<ParameterDescription, (float Decay, float LearningRate)>? rule, string tensor)
        {
            var model = new RegressionNet();
            using var trainer = new Trainer<RegressionNet>(model, new Sgd(0.1f), new TrainerOptions { ParameterRule = rule });
            trainer.Step(_inputs, _targets);
            return model.Parameters[tensor].ToArray();
        }
    }

    [Fact]
    public void Weights_that_are_not_finite_are_named()
    {
        var model = new RegressionNet();
        model.Parameters["0.bias"][1] = float.PositiveInfinity;
        using var trainer = new Trainer<RegressionNet>(model, new Sgd(0.1f));

        var thrown = Assert.Throws<NonFiniteLossException>(() => trainer.Step(_inputs, _targets));

        Assert.Equal("0.bias", thrown.Tensor);
        Assert.Contains("the weights of 0.bias in Dense(3) are not finite", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_batches_are_refused_with_what_was_expected()
    {
        using var softmax = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
        using var regression = new Trainer<RegressionNet>(new RegressionNet(), new Sgd(0.1f));
        AssertRefused("inputs holds 7 floats; SoftmaxNet expects one or more samples of 6.", () => softmax.Step(new float[7], new int[1]));
        AssertRefused("inputs holds 0 floats", () => softmax.Step([], Array.Empty<int>()));
        AssertRefused("classes holds 2 ids for 1 samples.", () => softmax.Step(new float[6], new int[2]));
        AssertRefused("classes holds 3 at sample 1; class ids run from 0 to 2.", () => softmax.Step(new float[12], new[] { 0, 3 }));
        AssertRefused("classes holds -1 at sample 0", () => softmax.Step(new float[6], new[] { -1 }));
        AssertRefused("RegressionNet learns target values", () => regression.Step(new float[6], new int[1]));
        AssertRefused("targets holds 4 floats; RegressionNet expects 3 for each of the 2 samples, 6 in all.",
            () => regression.Step(new float[12], new float[4]));
        AssertRefused("sampleWeights holds 1 weights for 2 samples.", () => regression.Step(new float[12], new float[6], [1f]));
        AssertRefused("sampleWeights holds -1", () => regression.Step(new float[6], new float[3], [-1f]));

        static void AssertRefused(string message, Action action) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private (float[] Parameters, float[] Losses) Train(int seed, TrainerOptions options)
    {
        var model = new SoftmaxNet(seed);
        using var trainer = new Trainer<SoftmaxNet>(model, new Adam(0.05f), options);
        var losses = new float[30];
        for (int i = 0; i < losses.Length; i++)
            losses[i] = trainer.Step(_inputs, _classes);
        return (model.Parameters.Span.ToArray(), losses);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }
}
