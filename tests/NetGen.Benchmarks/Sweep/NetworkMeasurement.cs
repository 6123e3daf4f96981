using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers.Onnx;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Sweep;

/// <summary>Compiles and times networks, one after the other; nothing of one stays in memory when the next begins.</summary>
/// <param name="machine">The machine's floor.</param>
/// <param name="repetitions">How many times each contender is timed.</param>
/// <param name="withOnnx">Whether ONNX Runtime takes part.</param>
internal sealed class NetworkMeasurement(MachineFloor machine, int repetitions, bool withOnnx)
{
    /// <summary>The samples of a batch and of a step.</summary>
    public const int BatchSize = 32;

    // The generator's kernels are optimised from their first call, so that nothing is gained by calling them for long.
    private const double WarmUpSeconds = 0.05;

    // Floors are those of call after call: what the other contender left in the caches has to be gone before most of a repetition is over.
    private const double RepetitionSeconds = 0.012;

    // Rounding of long sums; what is wrong is wrong by more.
    private const double Tolerance = 2e-3;

    /// <summary>Measures a network.</summary>
    /// <exception cref="InvalidDataException">It cannot be compiled.</exception>
    public NetworkTimes Measure(DrawnNetwork network)
    {
        NetworkTimes times;
        using (var compiled = CompiledNetwork.Compile(network.Source))
        using (INetworkDriver driver = NetworkDriver.Of(compiled.Class))
            times = Measure(network, driver);
        GC.Collect();
        return times;
    }

    private NetworkTimes Measure(DrawnNetwork network, INetworkDriver driver)
    {
        float[] inputs = Models.Random(BatchSize * DrawnLayer.LengthOf(network.Input), 1);
        (CaseTime one, string? difference) = Predict(network, driver, inputs[..DrawnLayer.LengthOf(network.Input)], 1);
        (CaseTime batch, string? another) = Predict(network, driver, inputs, BatchSize);
        Timing step = Interleaved.Measure([driver.Step(inputs, BatchSize)], repetitions, RepetitionSeconds, WarmUpSeconds)[0];
        Floor floor = StepFloor(network, driver.Description);
        return new NetworkTimes(network, one, batch, new CaseTime(step.Best, floor.Seconds, floor.Bound, null))
        {
            Difference = difference ?? another,
        };
    }

    private (CaseTime Time, string? Difference) Predict(DrawnNetwork network, INetworkDriver driver, float[] inputs, int batch)
    {
        var outputs = new float[batch * DrawnLayer.LengthOf(network.Output)];
        var contenders = new List<Contender> { driver.Prediction(inputs, outputs) };
        using OnnxSession? session = withOnnx ? new OnnxSession(
            network.ToOnnx(driver.Parameters, batch),
            (inputs, DrawnNetwork.ShapeOf(network.Input, batch)),
            DrawnNetwork.ShapeOf(network.Output, batch)) : null;
        if (session is not null)
            contenders.Add(new Contender(Workload.OnnxRuntime, session.Run));
        foreach (Contender contender in contenders)
            contender.Run(1);
        string? difference = session is null ? null : Difference(outputs, session.Outputs);
        Timing[] times = Interleaved.Measure(contenders, repetitions, RepetitionSeconds, WarmUpSeconds);
        Floor floor = PredictionFloor(network, driver.Description, batch);
        return (new CaseTime(times[0].Best, floor.Seconds, floor.Bound, session is null ? null : times[1].Best), difference);
    }

    // As quick has it; what goes in and out has bytes as well, and exponentials cost more than one operation.
    private Floor PredictionFloor(DrawnNetwork network, NetworkDescription description, int batch) => machine.For(
        batch * (description.Operations + network.Layers.Sum(layer => layer.Functions)), Bytes(description, batch));

    // A slope takes nothing that its value has not computed; what an output is, its target is too.
    private Floor StepFloor(DrawnNetwork network, NetworkDescription description) => machine.For(
        BatchSize * (3.0 * description.Operations - description.Layers[0].Operations + network.Layers.Sum(layer => layer.Functions)),
        Bytes(description, BatchSize));

    private static double Bytes(NetworkDescription description, int batch) =>
        sizeof(float) * (description.ParameterCount + (double)batch * (description.InputLength + description.OutputLength));

    private static string? Difference(float[] found, ReadOnlySpan<float> expected)
    {
        double scale = 0;
        foreach (float value in expected)
            scale = Math.Max(scale, Math.Abs(value));
        for (int i = 0; i < found.Length; i++)
        {
            if (!(Math.Abs(found[i] - expected[i]) <= Tolerance * Math.Max(scale, 1e-3)))
                return FormattableString.Invariant($"output {i} is {found[i]:G6}, ONNX Runtime has {expected[i]:G6}");
        }

        return null;
    }
}
