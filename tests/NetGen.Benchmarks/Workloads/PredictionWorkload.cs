using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;
using NetGen.Benchmarks.Peers.Onnx;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Calls a network's prediction some times; written where the network's type is known, so that calls are direct.</summary>
internal delegate void PredictionLoop<TNetwork>(
    TNetwork network, ReadOnlySpan<float> input, Span<float> output, int threads, int calls);

/// <summary>Prediction of one sample or a batch.</summary>
internal sealed class PredictionWorkload<TNetwork>(
    string? file, int batch, TNetwork network, PlainNetwork plain, PredictionLoop<TNetwork> loop) : Workload
    where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>Whether the baseline on TensorPrimitives can do it, and whether it ends in a softmax.</summary>
    public (bool Takes, bool Softmax) Baseline { get; init; }

    /// <summary>Whether there is a row for two threads.</summary>
    public bool Threads { get; init; }

    /// <summary>Whether the network can be written as a model for ONNX Runtime.</summary>
    public bool HasModel { get; init; } = true;

    public override IEnumerable<string> ContenderNames
    {
        get
        {
            yield return NetGen;
            if (HasModel)
                yield return OnnxRuntime;
            if (Baseline.Takes)
                yield return TensorPrimitives;
        }
    }

    public override Floor FloorOn(MachineFloor machine) =>
        machine.For((double)batch * TNetwork.Description.Operations, sizeof(float) * TNetwork.Description.ParameterCount);

    public override IReadOnlyList<Contender> Prepare(bool peers)
    {
        (float[] input, float[] output) = LoadAndCheck();
        var contenders = new List<Contender> { new(NetGen, calls => loop(network, input, output, 1, calls)) };
        if (peers && HasModel)
        {
            long[] inputShape = [batch, .. TNetwork.Description.InputShape.Select(extent => (long)extent)];
            long[] outputShape = [batch, .. TNetwork.Description.OutputShape.Select(extent => (long)extent)];
            byte[] model = OnnxModel.Write(plain, network.Parameters, inputShape, outputShape);
            var session = new OnnxSession(model, (input, inputShape), outputShape);
            session.Run(1);
            Outputs.Check($"{Id} {Case}, ONNX Runtime", session.Outputs, output);
            contenders.Add(new Contender(OnnxRuntime, session.Run));
        }

        if (peers && Baseline.Takes)
        {
            var baseline = new TensorPrimitivesMlp(network.Parameters, Baseline.Softmax);
            var result = new float[output.Length];
            Contender contender = new(TensorPrimitives, calls =>
            {
                for (; calls > 0; calls--)
                {
                    for (int sample = 0; sample < batch; sample++)
                        baseline.Predict(Sample(input, sample, TNetwork.InputLength), Sample(result, sample, TNetwork.OutputLength));
                }
            });
            contender.Run(1);
            Outputs.Check($"{Id} {Case}, TensorPrimitives", result, output);
            contenders.Add(contender);
        }

        return contenders;
    }

    public override IReadOnlyList<Contender> PrepareThreads()
    {
        if (!Threads)
            return [];
        (float[] input, float[] output) = LoadAndCheck();
        var shared = new float[output.Length];
        loop(network, input, shared, 2, 1);
        if (!shared.AsSpan().SequenceEqual(output))
            throw new WrongOutputException($"{Id} {Case}: two threads give other bits than one.");
        return
        [
            new("1 thread", calls => loop(network, input, output, 1, calls)) { UsesThreads = true },
            new("2 threads", calls => loop(network, input, shared, 2, calls)) { UsesThreads = true },
        ];
    }

    private (float[] Input, float[] Output) LoadAndCheck()
    {
        SafeTensorsFile? reference = Models.ReadWeights(file);
        Models.Load(reference, network.Parameters);
        float[] input = reference != null && reference.TryGet($"in{batch}", out var tensor)
            ? tensor.ToSingles()
            : Models.Random(batch * TNetwork.InputLength, 1);
        var output = new float[batch * TNetwork.OutputLength];
        loop(network, input, output, 1, 1);

        // Plain code takes its time: the first and the last sample stand for those between, which the file covers.
        foreach (int sample in new[] { 0, batch - 1 }.Distinct())
        {
            Outputs.Check(
                $"{Id} {Case}, sample {sample}",
                Sample(output, sample, TNetwork.OutputLength),
                plain.Predict(network.Parameters, Sample(input, sample, TNetwork.InputLength)));
        }

        if (reference != null && reference.TryGet($"out{batch}", out var expected))
            Outputs.Check($"{Id} {Case}", output, expected.ToSingles());
        return (input, output);
    }

    private static Span<float> Sample(float[] values, int sample, int length) => values.AsSpan(sample * length, length);
}
