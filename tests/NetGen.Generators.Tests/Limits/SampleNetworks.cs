namespace NetGen.Generators.Tests.Limits;

/// <summary>The networks whose generated code is held to the limits: the benchmarks' workloads, and a sweep of shapes.</summary>
internal static class SampleNetworks
{
    /// <summary>The workloads W1 to W5 and W7 of the benchmarks, by name.</summary>
    public static readonly IReadOnlyDictionary<string, string> Workloads = new Dictionary<string, string>
    {
        ["Mlp"] = "[Input(784)] [Dense(128), Relu] [Dense(10), Softmax]",
        ["TinyMlp"] = "[Input(4)] [Dense(16), Relu] [Dense(16), Relu] [Dense(3)]",
        ["LeNet"] =
            """
            [Input(1, 28, 28)]
            [Conv2D(6, 5, Padding = Padding.Same), Relu, MaxPool2D(2)]
            [Conv2D(16, 5), Relu, MaxPool2D(2), Flatten]
            [Dense(120), Relu] [Dense(84), Relu] [Dense(10)]
            [SoftmaxCrossEntropy]
            """,
        ["ConvNet"] =
            """
            [Input(3, 32, 32)]
            [Conv2D(32, 3, Padding = Padding.Same), Relu]
            [Conv2D(32, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
            [Conv2D(64, 3, Padding = Padding.Same), Relu]
            [Conv2D(64, 3, Padding = Padding.Same), Relu, MaxPool2D(2), Flatten]
            [Dense(128), Relu] [Dense(10)]
            """,
        ["TrainedMlp"] = "[Input(784)] [Dense(128), Relu] [Dense(10)] [SoftmaxCrossEntropy]",
        ["Separable"] =
            "[Input(32, 112, 112)] [Conv2D(32, 3, Groups = 32, Padding = Padding.Same), Relu] [Conv2D(64, 1), Relu]",
    };

    /// <summary>
    /// Shapes around the widths of vectors and tiles: primes, one less and one more than a vector, very narrow, very wide;
    /// every activation, which is where epilogues grow; every form of convolution, pooling and loss.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> Sweep = new Dictionary<string, string>
    {
        ["OneToOne"] = "[Input(1)] [Dense(1)] [MeanSquaredError]",
        ["Narrow"] = "[Input(3)] [Dense(7), Tanh] [Dense(5), Sigmoid] [Dense(1)] [BinaryCrossEntropy]",
        ["AroundVectors"] = "[Input(15)] [Dense(17), Elu] [Dense(31), Selu] [Dense(33), LeakyRelu(0.1f)] [Dense(2)] [Huber]",
        ["AroundTiles"] = "[Input(97)] [Dense(383), Silu] [Dense(385), Mish] [Dense(129), Gelu] [Dense(47)] [MeanAbsoluteError]",
        ["Smooth"] = "[Input(24)] [Dense(24), Softplus] [Dense(24), Softsign] [Dense(24), HardSwish] "
            + "[Dense(24), HardSigmoid] [Dense(24), Relu6] [Dense(3)] [MeanSquaredError]",
        ["Wide"] = "[Input(4096)] [Dense(1000), Relu] [Dense(4096)] [MeanSquaredError]",
        ["Dropped"] = "[Input(20)] [Dense(40), Relu, Dropout(0.5f)] [Dense(30), Gelu, Dropout(0.1f)] [Dense(10)] [SoftmaxCrossEntropy(LabelSmoothing = 0.1f)]",
        ["OddImage"] = "[Input(3, 13, 11)] [Conv2D(5, 3), Gelu, MaxPool2D(3)] [Conv2D(7, 2), Tanh] [Dense(4)] [SoftmaxCrossEntropy]",
        ["Strided"] = "[Input(3, 64, 64)] [Conv2D(16, 7, Stride = 2, Pad = 3), Relu, MaxPool2D(3, Stride = 2)] [Conv2D(32, 3, Stride = 2), Mish] [GlobalAveragePool] [Dense(10)] [SoftmaxCrossEntropy]",
        ["Dilated"] = "[Input(2, 30, 30)] [Conv2D(9, 3, Dilation = 3), Elu, AveragePool2D(2)] [Conv2D(24, 5, Padding = Padding.Same), Silu] [Dense(6)] [MeanSquaredError]",
        ["LargeKernel"] = "[Input(1, 40, 40)] [Conv2D(4, 11), Relu] [Conv2D(3, 9, Padding = Padding.Same)] [MeanSquaredError]",
        ["WideKernel"] = "[Input(16, 20, 20)] [Conv2D(48, 5, Padding = Padding.Same), Gelu] [Conv2D(96, 3), Relu, MaxPool2D(2)] [Dense(100)] [SoftmaxCrossEntropy]",
        ["Grouped"] = "[Input(8, 14, 14)] [Conv2D(24, 3, Groups = 4), Silu] [Conv2D(24, 3, Groups = 24, Padding = Padding.Same), Relu6] [Conv2D(10, 1)] [GlobalAveragePool, Flatten] [SoftmaxCrossEntropy]",
        ["DepthwiseNarrow"] = "[Input(3, 17, 19)] [Conv2D(6, 3, Groups = 3), HardSwish, AveragePool2D(2)] [Conv2D(2, 1)] [Dense(5)] [Huber]",
        ["Pointwise"] = "[Input(17, 9, 9)] [Conv2D(33, 1), Softplus] [Conv2D(15, 1)] [MeanAbsoluteError]",
        ["SoftmaxOfPixels"] = "[Input(1, 12, 12)] [Conv2D(4, 3), Softmax]",
        ["Deep"] = $"[Input(16)] {string.Concat(Enumerable.Repeat("[Dense(16), Gelu] ", 30))}[Dense(1)] [MeanSquaredError]",
    };

    /// <summary>All of them, each as a file of its own.</summary>
    public static string[] Sources =>
        [.. Workloads.Concat(Sweep).Select(network => $"[Network] {network.Value}\npublic partial class {network.Key};\n")];
}
