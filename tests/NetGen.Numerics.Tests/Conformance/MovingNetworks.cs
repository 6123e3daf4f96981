namespace NetGen.Numerics.Tests.Conformance;

// Graphs of the reference set, each as a PyTorch module with these members would be: names in files follow from the declarations.

[Network, Input(1, 5, 6)]
[Pad(2, Mode = PadMode.Reflect), Conv2D(4, 3), Relu]
[Pad(1, Mode = PadMode.Edge), Conv2D(2, 3)]
[MeanSquaredError]
public partial class PadReflectReplicate;

[Network, Input(1, 4, 5)]
[Conv2D(8, 3, Padding = Padding.Same), PixelShuffle(2), Tanh]
[Conv2D(1, 3, Padding = Padding.Same)]
[MeanSquaredError]
public partial class PixelShuffled;

[Network, Input(2, 5, 4)]
[Conv2D(4, 3, Padding = Padding.Same), Upsample(2, Mode = UpsampleMode.Bilinear), Conv2D(2, 3)]
[MeanSquaredError]
public partial class UpsampledBilinear;

[Network, Input(1, 8, 8), MeanSquaredError]
public partial class UNet
{
    [Conv2D(4, 3, Padding = Padding.Same, Name = "down"), Relu]                     public partial Layer Skip { get; }
    [MaxPool2D(2), Conv2D(6, 3, Padding = Padding.Same, Name = "deep"), Relu]       public partial Layer Deep { get; }
    [Upsample(2), Concat(nameof(Skip))]                                             public partial Layer Joined { get; }
    [Conv2D(4, 3, Padding = Padding.Same, Name = "up"), Relu]                       public partial Layer Up { get; }
    [Conv2D(1, 1, Name = "out")]                                                    public partial Layer Out { get; }
}

[Block]
public partial class InceptionBlock
{
    [Conv2D(3, 1, Name = "one")]                                                                        public partial Layer One { get; }
    [From(Layer.Input), Conv2D(2, 1, Name = "three.0"), Relu, Conv2D(4, 3, Pad = 1, Name = "three.2")]  public partial Layer Three { get; }
    [From(Layer.Input), MaxPool2D(3, Stride = 1, Pad = 1), Conv2D(2, 1, Name = "pool.1")]               public partial Layer Pool { get; }
    [Concat(nameof(One), nameof(Three), nameof(Pool)), Relu]                                            public partial Layer Joined { get; }
}

[Network, Input(4, 5, 5), Use<InceptionBlock>, Dense(3), SoftmaxCrossEntropy]
public partial class Inception;
