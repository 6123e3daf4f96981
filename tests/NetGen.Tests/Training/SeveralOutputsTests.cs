using NetGen.Data;
using NetGen.Testing;

namespace NetGen.Tests.Training;

[Trait("Category", "Numeric")]
public sealed class SeveralOutputsTests
{
    private const int Samples = 37;

    private readonly float[] _inputs = TestData.Floats(Samples * 6, seed: 3);
    private readonly int[] _kinds = TestData.Classes(Samples, SeveralNet.Kinds, seed: 4);
    private readonly float[] _sizes = TestData.Floats(Samples, seed: 5);
    private readonly float[] _weights = [.. TestData.Floats(Samples, seed: 6).Select(MathF.Abs)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_loss_is_the_weighted_sum_of_those_of_the_outputs(bool weighted)
    {
        float[] weights = weighted ? _weights : [];
        var model = new SeveralNet();
        using var trainer = new Trainer<SeveralNet>(model, new Sgd(0f));
        double expected = SeveralNet.KindWeight * CrossEntropy(model, weights) + SeveralNet.SizeWeight * SquaredError(model, weights);
        Assert.Equal(expected, trainer.ComputeGradient(_inputs, _sizes, _kinds, [], weights), 1e-6);
        Assert.Equal(expected, trainer.Step(_inputs, _sizes, _kinds, weights), 1e-6);
    }

    [Fact]
    public void Gradients_agree_with_differences_of_the_loss()
    {
        var model = new SeveralNet();
        using var trainer = new Trainer<SeveralNet>(model, new Sgd(0f));
        var inputGradient = new float[_inputs.Length];
        trainer.ComputeGradient(_inputs, _sizes, _kinds, inputGradient, _weights);
        float[] gradient = trainer.Gradient["0.weight"].ToArray();
        const float Step = 1e-2f;
        ParameterTensor weight = model.Parameters["0.weight"];
        for (int output = 0; output < 3; output++)
        {
            float old = weight[output, 4];
            weight[output, 4] = old + Step;
            float above = Loss();
            weight[output, 4] = old - Step;
            float below = Loss();
            weight[output, 4] = old;
            Assert.Equal((above - below) / (2 * Step), gradient[output * 6 + 4], 1e-4f);
        }

        _inputs[10] += Step;
        float higher = Loss();
        _inputs[10] -= 2 * Step;
        Assert.Equal((higher - Loss()) / (2 * Step), inputGradient[10], 1e-4f);

        float Loss() => trainer.ComputeGradient(_inputs, _sizes, _kinds, [], _weights);
    }

    [Fact]
    public void A_batch_in_pieces_gives_the_gradient_of_the_whole_whatever_each_loss_divides_by()
    {
        var model = new SeveralNet();
        using var whole = new Trainer<SeveralNet>(model, new Sgd(0f));
        using var pieces = new Trainer<SeveralNet>(model, new Sgd(0f), new TrainerOptions { MicroBatch = 8, Threads = 3 });
        var wholeInputs = new float[_inputs.Length];
        var pieceInputs = new float[_inputs.Length];

        float expected = whole.ComputeGradient(_inputs, _sizes, _kinds, wholeInputs, _weights);
        float actual = pieces.ComputeGradient(_inputs, _sizes, _kinds, pieceInputs, _weights);

        Assert.Equal(expected, actual, 1e-6f);
        Assert.All(whole.Gradient.Span.ToArray().Zip(pieces.Gradient.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.All(wholeInputs.Zip(pieceInputs), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Probabilities_may_take_the_place_of_class_ids()
    {
        var model = new SeveralNet();
        using var trainer = new Trainer<SeveralNet>(model, new Sgd(0f));
        float[] rows = [.. _kinds.Zip(_sizes).SelectMany(pair => new[] { pair.First == 0 ? 1f : 0, pair.First, pair.Second })];
        float[] weights = [.. _kinds.Select(id => SeveralNet.ClassWeights[id])];
        // With ids the mean divides by the sum of the class weights, with probabilities by the number of samples.
        double mean = weights.Average();
        double expected = SeveralNet.KindWeight * CrossEntropy(model, []) * mean + SeveralNet.SizeWeight * SquaredError(model, []);
        Assert.Equal(expected, trainer.ComputeGradient(_inputs, rows), 1e-6);
    }

    [Fact]
    public void Steps_give_the_same_bits_for_any_number_of_threads()
    {
        float[] expected = Train(1, 0);
        float[] inPieces = Train(1, 8);
        for (int threads = 2; threads <= 5; threads++)
        {
            Assert.Equal(expected, Train(threads, 0));
            Assert.Equal(inPieces, Train(threads, 8));
        }

        float[] Train(int threads, int piece)
        {
            var model = new SeveralNet();
            using var trainer = new Trainer<SeveralNet>(
                model, new Adam(), new TrainerOptions { Threads = threads, MicroBatch = piece, ClipNorm = 0.1f });
            for (int i = 0; i < 5; i++)
                trainer.Step(_inputs, _sizes, _kinds);
            return model.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void Steps_allocate_nothing_after_the_first()
    {
        using var trainer = new Trainer<SeveralNet>(
            new SeveralNet(), new Adam(), new TrainerOptions { Threads = 2, ClipNorm = 1f, MicroBatch = 16 });
        Allocation.None(() => trainer.Step(_inputs, _sizes, _kinds, _weights));
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_changes()
    {
        var model = new SeveralNet();
        float[] before = model.Parameters.Span.ToArray();
        using var trainer = new Trainer<SeveralNet>(model, new Sgd(1f));
        AssertRefused("classes holds 36 ids for 37 samples.", () => trainer.Step(_inputs, _sizes, _kinds.AsSpan(1)));
        AssertRefused("targets holds 36 floats; SeveralNet expects 1 for each of the 37 samples, 37 in all.", () => trainer.Step(_inputs, _sizes.AsSpan(1), _kinds));
        AssertRefused("'size' of SeveralNet learns target values, not class ids.", () => trainer.Step(_inputs, _kinds));
        AssertRefused("targets holds 37 floats; SeveralNet expects 3 for each of the 37 samples, 111 in all.", () => trainer.Step(_inputs, _sizes));
        _kinds[3] = 2;
        AssertRefused("classes holds 2 at sample 3 for 'kind'; class ids run from 0 to 1.", () => trainer.Step(_inputs, _sizes, _kinds));
        AssertRefused("input holds 5 floats; SeveralNet expects 6 (image 1×2×2, wheel 2).", () => model.Predict(new float[5], new float[3]));
        AssertRefused("output holds 4 floats; SeveralNet writes 3 (kind 2, size 1).", () => model.Predict(new float[6], new float[4]));
        Assert.Equal(before, model.Parameters.Span.ToArray());
    }

    [Fact]
    public void A_network_learns_from_data_sets_that_are_put_together()
    {
        var model = new SeveralNet();
        using var trainer = new Trainer<SeveralNet>(model, new Adam(0.05f));
        Dataset data = Learnable();
        EvaluationResult before = trainer.Evaluate(data);
        TrainingHistory history = trainer.Fit(
            data,
            new FitOptions
            {
                Epochs = 40,
                BatchSize = 16,
                Validation = data,
                Metrics = [Metric.Accuracy.For("kind"), Metric.MeanAbsoluteError.For("size")],
            });

        EpochRecord last = history.Epochs[^1];
        Assert.Equal(["kind.accuracy", "size.mae"], last.Metrics.Select(metric => metric.Key));
        Assert.True(last["kind.accuracy"] > 0.9, $"accuracy {last["kind.accuracy"]}");
        Assert.True(last["size.mae"] < 0.1, $"mae {last["size.mae"]}");
        EvaluationResult after = trainer.Evaluate(data, Metric.MeanAbsoluteError.For("size"));
        Assert.Equal(after.Loss, after["kind"].Loss + after["size"].Loss, 1e-9);
        Assert.True(after["kind"].Loss < before["kind"].Loss && after["size"].Loss < before["size"].Loss);
        Assert.Equal(last.ValidationLoss, after.Loss, 1e-9);
        Assert.Equal(last["size.mae"], after.Metrics.Single().Value);
        Assert.Equal((OutputMeaning.ClassLogits, OutputMeaning.Values), (after["kind"].Predictions.Meaning, after["size"].Predictions.Meaning));
        Assert.Throws<KeyNotFoundException>(() => after["colour"]);

        string html = TrainingReport.ToHtml(
            history, new TrainingReportOptions { Outputs = after.Outputs, ClassNames = ["left", "right"], Network = SeveralNet.Description });
        Assert.Contains("<h2>Classes of kind: ", html, StringComparison.Ordinal);
        Assert.Contains("<h2>The worst mistakes of size: the largest squared errors</h2>", html, StringComparison.Ordinal);
        Assert.Contains("<td>right</td>", html, StringComparison.Ordinal);
        Assert.Contains("wheel  Input", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_loss_that_is_validated_is_that_of_training()
    {
        using var trainer = new Trainer<SeveralNet>(new SeveralNet(), new Sgd(0f));
        Dataset data = Learnable().Weight(_weights);
        float[] inputs = new float[Samples * 6], sizes = new float[Samples], weights = _weights;
        int[] kinds = new int[Samples];
        data.Read(data.AllIndices(), inputs, sizes, kinds);
        Assert.Equal(trainer.ComputeGradient(inputs, sizes, kinds, [], weights), trainer.Evaluate(data).Loss, 1e-6);
    }

    [Fact]
    public void Batches_read_ahead_are_those_read_on_the_spot()
    {
        Assert.Equal(Fit(prefetch: 0), Fit(prefetch: 2));

        float[] Fit(int prefetch)
        {
            var model = new SeveralNet();
            using var trainer = new Trainer<SeveralNet>(model, new Adam());
            trainer.Fit(Learnable(), new FitOptions { Epochs = 2, BatchSize = 8, Prefetch = prefetch });
            return model.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void The_accuracy_of_outputs_with_classes_is_told_without_asking()
    {
        using var trainer = new Trainer<SeveralNet>(new SeveralNet(), new Adam());
        TrainingHistory history = trainer.Fit(Learnable(), new FitOptions { Epochs = 1, Validation = Learnable() });
        Assert.Equal(["kind.accuracy"], history.Epochs[0].Metrics.Select(metric => metric.Key));
    }

    [Fact]
    public void Targets_side_by_side_in_one_data_set_are_taken_in_the_order_of_the_outputs()
    {
        float[] rows = [.. _kinds.Zip(_sizes).SelectMany(pair => new[] { pair.First == 0 ? 1f : 0, pair.First, pair.Second })];
        using var trainer = new Trainer<SeveralNet>(new SeveralNet(), new Sgd(0f));
        EvaluationResult result = trainer.Evaluate(new MemoryDataset(_inputs, [6], rows, 3), Metric.Accuracy.For("kind"));
        Assert.Equal(trainer.ComputeGradient(_inputs, rows), result.Loss, 1e-6);
        Assert.Equal(_kinds, result["kind"].Predictions.Classes.ToArray());
        Assert.Equal(_sizes, result["size"].Predictions.Targets.ToArray());
    }

    [Fact]
    public void Data_and_metrics_that_do_not_fit_are_named()
    {
        using var trainer = new Trainer<SeveralNet>(new SeveralNet(), new Sgd(0f));
        var images = new MemoryDataset(_inputs, [1, 2, 3], _kinds, 2);
        AssertRefused("The data set's samples have 1 target; SeveralNet learns 2 outputs, kind, size: give each its target, in this order, with AddTargets.",
            () => trainer.Evaluate(images));
        AssertRefused("The data set's targets for 'kind' have 1 floats; 'kind' of SeveralNet has 2 outputs.",
            () => trainer.Evaluate(new MemoryDataset(_inputs, [6], _sizes, 1).AddTargets(_sizes, 1)));
        AssertRefused("The data set's targets for 'size' are class ids; 'size' of SeveralNet learns target values.",
            () => trainer.Evaluate(images.AddTargets(_kinds)));
        AssertRefused("The data set's targets for 'kind' are of 4 classes; 'kind' of SeveralNet knows 2.",
            () => trainer.Evaluate(new MemoryDataset(_inputs, [6], _kinds, 4).AddTargets(_sizes, 1)));
        AssertRefused("The data set's inputs have the shapes [2], [4]; SeveralNet expects [1, 2, 2] for image, [2] for wheel, in this order.",
            () => trainer.Evaluate(Column(0, 2).Join(Column(2, 4)).AddTargets(_kinds).AddTargets(_sizes, 1)));
        AssertRefused("SeveralNet has several outputs with a loss, kind, size: say which one accuracy is of, Metric.Accuracy.For(\"kind\").",
            () => trainer.Fit(Learnable(), new FitOptions { Metrics = [Metric.Accuracy] }));
        AssertRefused("colour.mae is of the output 'colour'; SeveralNet has a loss on kind, size.",
            () => trainer.Evaluate(Learnable(), Metric.MeanAbsoluteError.For("colour")));
        AssertRefused("The method is for networks with one output", () => trainer.Minimize(Learnable(), new LevenbergMarquardt()));
    }

    private static void AssertRefused(string message, Action action) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    /// <summary>Kinds and sizes that follow from the inputs.</summary>
    private Dataset Learnable()
    {
        int[] kinds = [.. Enumerable.Range(0, Samples).Select(i => _inputs[i * 6] > 0 ? 1 : 0)];
        float[] sizes = [.. Enumerable.Range(0, Samples).Select(i => _inputs[i * 6 + 4] - 0.5f * _inputs[i * 6 + 1])];
        return Column(0, 4, [1, 2, 2]).Join(Column(4, 2)).AddTargets(kinds, 2).AddTargets(sizes, 1);
    }

    private MemoryDataset Column(int from, int length, int[]? shape = null) =>
        new([.. Enumerable.Range(0, Samples * length).Select(i => _inputs[i / length * 6 + from + i % length])], shape ?? [length]);

    private double CrossEntropy(SeveralNet model, float[] weights) => Mean(
        i => -Math.Log(Probability(Output(model, i), _kinds[i])), i => (weights.Length == 0 ? 1 : weights[i]) * SeveralNet.ClassWeights[_kinds[i]]);

    private double SquaredError(SeveralNet model, float[] weights) => Mean(
        i => Math.Pow(Output(model, i)[2] - (double)_sizes[i], 2), i => weights.Length == 0 ? 1 : weights[i]);

    private static double Probability(float[] output, int kind) => Math.Exp(output[kind]) / (Math.Exp(output[0]) + Math.Exp(output[1]));

    private float[] Output(SeveralNet model, int sample)
    {
        var output = new float[3];
        model.Predict(_inputs.AsSpan(sample * 6, 6), output);
        return output;
    }

    private static double Mean(Func<int, double> value, Func<int, double> weight) =>
        Enumerable.Range(0, Samples).Sum(i => weight(i) * value(i)) / Enumerable.Range(0, Samples).Sum(weight);
}
