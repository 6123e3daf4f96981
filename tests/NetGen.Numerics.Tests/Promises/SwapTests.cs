namespace NetGen.Numerics.Tests.Promises;

/// <summary>Weights may be loaded while other threads predict.</summary>
public sealed class SwapTests
{
    [Fact]
    public async Task A_prediction_while_weights_are_loaded_uses_one_set_or_the_other()
    {
        MemoryStream[] files = [.. Enumerable.Range(0, 2).Select(seed => Saved(new SharedNet(seed)))];
        float[] inputs = [.. Enumerable.Range(0, 8 * SharedNet.InputLength).Select(i => MathF.Sin(i))];
        // Single samples and batches add up in different orders.
        float[][] expected = [.. Enumerable.Range(0, 2).Select(seed => Predicted(new SharedNet(seed)))];
        float[][] expectedBatches = [.. Enumerable.Range(0, 2).Select(seed => PredictedBatch(new SharedNet(seed)))];
        var model = new SharedNet(0);
        using var stop = new CancellationTokenSource();
        Task<int>[] predicting = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            int others = 0;
            while (!stop.IsCancellationRequested)
            {
                float[] outputs = Predicted(model);
                others += expected.Any(set => set.AsSpan(0, SharedNet.OutputLength).SequenceEqual(outputs.AsSpan(0, SharedNet.OutputLength))) ? 0 : 1;
                model.PredictBatch(inputs, outputs, 1);
                others += expectedBatches.Any(set => set.SequenceEqual(outputs)) ? 0 : 1;
            }

            return others;
        }))];
        for (int i = 0; i < 2_000; i++)
        {
            files[i % 2].Position = 0;
            model.Parameters.Load(files[i % 2]);
        }

        await stop.CancelAsync();
        int[] mixed = await Task.WhenAll(predicting);
        Assert.Equal((int[])[0, 0], mixed);

        float[] PredictedBatch(SharedNet net)
        {
            var outputs = new float[8 * SharedNet.OutputLength];
            net.PredictBatch(inputs, outputs, 1);
            return outputs;
        }

        float[] Predicted(SharedNet net)
        {
            var outputs = new float[8 * SharedNet.OutputLength];
            for (int i = 0; i < 8; i++)
                net.Predict(inputs.AsSpan(i * SharedNet.InputLength, SharedNet.InputLength), outputs.AsSpan(i * SharedNet.OutputLength, SharedNet.OutputLength));
            return outputs;
        }
    }

    [Fact]
    public async Task A_large_batch_of_raw_features_is_predicted_with_one_set()
    {
        MemoryStream[] files = [.. Enumerable.Range(0, 2).Select(seed => Saved(new SharedNet(seed)))];
        // More than is scaled at once, and the same sample again and again: each output tells which weights it comes from.
        const int Count = (3 << 20) / SharedNet.InputLength;
        var inputs = new float[Count * SharedNet.InputLength];
        Array.Fill(inputs, 0.5f);
        var scaling = new Scaling(new float[SharedNet.InputLength], [.. Enumerable.Repeat(1f, SharedNet.InputLength)], SharedNet.InputLength);
        var model = new Model<SharedNet>(new SharedNet(0), new ModelCard { InputScaling = scaling });
        using var stop = new CancellationTokenSource();
        Task loading = Task.Run(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                files[i % 2].Position = 0;
                model.Network.Parameters.Load(files[i % 2]);
            }
        });
        var outputs = new float[Count * SharedNet.OutputLength];
        int mixed = 0;
        for (int round = 0; round < 12; round++)
        {
            model.PredictBatch(inputs, outputs, 1);
            // Whole blocks, which add up alike.
            ReadOnlySpan<float> first = outputs.AsSpan(0, SharedNet.OutputLength);
            for (int sample = 0; sample < Count - Count % 1024; sample += 512)
                mixed += outputs.AsSpan(sample * SharedNet.OutputLength, SharedNet.OutputLength).SequenceEqual(first) ? 0 : 1;
        }

        await stop.CancelAsync();
        await loading;
        Assert.Equal(0, mixed);
    }

    private static MemoryStream Saved(SharedNet net)
    {
        var stream = new MemoryStream();
        net.Parameters.Save(stream);
        return stream;
    }
}
