using NetGen.Testing;

namespace NetGen.Tests.Networks;

public sealed class ParameterChangeTests
{
    private readonly float[] _input = TestData.Floats(DenseModel.Inputs);

    public static TheoryData<string, Action<PreparedNetHolder>> Doors => new()
    {
        { "an element", net => net.Value.Parameters["0.weight"][1, 2] = 7 },
        { "a tensor", net => net.Value.Parameters["0.bias"].CopyFrom([1, 2, 3]) },
        { "a filled tensor", net => net.Value.Parameters[0].Fill(0.5f) },
        { "another block", net => net.Value.Parameters.CopyFrom(DenseModel.Create(PreparedNet.Description, seed: 5)) },
        { "a copy of the block", net => net.Value.Parameters.CopyFrom(DenseModel.Create(PreparedNet.Description, seed: 6).Span) },
        { "drawn values", net => net.Value.Parameters.Initialize(9) },
        { "any change", net => net.Value.Parameters.Update(values => values[DenseModel.BiasOffset] = 4) },
        { "a file", net => net.Value.Parameters.Load(Saved(seed: 7)) },
        { "a step", net => net.Train(trainer => trainer.Step(new float[6], [1f, 2f, 3f])) },
        { "an optimizer", net => net.Descend() },
    };

    [Theory]
    [MemberData(nameof(Doors))]
    public void A_prediction_sees_a_change_through_any_door(string door, Action<PreparedNetHolder> change)
    {
        var net = new PreparedNetHolder();
        float[] before = Predict(net.Value), expectedBefore = Expected(net.Value);
        Assert.Equal(expectedBefore, before);

        change(net);

        float[] after = Predict(net.Value);
        Assert.True(!after.SequenceEqual(before), $"{door} changed nothing.");
        Assert.Equal(Expected(net.Value), after);
    }

    [Fact]
    public void Predictions_without_a_change_prepare_nothing_and_allocate_nothing()
    {
        var net = new PreparedNet();
        var output = new float[3];
        net.Parameters["0.bias"].Fill(1);
        net.Predict(_input, output);
        net.Parameters["0.bias"].Fill(2);

        int preparations = PreparedNet.Preparations;
        Allocation.None(() => net.Predict(_input, output));
        Assert.InRange(PreparedNet.Preparations - preparations, 1, 1);
    }

    [Fact]
    public async Task First_predictions_at_the_same_time_prepare_once_and_agree()
    {
        var net = new PreparedNet();
        for (int round = 0; round < 300; round++)
        {
            net.Parameters["0.bias"].Fill(round);
            float[] expected = Expected(net);
            int before = PreparedNet.Preparations;
            using var together = new Barrier(4);
            float[][] outputs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return Predict(net);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Assert.All(outputs, output => Assert.Equal(expected, output));
            Assert.Equal(1, PreparedNet.Preparations - before);
        }
    }

    [Fact]
    public async Task Changes_on_another_thread_are_seen_in_the_end()
    {
        var net = new PreparedNet();
        for (int round = 0; round < 20; round++)
        {
            using var stop = new CancellationTokenSource();
            Task predicting = Task.Run(() =>
            {
                while (!stop.IsCancellationRequested)
                    Predict(net);
            });
            for (int i = 0; i < 5_000; i++)
                net.Parameters["0.weight"][i % 3, i % 6] = i + round;
            Assert.Equal(Expected(net), Predict(net));
            await stop.CancelAsync();
            await predicting;
            Assert.Equal(Expected(net), Predict(net));
        }
    }

    [Fact]
    public async Task Predictions_during_a_whole_change_use_all_of_the_old_or_all_of_the_new()
    {
        // Every weight 1, or every weight 2: a sum of both kinds is a number that neither gives.
        MemoryStream[] files = [SavedOf(1), SavedOf(2)];
        var blocks = new[] { new ParameterBlock(RegressionNet.Description), new ParameterBlock(RegressionNet.Description) };
        blocks[0].Load(files[0]);
        blocks[1].Load(files[1]);
        var net = new RegressionNet();
        net.Parameters.CopyFrom(blocks[0]);
        using var stop = new CancellationTokenSource();
        float[] inputs = [.. Enumerable.Repeat(1f, 6 * 40)];
        Task<int> predicting = Task.Run(() =>
        {
            var outputs = new float[3 * 40];
            int mixed = 0;
            while (!stop.IsCancellationRequested)
            {
                net.Predict(inputs.AsSpan(0, 6), outputs.AsSpan(0, 3));
                mixed += outputs.AsSpan(0, 3).IndexOfAnyExcept(outputs[0]) < 0 && outputs[0] is 7 or 14 ? 0 : 1;
                net.PredictBatch(inputs, outputs);
                mixed += outputs.AsSpan().IndexOfAnyExcept(outputs[0]) < 0 && outputs[0] is 7 or 14 ? 0 : 1;
            }

            return mixed;
        });
        for (int i = 0; i < 3_000; i++)
        {
            files[i % 2].Position = 0;
            net.Parameters.Load(files[i % 2]);
            net.Parameters.CopyFrom(blocks[(i + 1) % 2]);
        }

        await stop.CancelAsync();
        Assert.Equal(0, await predicting);
    }

    [Fact]
    public void Views_and_trainers_go_on_with_what_was_loaded()
    {
        var net = new RegressionNet();
        using var trainer = new Trainer<RegressionNet>(net, new Sgd(0.1f));
        trainer.Step(_input, [1f, 2f, 3f]);
        ParameterTensor bias = net.Parameters["0.bias"];

        net.Parameters.Load(SavedOf(2));
        Assert.Equal([2f, 2, 2], bias.ToArray());
        bias[1] = 5;
        var output = new float[3];
        net.Predict(new float[6], output);
        Assert.Equal([2f, 5, 2], output);

        // The gradient of the biases at inputs of zero is 2/3 of the errors.
        trainer.Step(new float[6], [2f, 5, 3.5f]);
        Assert.Equal([2f, 5, 2.1f], bias.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_change_that_throws_changes_nothing()
    {
        var net = new PreparedNet();
        float[] before = net.Parameters.Span.ToArray();
        Assert.Throws<InvalidOperationException>(() => net.Parameters.Update(values =>
        {
            values.Clear();
            throw new InvalidOperationException();
        }));
        Assert.Throws<ArgumentException>(() => net.Parameters.CopyFrom(new float[before.Length - 1]));
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    private float[] Predict(PreparedNet net)
    {
        var output = new float[3];
        net.Predict(_input, output);
        return output;
    }

    private float[] Expected(PreparedNet net)
    {
        float[] doubled = Array.ConvertAll(net.Parameters.Span.ToArray(), value => 2 * value);
        var output = new float[3];
        DenseModel.Forward(in doubled[0], in _input[0], ref output[0], 3, 0, 1);
        return output;
    }

    private static MemoryStream Saved(int seed) => Written(DenseModel.Create(PreparedNet.Description, seed));

    private static MemoryStream SavedOf(float value)
    {
        var block = new ParameterBlock(RegressionNet.Description);
        foreach (ParameterTensor tensor in block)
            tensor.Fill(value);
        return Written(block);
    }

    private static MemoryStream Written(ParameterBlock block)
    {
        var stream = new MemoryStream();
        block.Save(stream);
        stream.Position = 0;
        return stream;
    }

    /// <summary>A network and what changes it; public, as data of a theory must be.</summary>
    public sealed class PreparedNetHolder
    {
        internal PreparedNet Value { get; } = new();

        internal void Train(Action<Trainer<PreparedNet>> action)
        {
            using var trainer = new Trainer<PreparedNet>(Value, new Sgd(0.1f));
            action(trainer);
        }

        internal void Descend()
        {
            var optimizer = new Sgd(0.1f);
            optimizer.Prepare(PreparedNet.Description);
            optimizer.BeginStep();
            optimizer.Update(Value.Parameters, DenseModel.Create(PreparedNet.Description, seed: 8));
        }
    }
}
