using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Workloads;

/// <summary>What deep networks of images are made of: separable and residual blocks, and the head that says classes.</summary>
internal static class ImageWorkloads
{
    public static IReadOnlyList<Workload> Create() =>
    [
        new PredictionWorkload<Separable>("w7", 1, new Separable(1), PlainSeparable(), static (network, input, output, _, calls) =>
        {
            for (; calls > 0; calls--)
                network.Predict(input, output);
        })
        {
            Id = "W7",
            Case = "one sample",
            Network = "depthwise 3×3, 1×1 32→64 on 112×112",
            Bar = Bars.Separable,
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
            Bar = Bars.ResidualBlock,
        },
        new TrainingWorkload<TrainedResidualBlock>(
            null, () => new TrainedResidualBlock(1), () => new Sgd(0.01f), PlainResidualBlock().GlobalAverage().Dense("4", 10), [])
        {
            Id = "W8",
            Case = "step of 32, SGD",
            Network = "ResNet block, 64 channels of 16×16",
            Bar = Bars.TrainedResidualBlock,
            Batch = 32,
            Threads = true,
        },
        Head(1, "one sample", Bars.HeadOfOne),
        Head(32, "batch 32", Bars.HeadOfMany),
        new TrainingWorkload<TrainedMobileBlock>(null, () => new TrainedMobileBlock(1), () => new Sgd(0.01f), PlainMobileBlock(), [])
        {
            Id = "W11",
            Case = "step of 32, SGD",
            Network = "MobileNet block, 32→192→64 on 56×56",
            Bar = Bars.TrainedMobileBlock,
            Batch = 32,
            Samples = 64,
        },
    ];

    private static PredictionWorkload<Head> Head(int batch, string what, Bar bar) =>
        new(null, batch, new Head(1), new PlainNetwork(512, 8, 8).GlobalAverage().Dense("2", 1000).Softmax(),
            static (network, input, output, threads, calls) =>
        {
            if (output.Length == Networks.Head.OutputLength)
            {
                for (; calls > 0; calls--)
                    network.Predict(input, output);
            }

            for (; calls > 0; calls--)
                network.PredictBatch(input, output, threads);
        })
        {
            Id = "W10",
            Case = what,
            Network = "head: mean of 512×8×8, dense 1000, softmax",
            Bar = bar,
        };

    // What a norm has seen before it is trained is nothing: means of zero and variances of one would hide mistakes.
    private static ResidualBlock WithStatistics(ResidualBlock network)
    {
        foreach (ParameterTensor tensor in network.Parameters.Where(tensor => tensor.Name.Contains("running_") || tensor.Shape.Count == 1))
            tensor.CopyFrom(Array.ConvertAll(Models.Random(tensor.Length, 5), value => 1 + 0.1f * value));
        return network;
    }

    private static PlainNetwork PlainSeparable() => new PlainNetwork(32, 112, 112)
        .Convolution("0", 32, 3, pad: 1, groups: 32).Relu().Convolution("2", 64, 1).Relu();

    private static PlainNetwork PlainResidualBlock() => new PlainNetwork(64, 16, 16).Residual(body => body
        .Convolution("0.body.0", 64, 3, pad: 1).BatchNorm("0.body.1").Relu()
        .Convolution("0.body.3", 64, 3, pad: 1).BatchNorm("0.body.4")).Relu();

    private static PlainNetwork PlainMobileBlock() => new PlainNetwork(32, 56, 56)
        .Convolution("0", 192, 1).BatchNorm("1").Relu6()
        .Convolution("3", 192, 3, pad: 1, groups: 192).BatchNorm("4").Relu6()
        .Convolution("6", 64, 1).BatchNorm("7")
        .GlobalAverage().Dense("10", 10);
}
