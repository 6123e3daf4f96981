using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Sweep;

/// <summary>A compiled network, ready to be timed.</summary>
internal interface INetworkDriver : IDisposable
{
    /// <summary>Its layers and their operations.</summary>
    NetworkDescription Description { get; }

    /// <summary>Its parameters.</summary>
    ParameterBlock Parameters { get; }

    /// <summary>Prediction of some samples, with one thread.</summary>
    Contender Prediction(float[] inputs, float[] outputs);

    /// <summary>A training step on some samples, with one thread.</summary>
    Contender Step(float[] inputs, int batch);
}

/// <summary>Makes drivers of classes that are known at run time alone.</summary>
internal static class NetworkDriver
{
    /// <summary>A driver of a generated class.</summary>
    public static INetworkDriver Of(Type network) => (INetworkDriver)Activator.CreateInstance(typeof(Driver<>).MakeGenericType(network))!;

    private sealed class Driver<TNetwork> : INetworkDriver where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        // So small that no step changes what the next one has to do.
        private const float LearningRate = 1e-9f;

        private readonly TNetwork _network = TNetwork.Create(seed: 1);
        private Trainer<TNetwork>? _trainer;

        public NetworkDescription Description => TNetwork.Description;

        public ParameterBlock Parameters => _network.Parameters;

        public Contender Prediction(float[] inputs, float[] outputs) => new(
            "prediction",
            inputs.Length == TNetwork.InputLength
                ? calls =>
                {
                    for (; calls > 0; calls--)
                        _network.Predict(inputs, outputs);
                }
                : calls =>
                {
                    for (; calls > 0; calls--)
                        _network.PredictBatch(inputs, outputs, threads: 1);
                });

        public Contender Step(float[] inputs, int batch)
        {
            _trainer = new Trainer<TNetwork>(_network, new Sgd(LearningRate), new TrainerOptions { Threads = 1, Capacity = batch });
            if (TNetwork.Description.Targets == TargetKind.Classes)
            {
                int[] classes = [.. Enumerable.Range(0, batch).Select(sample => sample * 7 % TNetwork.OutputLength)];
                return Steps(() => _trainer.Step(inputs, classes));
            }

            var targets = new float[batch * TNetwork.OutputLength];
            return Steps(() => _trainer.Step(inputs, targets));
        }

        public void Dispose() => _trainer?.Dispose();

        private static Contender Steps(Action step) => new("step", calls =>
        {
            for (; calls > 0; calls--)
                step();
        });
    }
}
