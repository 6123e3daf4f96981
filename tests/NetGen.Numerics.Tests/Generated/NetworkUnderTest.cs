using System.Reflection;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>A generated network whose type is known only at run time.</summary>
internal interface INetworkUnderTest : IDisposable
{
    NetworkDescription Description { get; }

    ParameterBlock Parameters { get; }

    /// <summary>The gradient that was computed last.</summary>
    ParameterBlock Gradient { get; }

    void Predict(ReadOnlySpan<float> input, Span<float> output);

    void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int threads);

    /// <summary>The mean loss; targets that are class ids are among the classes if there are any, the others among the targets.</summary>
    float ComputeGradient(float[] inputs, float[] targets, int[]? classes, float[]? inputGradient);

    /// <summary>The same, but for a loss that the caller computes.</summary>
    float ComputeGradient(float[] inputs, OutputLoss loss, float[]? inputGradient);

    /// <summary>What the last step computed at a point, by sample.</summary>
    float[][] ActivationAt(string point, int count);

    /// <summary>A step of the optimizer.</summary>
    float Step(float[] inputs, float[] targets, int[]? classes);
}

internal static class NetworkUnderTest
{
    public static INetworkUnderTest Of(Type network, Optimizer? optimizer = null, int threads = 1) =>
        (INetworkUnderTest)Activator.CreateInstance(typeof(Driver<>).MakeGenericType(network), optimizer ?? new Sgd(0.1f), threads)!;

    private sealed class Driver<TNetwork> : INetworkUnderTest where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        private readonly TNetwork _model;
        private readonly Trainer<TNetwork> _trainer;

        public Driver(Optimizer optimizer, int threads)
        {
            ConstructorInfo constructor = typeof(TNetwork).GetConstructor([typeof(int)])!;
            _model = (TNetwork)constructor.Invoke([1]);
            _trainer = new Trainer<TNetwork>(_model, optimizer, new TrainerOptions { Threads = threads });
        }

        public NetworkDescription Description => TNetwork.Description;

        public ParameterBlock Parameters => _model.Parameters;

        public ParameterBlock Gradient => _trainer.Gradient;

        public void Predict(ReadOnlySpan<float> input, Span<float> output) => _model.Predict(input, output);

        public void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int threads) =>
            _model.PredictBatch(inputs, outputs, threads);

        public float ComputeGradient(float[] inputs, float[] targets, int[]? classes, float[]? inputGradient) => classes is null
            ? _trainer.ComputeGradient(inputs, targets, inputGradient)
            : targets.Length == 0 ? _trainer.ComputeGradient(inputs, classes, inputGradient)
            : _trainer.ComputeGradient(inputs, targets, classes, inputGradient, []);

        public float ComputeGradient(float[] inputs, OutputLoss loss, float[]? inputGradient) => _trainer.ComputeGradient(inputs, loss, inputGradient);

        public float[][] ActivationAt(string point, int count)
        {
            PointTensor tensor = _trainer.ActivationAt((Layer)typeof(TNetwork).GetProperty(point)!.GetValue(_model)!);
            var samples = new float[count][];
            for (int i = 0; i < count; i++)
                samples[i] = tensor[i].ToArray();
            return samples;
        }

        public float Step(float[] inputs, float[] targets, int[]? classes) => classes is null ? _trainer.Step(inputs, targets)
            : targets.Length == 0 ? _trainer.Step(inputs, classes)
            : _trainer.Step(inputs, targets, classes);

        public void Dispose() => _trainer.Dispose();
    }
}
