using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Every workload, with what is demanded of it.</summary>
internal static class AllWorkloads
{
    /// <summary>Makes them, in the order of the table.</summary>
    public static IReadOnlyList<Workload> Create() =>
    [
        Perceptron(1, "one sample", Bars.PerceptronOfOne),
        Perceptron(256, "batch 256", Bars.PerceptronOfMany),
        new PredictionWorkload<TinyMlp>("w2", 1, new TinyMlp(1), PlainTinyMlp(), static (network, input, output, _, calls) =>
        {
            for (; calls > 0; calls--)
                network.Predict(input, output);
        })
        {
            Id = "W2",
            Case = "one sample",
            Network = "MLP 4-16-16-3",
            Bar = Bars.TinyPerceptron,
            Baseline = (true, false),
        },
        LeNetPrediction(1, "one sample", Bars.LeNetOfOne),
        LeNetPrediction(64, "batch 64", Bars.LeNetOfMany),
        Convolutions(1, "one sample", Bars.ConvolutionsOfOne),
        Convolutions(32, "batch 32", Bars.ConvolutionsOfMany),
        new TrainingWorkload<TrainedMlp>(
            "w1", () => new TrainedMlp(1), () => new Sgd(0.01f), PlainMlp(), [(1, 2.320470), (24, 2.252690)])
        {
            Id = "W5",
            Case = "step of 64, SGD",
            Network = "MLP 784-128-10",
            Bar = Bars.PerceptronWithSgd,
        },
        new TrainingWorkload<TrainedMlp>(
            "w1", () => new TrainedMlp(1), () => new Adam(0.001f), PlainMlp(), [(1, 2.320470), (8, 1.98975), (24, 1.68609)])
        {
            Id = "W5",
            Case = "step of 64, Adam",
            Network = "MLP 784-128-10",
            Bar = Bars.PerceptronWithAdam,
        },
        new TrainingWorkload<LeNet>(
            "w3", () => new LeNet(1), () => new Adam(0.001f), PlainLeNet(),
            [(1, 2.278057), (2, 2.276482), (8, 2.10813), (24, 1.92541)])
        {
            Id = "W5",
            Case = "step of 64, Adam",
            Network = "LeNet",
            Bar = Bars.LeNetWithAdam,
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
            Bar = Bars.Lstm,
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
            Bar = Bars.Gru,
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
            Bar = Bar.None,
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
            Bar = Bar.None,
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
            Bar = Bar.None,
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
            Bar = Bar.None,
        },
        .. SequenceWorkloads.Create(),
        .. ImageWorkloads.Create(),
    ];

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
}
