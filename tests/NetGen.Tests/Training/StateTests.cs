using NetGen.Data;

namespace NetGen.Tests.Training;

/// <summary>States are kept up by training, and nothing else touches them.</summary>
[Trait("Category", "Numeric")]
public sealed class StateTests
{
    private const int Samples = 24;

    private readonly float[] _inputs = TestData.Floats(Samples * 6, seed: 3);
    private readonly int[] _kinds = TestData.Classes(Samples, SeveralNet.Kinds, seed: 4);
    private readonly float[] _sizes = TestData.Floats(Samples, seed: 5);

    [Fact]
    public void A_step_gives_states_their_next_values_and_the_gradient_has_nothing_of_them()
    {
        var model = new SeveralNet();
        float[] expected = Next(model, [0, 0, 0], 0, Samples);
        using var trainer = new Trainer<SeveralNet>(
            model, new Adam(0.1f) { WeightDecay = 0.5f }, new TrainerOptions { ClipNorm = 0.1f, Threads = 3 });
        trainer.Step(_inputs, _sizes, _kinds);
        AssertStates(model, expected, 1);
        Assert.Equal(new float[3], trainer.Gradient["1.running_mean"].ToArray());
        Assert.Equal([0f], trainer.Gradient["1.num_batches_tracked"].ToArray());

        expected = Next(model, expected, 0, Samples);
        trainer.Step(_inputs, _sizes, _kinds);
        AssertStates(model, expected, 2);
    }

    [Fact]
    public void Pieces_go_on_from_each_other()
    {
        var model = new SeveralNet();
        float[] expected = [0, 0, 0];
        for (int from = 0; from < Samples; from += 8)
            expected = Next(model, expected, from, 8);
        using var trainer = new Trainer<SeveralNet>(model, new Sgd(0.1f), new TrainerOptions { MicroBatch = 8 });
        trainer.Step(_inputs, _sizes, _kinds);
        AssertStates(model, expected, 3);
        Assert.Equal(new float[3], trainer.Gradient["1.running_mean"].ToArray());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    public void A_step_that_is_refused_leaves_them_as_they_were(int piece, bool byGradient)
    {
        var model = new SeveralNet();
        using var trainer = new Trainer<SeveralNet>(
            model, new Adam(), new TrainerOptions { MicroBatch = piece, Threads = 2, CheckGradients = true });
        trainer.Step(_inputs, _sizes, _kinds);
        float[] before = model.Parameters.Span.ToArray();
        // In the second piece of three: the loss itself, or a gradient beyond what a float holds.
        _inputs[6 * 10 + 2] = byGradient ? 1e30f : float.NaN;
        if (byGradient)
            model.Parameters["0.weight"].Fill(1e-12f);
        before = byGradient ? model.Parameters.Span.ToArray() : before;

        Assert.Throws<NonFiniteLossException>(() => trainer.Step(_inputs, _sizes, _kinds));
        Assert.Equal(before, model.Parameters.Span.ToArray());
    }

    [Fact]
    public void Gradients_alone_and_minimizers_leave_them_alone()
    {
        var model = new SeveralNet();
        using var trainer = new Trainer<SeveralNet>(model, new Sgd(0.1f), new TrainerOptions { MicroBatch = 8 });
        trainer.Step(_inputs, _sizes, _kinds);
        float[] mean = model.Parameters["1.running_mean"].ToArray();
        trainer.ComputeGradient(_inputs, _sizes, _kinds, [], []);
        Assert.Equal(new float[3], trainer.Gradient["1.running_mean"].ToArray());
        trainer.Minimize(Data(), new Lbfgs { Iterations = 3 });
        trainer.FindLearningRate(Data(), new RangeTestOptions { Steps = 4 });
        AssertStates(model, mean, 3);
    }

    [Fact]
    public void They_are_no_parameters()
    {
        Assert.Equal(21, SeveralNet.Description.ParameterCount);
        IReadOnlyList<ParameterRange> ranges = ParameterRange.For(SeveralNet.Description, _ => (1, 1));
        Assert.Equal([new ParameterRange(0, 112), new ParameterRange(112, 32, 0, 0)], ranges);
    }

    [Fact]
    public void Norms_of_gradients_are_of_parameters_alone()
    {
        var norms = new GradientNorms();
        using var trainer = new Trainer<SeveralNet>(new SeveralNet(), new Sgd(0.1f));
        trainer.Fit(Data(), new FitOptions { Callbacks = [norms] });
        Assert.Equal(["0.weight", "0.bias"], norms.Tensors);
    }

    [Fact]
    public void Files_hold_counts_as_whole_numbers_without_a_dimension()
    {
        var model = new SeveralNet(1);
        model.Parameters["1.num_batches_tracked"].Fill(12);
        using var stream = new MemoryStream();
        model.Parameters.Save(stream);
        stream.Position = 0;
        var file = SafeTensorsFile.Read(stream);
        Assert.Equal((SafeTensorType.I64, 0), (file["1.num_batches_tracked"].Type, file["1.num_batches_tracked"].Shape.Count));
        Assert.Equal([12L], file["1.num_batches_tracked"].ToInt64s());

        stream.Position = 0;
        var loaded = new SeveralNet(2);
        loaded.Parameters.Load(stream);
        Assert.Equal(model.Parameters.Span.ToArray(), loaded.Parameters.Span.ToArray());
        var floats = new SafeTensorsBuilder();
        foreach (ParameterTensor tensor in model.Parameters)
            floats.Add(tensor.Name, tensor.Shape, tensor.ToArray());
        using var single = new MemoryStream();
        floats.Write(single);
        single.Position = 0;
        new SeveralNet(3).Parameters.Load(single);
    }

    private MemoryDataset Data() => Columns().ToMemory();

    private Dataset Columns() => new MemoryDataset(_inputs, [6], _kinds, 2).AddTargets(_sizes, 1);

    private float[] Next(SeveralNet model, float[] old, int from, int count)
    {
        var outputs = new float[count * 3];
        model.PredictBatch(_inputs.AsSpan(from * 6, count * 6), outputs);
        return [.. Enumerable.Range(0, 3).Select(o => 0.9f * old[o] + 0.1f * Enumerable.Range(0, count).Select(i => outputs[i * 3 + o]).Sum() / count)];
    }

    private static void AssertStates(SeveralNet model, float[] mean, float count)
    {
        Assert.All(mean.Zip(model.Parameters["1.running_mean"].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal([count], model.Parameters["1.num_batches_tracked"].ToArray());
    }
}
