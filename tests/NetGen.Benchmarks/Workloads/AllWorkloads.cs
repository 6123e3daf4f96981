using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Every workload, with what is demanded of it.</summary>
internal static class AllWorkloads
{
    /// <summary>Makes them, in the order of the table.</summary>
    public static IReadOnlyList<Workload> Create() =>
    [
        Perceptron(1, "one sample", new Bar(Floor: 1.10, Peer: 0.65)),
        Perceptron(256, "batch 256", new Bar(Floor: 1.06, Peer: 1.02)),
        new PredictionWorkload<TinyMlp>("w2", 1, new TinyMlp(1), PlainTinyMlp(), static (network, input, output, _, calls) =>
        {
            for (; calls > 0; calls--)
                network.Predict(input, output);
        })
        {
            Id = "W2",
            Case = "one sample",
            Network = "MLP 4-16-16-3",
            Bar = new Bar(Peer: 0.012, Nanoseconds: 23),
            Baseline = (true, false),
        },
        LeNetPrediction(1, "one sample", new Bar(Floor: 1.40, Peer: 0.50)),
        LeNetPrediction(64, "batch 64", new Bar(Floor: 1.20, Peer: 0.58)),
        Convolutions(1, "one sample", new Bar(Floor: 1.10, Peer: 1.03)),
        Convolutions(32, "batch 32", new Bar(Floor: 1.06, Peer: 1.02)),
        new TrainingWorkload<TrainedMlp>(
            "w1", () => new TrainedMlp(1), () => new Sgd(0.01f), PlainMlp(), [(1, 2.320470), (24, 2.252690)])
        {
            Id = "W5",
            Case = "step of 64, SGD",
            Network = "MLP 784-128-10",
            Bar = new Bar(Floor: 1.15),
        },
        new TrainingWorkload<TrainedMlp>(
            "w1", () => new TrainedMlp(1), () => new Adam(0.001f), PlainMlp(), [(1, 2.320470), (8, 1.98975), (24, 1.68609)])
        {
            Id = "W5",
            Case = "step of 64, Adam",
            Network = "MLP 784-128-10",
            Bar = new Bar(Floor: 1.25),
        },
        new TrainingWorkload<LeNet>(
            "w3", () => new LeNet(1), () => new Adam(0.001f), PlainLeNet(),
            [(1, 2.278057), (2, 2.276482), (8, 2.10813), (24, 1.92541)])
        {
            Id = "W5",
            Case = "step of 64, Adam",
            Network = "LeNet",
            Bar = new Bar(Floor: 1.45),
            Threads = true,
        },
        new StreamWorkload<LstmSignal, LstmSignal.PredictionStream>(new LstmSignal(1), 64, isSignal: false,
            network => network.OpenStream(), static (stream, input, output, calls) =>
        {
            for (; calls > 0; calls--)
                stream.Step(input, output);
        })
        {
            Id = "W6",
            Case = "a step",
            Network = "LSTM 1-20, dense 1",
            Bar = new Bar(Nanoseconds: 95, NarrowNanoseconds: 150),
        },
        new StreamWorkload<GruSignal, GruSignal.PredictionStream>(new GruSignal(1), 64, isSignal: false,
            network => network.OpenStream(), static (stream, input, output, calls) =>
        {
            for (; calls > 0; calls--)
                stream.Step(input, output);
        })
        {
            Id = "W6",
            Case = "a step",
            Network = "GRU 1-20, dense 1",
            Bar = new Bar(Nanoseconds: 75),
        },
        new StreamWorkload<Lstm32, Lstm32.PredictionStream>(new Lstm32(1), 64, isSignal: false,
            network => network.OpenStream(), static (stream, input, output, calls) =>
        {
            for (; calls > 0; calls--)
                stream.Step(input, output);
        })
        {
            Id = "W6",
            Case = "a step",
            Network = "LSTM 1-32",
            Bar = new Bar(),
        },
        new StreamWorkload<Gru8, Gru8.PredictionStream>(new Gru8(1), 64, isSignal: false,
            network => network.OpenStream(), static (stream, input, output, calls) =>
        {
            for (; calls > 0; calls--)
                stream.Step(input, output);
        })
        {
            Id = "W6",
            Case = "a step",
            Network = "GRU 8-8",
            Bar = new Bar(),
        },
        new StreamWorkload<Gru64, Gru64.PredictionStream>(new Gru64(1), 64, isSignal: false,
            network => network.OpenStream(), static (stream, input, output, calls) =>
        {
            for (; calls > 0; calls--)
                stream.Step(input, output);
        })
        {
            Id = "W6",
            Case = "a step",
            Network = "GRU 64-64",
            Bar = new Bar(),
        },
        new StreamWorkload<DilatedConvolution, DilatedConvolution.PredictionStream>(new DilatedConvolution(1), 64, isSignal: true,
            network => network.OpenStream(), static (stream, input, output, calls) =>
        {
            for (; calls > 0; calls--)
                stream.Step(input, output);
        })
        {
            Id = "W6",
            Case = "a step",
            Network = "Conv1D 16 channels, 3 taps, dilation 8",
            Bar = new Bar(),
        },
        .. SequenceWorkloads.Create(),
        new PredictionWorkload<Separable>("w7", 1, new Separable(1), PlainSeparable(), static (network, input, output, _, calls) =>
        {
            for (; calls > 0; calls--)
                network.Predict(input, output);
        })
        {
            Id = "W7",
            Case = "one sample",
            Network = "depthwise 3×3, 1×1 32→64 on 112×112",
            Bar = new Bar(Floor: 1.25, Peer: 0.92),
        },
        new PredictionWorkload<ResidualBlock>(null, 1, WithStatistics(new ResidualBlock(1)), PlainResidualBlock(), static (network, input, output, _, calls) =>
        {
            for (; calls > 0; calls--)
                network.Predict(input, output);
        })
        {
            Id = "W8",
            Case = "one sample",
            Network = "ResNet block, 64 channels of 16×16",
            Bar = new Bar(),
        },
        new TrainingWorkload<TrainedResidualBlock>(
            null, () => new TrainedResidualBlock(1), () => new Sgd(0.01f), PlainResidualBlock().GlobalAverage().Dense("4", 10), [])
        {
            Id = "W8",
            Case = "step of 32, SGD",
            Network = "ResNet block, 64 channels of 16×16",
            Bar = new Bar(),
            Batch = 32,
        },
    ];

    // What a norm has seen before it is trained is nothing: means of zero and variances of one would hide mistakes.
    private static ResidualBlock WithStatistics(ResidualBlock network)
    {
        foreach (ParameterTensor tensor in network.Parameters.Where(tensor => tensor.Name.Contains("running_") || tensor.Shape.Count == 1))
            tensor.CopyFrom(Array.ConvertAll(Models.Random(tensor.Length, 5), value => 1 + 0.1f * value));
        return network;
    }

    private static PredictionWorkload<Mlp> Perceptron(int batch, string what, Bar bar) =>
        new("w1", batch, new Mlp(1), PlainMlp().Softmax(), static (network, input, output, threads, calls) =>
        {
            if (output.Length == Mlp.OutputLength)
            {
                for (; calls > 0; calls--)
                    network.Predict(input, output);
            }

            for (; calls > 0; calls--)
                network.PredictBatch(input, output, threads);
        })
        {
            Id = "W1",
            Case = what,
            Network = "MLP 784-128-10, softmax",
            Bar = bar,
            Baseline = (true, true),
            Threads = batch > 1,
        };

    private static PredictionWorkload<LeNet> LeNetPrediction(int batch, string what, Bar bar) =>
        new("w3", batch, new LeNet(1), PlainLeNet(), static (network, input, output, threads, calls) =>
        {
            if (output.Length == LeNet.OutputLength)
            {
                for (; calls > 0; calls--)
                    network.Predict(input, output);
            }

            for (; calls > 0; calls--)
                network.PredictBatch(input, output, threads);
        })
        {
            Id = "W3",
            Case = what,
            Network = "LeNet on 28×28",
            Bar = bar,
        };

    private static PredictionWorkload<ConvNet> Convolutions(int batch, string what, Bar bar) =>
        new("w4", batch, new ConvNet(1), PlainConvNet(), static (network, input, output, threads, calls) =>
        {
            if (output.Length == ConvNet.OutputLength)
            {
                for (; calls > 0; calls--)
                    network.Predict(input, output);
            }

            for (; calls > 0; calls--)
                network.PredictBatch(input, output, threads);
        })
        {
            Id = "W4",
            Case = what,
            Network = "four 3×3 convolutions on 32×32",
            Bar = bar,
            Threads = batch > 1,
        };

    private static PlainNetwork PlainMlp() => new PlainNetwork(784).Dense("0", 128).Relu().Dense("2", 10);

    private static PlainNetwork PlainTinyMlp() =>
        new PlainNetwork(4).Dense("0", 16).Relu().Dense("2", 16).Relu().Dense("4", 3);

    private static PlainNetwork PlainLeNet() => new PlainNetwork(1, 28, 28)
        .Convolution("0", 6, 5, pad: 2).Relu().Pool2().Convolution("3", 16, 5).Relu().Pool2()
        .Dense("7", 120).Relu().Dense("9", 84).Relu().Dense("11", 10);

    private static PlainNetwork PlainConvNet() => new PlainNetwork(3, 32, 32)
        .Convolution("0", 32, 3, pad: 1).Relu().Convolution("2", 32, 3, pad: 1).Relu().Pool2()
        .Convolution("5", 64, 3, pad: 1).Relu().Convolution("7", 64, 3, pad: 1).Relu().Pool2()
        .Dense("11", 128).Relu().Dense("13", 10);

    private static PlainNetwork PlainResidualBlock() => new PlainNetwork(64, 16, 16).Residual(body => body
        .Convolution("0.body.0", 64, 3, pad: 1).BatchNorm("0.body.1").Relu()
        .Convolution("0.body.3", 64, 3, pad: 1).BatchNorm("0.body.4")).Relu();

    private static PlainNetwork PlainSeparable() => new PlainNetwork(32, 112, 112)
        .Convolution("0", 32, 3, pad: 1, groups: 32).Relu().Convolution("2", 64, 1).Relu();
}
