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

    private static MemoryStream Saved(SharedNet net)
    {
        var stream = new MemoryStream();
        net.Parameters.Save(stream);
        return stream;
    }
}
