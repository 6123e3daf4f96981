using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Takes some steps; written where the stream's type is known, so that calls are direct.</summary>
internal delegate void StreamLoop<TStream>(TStream stream, ReadOnlySpan<float> input, Span<float> output, int calls);

/// <summary>One step of a stream.</summary>
/// <param name="network">The network.</param>
/// <param name="steps">The steps that it is declared with.</param>
/// <param name="isSignal">Whether a sample of it has its channels outermost, so that a step is spread over it.</param>
/// <param name="open">Opens a stream.</param>
/// <param name="loop">Takes steps.</param>
internal sealed class StreamWorkload<TNetwork, TStream>(
    TNetwork network, int steps, bool isSignal, Func<TNetwork, TStream> open, StreamLoop<TStream> loop) : Workload
    where TNetwork : class, INetwork<TNetwork>
    where TStream : StepStream
{
    /// <summary>The mean over all steps; of several that make one output, at least one reads the weights.</summary>
    public override Floor FloorOn(MachineFloor machine)
    {
        int period = open(network) is DecimatingStream stream ? stream.StepsPerOutput : 1;
        return machine.For(
            (double)TNetwork.Description.Operations / steps, (double)sizeof(float) * TNetwork.Description.ParameterCount / period);
    }

    public override IReadOnlyList<Contender> Prepare(bool peers)
    {
        TStream stream = open(network);
        float[] input = new float[stream.InputLength], output = new float[stream.OutputLength];
        Check(stream, input, output);
        return [new Contender(NetGen, calls => loop(stream, input, output, calls))];
    }

    /// <summary>The stream of a sample comes to what the network makes of the whole, which tests compare with PyTorch's numbers.</summary>
    private void Check(TStream stream, float[] input, float[] output)
    {
        float[] sample = Models.Random(TNetwork.InputLength, 1), whole = new float[TNetwork.OutputLength];
        network.Predict(sample, whole);
        int outputs = whole.Length / output.Length, given = 0;
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < input.Length; i++)
                input[i] = sample[PlaceOf(step, i, input.Length, steps)];
            if (!Gives(stream, input, output))
                continue;
            int now = given++;
            Outputs.Check(
                $"{Id} {Network}, step {step}", output, [.. output.Select((_, i) => whole[PlaceOf(now, i, output.Length, outputs)])]);
        }

        if (given != outputs)
            throw new WrongOutputException($"{Id} {Network}: the stream gave {given} outputs, the network {outputs}.");
    }

    private static bool Gives(StepStream stream, float[] input, float[] output)
    {
        if (stream is DecimatingStream decimating)
            return decimating.Step(input, output);
        ((PredictionStream)stream).Step(input, output);
        return true;
    }

    private int PlaceOf(int step, int i, int length, int of) => isSignal ? (i * of) + step : (step * length) + i;
}
