namespace NetGen.Benchmarks.Networks;

/// <summary>W8: a residual block as ResNets have it.</summary>
[Network, Input(64, 16, 16)]
[Residual<ResidualBody>, Relu]
public partial class ResidualBlock;

/// <summary>W8: the same block as it is trained, with a head that says classes.</summary>
[Network, Input(64, 16, 16)]
[Residual<ResidualBody>, Relu]
[GlobalAveragePool, Dense(10)]
[SoftmaxCrossEntropy]
public partial class TrainedResidualBlock;

/// <summary>Two convolutions of 3 by 3, each with its norm.</summary>
[Block]
[Conv2D(64, 3, Padding = Padding.Same), BatchNorm, Relu]
[Conv2D(64, 3, Padding = Padding.Same), BatchNorm]
public class ResidualBody;
