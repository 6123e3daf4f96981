namespace NetGen.Numerics.Tests.Conformance;

// The other fully connected cases of the reference set, and those with images.

[Network, Input(17)]
[Dense(31), Relu]
[Dense(5)]
[SoftmaxCrossEntropy]
public partial class MlpBatchOfOne;

[Network, Input(12)]
[Dense(20), Relu]
[Dense(6)]
[SoftmaxCrossEntropy]
public partial class MlpLargeBatch;

[Network, Input(33)]
[Dense(67), Relu]
[Dense(29), Relu]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class MlpWide;

[Network, Input(6)]
[Dense(8), Tanh]
[Dense(1)]
[BinaryCrossEntropy]
public partial class MlpBinaryCrossEntropy;

[Network, Input(1, 8, 8)]
[Conv2D(3, 3), Relu]
[Flatten, Dense(4)]
[SoftmaxCrossEntropy]
public partial class ConvValid;

[Network, Input(3, 5, 5)]
[Conv2D(7, 1, Bias = false), Relu]
[Dense(4)] // Its flattening is implied, and counts in the names all the same.
[SoftmaxCrossEntropy]
public partial class ConvNoBias;

[Network, Input(2, 7, 7)]
[Conv2D(4, 2, 3, StrideHeight = 1, StrideWidth = 2, PadHeight = 0, PadWidth = 1), LeakyRelu(0.01f)]
[Flatten, Dense(3)]
[SoftmaxCrossEntropy]
public partial class ConvRectangular;

[Network, Input(2, 12, 12)]
[Conv2D(6, 5, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(8, 3, Padding = Padding.Same), Relu, AveragePool2D(2)]
[Flatten, Dense(10)]
[SoftmaxCrossEntropy]
public partial class ConvSamePool;

[Network, Input(3, 11, 11)]
[Conv2D(5, 3, Stride = 2, Pad = 1), Tanh]
[Conv2D(4, 3, Dilation = 2), Tanh]
[Flatten, Dense(3)]
[SoftmaxCrossEntropy]
public partial class ConvStrideDilation;

[Network, Input(1, 9, 9)]
[Conv2D(4, 3), Relu, MaxPool2D(3, Stride = 2)]
[Flatten, Dense(3)]
[SoftmaxCrossEntropy]
public partial class PoolOverlap;

[Network, Input(2, 8, 8)]
[Conv2D(3, 3, Padding = Padding.Same)]
[AveragePool2D(3, Stride = 2, Pad = 1, CountPadding = false)]
[MaxPool2D(2, Stride = 1, Pad = 1)]
[Flatten, Dense(4)]
[SoftmaxCrossEntropy]
public partial class PoolPadded;

[Network, Input(6, 7, 7)]
[Conv2D(6, 3, Padding = Padding.Same, Groups = 6), Relu6]
[Conv2D(10, 1), Relu6]
[GlobalAveragePool, Flatten, Dense(5)]
[SoftmaxCrossEntropy]
public partial class DepthwiseSeparable;

[Network, Input(4, 6, 6)]
[Conv2D(6, 3, Groups = 2), Elu]
[Flatten, Dense(3)]
[SoftmaxCrossEntropy]
public partial class Grouped;
