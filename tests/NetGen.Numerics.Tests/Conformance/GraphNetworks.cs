namespace NetGen.Numerics.Tests.Conformance;

// The networks of the reference set of graphs, with the names of their members.

[Network, Input(8)]
public partial class TwoOutputs
{
    [Dense(12), Relu]
    public partial Layer Trunk { get; }

    [Dense(4), SoftmaxCrossEntropy]
    public partial Layer Kind { get; }

    [From(nameof(Trunk)), Dense(2), MeanSquaredError(Weight = 0.3)]
    public partial Layer Size { get; }
}

[Network, Input(7), Dense(11, Bias = false), BatchNorm, Relu, Dense(3), SoftmaxCrossEntropy]
public partial class BatchNorm1D;

[Network, Input(2, 6, 6), Conv2D(6, 3, Padding = Padding.Same, Bias = false), BatchNorm, Relu, Dense(3), SoftmaxCrossEntropy]
public partial class BatchNorm2D;

[Network, Input(1, 7, 7), Conv2D(4, 3), Relu, BatchNorm, Conv2D(3, 3, Padding = Padding.Same), GlobalMaxPool, Flatten, SoftmaxCrossEntropy]
public partial class BatchNormBeforePaddedConv;

[Network, Input(10), Dense(16), LayerNorm, Gelu, Dense(3), SoftmaxCrossEntropy]
public partial class LayerNormGelu;

[Network, Input(2, 7, 7), Conv2D(5, 3), InstanceNorm, Relu, Conv2D(1, 3), MeanSquaredError]
public partial class InstanceNormed;

[Network, Input(3, 33)]
[Conv1D(6, 5, Stride = 2, Pad = 2), BatchNorm, Relu, MaxPool1D(2), Conv1D(8, 3, Groups = 2), GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]
public partial class Conv1DStack;

[Network, Input(1, 16), Conv1D(6, 3, Dilation = 2), Tanh, Conv1D(2, 3), MeanSquaredError]
public partial class Conv1DDilated;

[Network, Input(3, 4, 4)]
[ConvTranspose2D(4, 3, Stride = 2, Pad = 1, OutputPadding = 1), Relu, Conv2D(1, 3, Padding = Padding.Same), MeanSquaredError]
public partial class Transposed2D;

[Network, Input(2, 5), ConvTranspose1D(4, 4, Stride = 2, Pad = 1), Tanh, ConvTranspose1D(1, 3, Stride = 3), MeanSquaredError]
public partial class Transposed1D;

[Network, Input(4, 3, 3)]
[ConvTranspose2D(6, 3, Stride = 2, Pad = 1, OutputPadding = 1, Groups = 2, Bias = false), Relu, ConvTranspose2D(1, 2, Stride = 2), MeanSquaredError]
public partial class TransposedGrouped;

[Network, Input(3, 6, 6), DepthwiseConv2D(3, Multiplier = 2), Relu, Conv2D(4, 1), Dense(3), SoftmaxCrossEntropy]
public partial class DepthwiseMultiplier;

[Block, Conv2D(8, 3, Padding = Padding.Same), BatchNorm, Relu, Conv2D(8, 3, Padding = Padding.Same), BatchNorm]
public partial class ResidualBody;

[Network, Input(3, 8, 8)]
[Conv2D(8, 3, Padding = Padding.Same), Relu, Residual<ResidualBody>, Relu, GlobalAveragePool, Dense(4), SoftmaxCrossEntropy]
public partial class ResidualNet;

[Block]
public partial class Downsampling
{
    [Conv2D(12, 3, Stride = 2, Pad = 1, Bias = false), BatchNorm, Relu, Conv2D(12, 3, Padding = Padding.Same, Bias = false), BatchNorm]
    public partial Layer Body { get; }

    [From(Layer.Input), Conv2D(12, 1, Stride = 2, Bias = false), BatchNorm]
    public partial Layer Shortcut { get; }

    [From(nameof(Body)), Add(nameof(Shortcut)), Relu]
    public partial Layer Sum { get; }
}

[Network, Input(3, 8, 8)]
[Conv2D(8, 3, Padding = Padding.Same), Relu, Use<Downsampling>, GlobalAveragePool, Dense(4), SoftmaxCrossEntropy]
public partial class ResNetDownsample;

[Block, Dense(9), Tanh, Dense(5)]
public partial class SiameseTower;

[Network]
public partial class Siamese
{
    [Input(6)]
    public partial Layer Left { get; }

    [Input(6)]
    public partial Layer Right { get; }

    [From(nameof(Left)), Use<SiameseTower>(Name = "tower")]
    public partial Layer LeftTower { get; }

    [From(nameof(Right)), Use<SiameseTower>(Share = nameof(LeftTower))]
    public partial Layer RightTower { get; }

    [From(nameof(LeftTower)), Subtract(nameof(RightTower))]
    public partial Layer Difference { get; }

    [Multiply(nameof(Difference)), Dense(1, Name = "head"), BinaryCrossEntropy]
    public partial Layer Head { get; }
}

[Network, Input(2, 6, 6), Conv2D(6, 3), GroupNorm(3), PRelu(PerChannel = true), Dense(3), SoftmaxCrossEntropy]
public partial class PReluGroupNorm;

[Network, Input(10), RmsNorm, SwiGlu(14, Bias = false), Dense(3), SoftmaxCrossEntropy]
public partial class RmsNormSwiGlu;

[Network]
public partial class TwoInputs
{
    [Input(1, 6, 6), Conv2D(3, 3), Relu, Flatten]
    public partial Layer Image { get; }

    [Input(4), Dense(7), Relu]
    public partial Layer Vector { get; }

    [Concat(nameof(Image), nameof(Vector)), Dense(3, Name = "head"), SoftmaxCrossEntropy]
    public partial Layer Head { get; }
}
