using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Recurrent networks of several widths and a transformer: a step of their streams, and training.</summary>
internal static class SequenceWorkloads
{
    public static IReadOnlyList<Workload> Create() =>
    [
        new StreamWorkload<Gru16, Gru16.PredictionStream>(new Gru16(1), 64, isSignal: false,
            network => network.OpenStream(), static (stream, input, output, calls) =>
        {
            for (; calls > 0; calls--)
                stream.Step(input, output);
        })
        {
            Id = "W6",
            Case = "a step",
            Network = "GRU 16-16",
            Bar = Bar.None,
        },
        new StreamWorkload<Gru32, Gru32.PredictionStream>(new Gru32(1), 64, isSignal: false,
            network => network.OpenStream(), static (stream, input, output, calls) =>
        {
            for (; calls > 0; calls--)
                stream.Step(input, output);
        })
        {
            Id = "W6",
            Case = "a step",
            Network = "GRU 32-32",
            Bar = Bar.None,
        },
        new StreamWorkload<Gestures, Gestures.PredictionStream>(new Gestures(1), 512, isSignal: true,
            network => network.OpenStream(), static (stream, input, output, calls) =>
        {
            for (; calls > 0; calls--)
                stream.Step(input, output);
        })
        {
            Id = "W6",
            Case = "a step, 8 an output",
            Network = "Conv1D 2-16 stride 4, pool 2, Conv1D 16-16",
            Bar = Bar.None,
        },
        new TrainingWorkload<TrainedGru>(
            null, () => new TrainedGru(1), () => new Sgd(0.01f), new PlainNetwork(100, 64).Gru("0", 64).OverTime(isMean: false).Dense("1", 10), [])
        {
            Id = "W6",
            Case = "step of 32, SGD",
            Network = "GRU 64-64 over 100 steps",
            Bar = Bar.None,
            Batch = 32,
            InputOperations = 2 * 100 * 64 * (3 * 64),
        },
        new TrainingWorkload<Words>(
            null, () => new Words(1), () => new Sgd(0.01f), new PlainNetwork(16).Embedding("0", 64).OverTime(isMean: true).Dense("1", 10), [])
        {
            Id = "W6",
            Case = "step of 32, SGD",
            Network = "embedding of 16 tokens, 50,000 words by 64",
            Bar = Bar.None,
            Batch = 32,
            InputOperations = 0,
            Tokens = 50_000,
            // The rows of the tokens are read, and read and written by the update; so many tokens are hardly ever the same. Steps come to all rows
            // of theirs in turn, which the second cache does not hold.
            MovedParameters = (3 * 32 * 16 * 64) + (64 * 10),
            ParametersOfAllSteps = TrainingWorkload<Words>.ManySamples * 16 * 64,
        },
        new PredictionWorkload<EncoderBlock>(
            null, 1, new EncoderBlock(1), new PlainNetwork(32, 64).TransformerBlock("0", 4, 256, isCausal: false), static (network, input, output, _, calls) =>
        {
            for (; calls > 0; calls--)
                network.Predict(input, output);
        })
        {
            Id = "W9",
            Case = "one sample",
            Network = "transformer block, 32 steps of 64, 4 heads",
            Bar = Bars.TransformerBlock,
            HasModel = false,
        },
        // From an empty memory to a full one, again and again.
        new StreamWorkload<Transformer, Transformer.PredictionStream>(new Transformer(1), 256, isSignal: false,
            network => network.OpenStream(), static (stream, input, output, calls) =>
        {
            for (; calls > 0; calls--)
            {
                if (stream.RemainingSteps == 0)
                    stream.Reset();
                stream.Step(input, output);
            }
        })
        {
            Id = "W9",
            Case = "a token of 256",
            Network = "causal transformer, 4 blocks of 128, 4 heads",
            Bar = Bar.None,
        },
        new TrainingWorkload<TrainedTransformer>(null, () => new TrainedTransformer(1), () => new Sgd(0.01f), PlainTransformer(), [])
        {
            Id = "W9",
            Case = "step of 4, SGD",
            Network = "causal transformer, 4 blocks of 128, 4 heads",
            Bar = Bar.None,
            InputOperations = 2 * 256 * 128 * (3 * 128),
            Batch = 4,
        },
    ];

    private static PlainNetwork PlainTransformer() => Enumerable.Range(0, 4)
        .Aggregate(new PlainNetwork(256, 128), (network, block) => network.TransformerBlock($"{block}", 4, 512, isCausal: true))
        .OverTime(isMean: true).Dense("4", 10);
}
