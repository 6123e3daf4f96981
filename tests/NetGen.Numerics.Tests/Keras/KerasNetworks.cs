namespace NetGen.Numerics.Tests.Keras;

// Networks that others trained with Keras, declared; the layers have Keras' names.

[Block, Conv2D(16, 3, Padding = Padding.Same, Name = "conv2d_1"), BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization_1"), Relu]
[Conv2D(16, 3, Padding = Padding.Same, Name = "conv2d_2"), BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization_2")]
public class ResNet8First;

[Block, Conv2D(32, 3, Stride = 2, Padding = Padding.Same, Name = "conv2d_3"), BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization_3")]
[Relu, Conv2D(32, 3, Padding = Padding.Same, Name = "conv2d_4"), BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization_4")]
public class ResNet8Second;

[Block, Conv2D(32, 1, Stride = 2, Padding = Padding.Same, Name = "conv2d_5")]
public class ResNet8SecondShortcut;

[Block, Conv2D(64, 3, Stride = 2, Padding = Padding.Same, Name = "conv2d_6"), BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization_5")]
[Relu, Conv2D(64, 3, Padding = Padding.Same, Name = "conv2d_7"), BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization_6")]
public class ResNet8Third;

[Block, Conv2D(64, 1, Stride = 2, Padding = Padding.Same, Name = "conv2d_8")]
public class ResNet8ThirdShortcut;

/// <summary>The residual network of MLPerf Tiny for CIFAR-10, on pixels from 0 to 255.</summary>
[Network, Input(3, 32, 32)]
[Conv2D(16, 3, Padding = Padding.Same, Name = "conv2d"), BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization"), Relu]
[Residual<ResNet8First>, Relu, Residual<ResNet8Second, ResNet8SecondShortcut>, Relu, Residual<ResNet8Third, ResNet8ThirdShortcut>, Relu]
[AveragePool2D(8), Dense(10, Name = "dense"), Softmax]
public partial class ResNet8;

/// <summary>The streaming wake word of MLPerf Tiny: forty features at each of thirty steps.</summary>
[Network, Input(40, 30, 1)]
[DepthwiseConv2D(3, 1, Bias = false, Name = "depthwise_conv2d"), Conv2D(128, 1, Bias = false, Name = "conv2d")]
[BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization"), Relu, Dropout(0.2)]
[DepthwiseConv2D(5, 1, Bias = false, Name = "depthwise_conv2d_1"), Conv2D(128, 1, Bias = false, Name = "conv2d_1")]
[BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization_1"), Relu, Dropout(0.2)]
[DepthwiseConv2D(10, 1, Bias = false, Name = "depthwise_conv2d_2"), Conv2D(128, 1, Bias = false, Name = "conv2d_2")]
[BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization_2"), Relu, Dropout(0.2)]
[DepthwiseConv2D(15, 1, Bias = false, Name = "depthwise_conv2d_3"), Conv2D(32, 1, Bias = false, Name = "conv2d_3")]
[BatchNorm(Epsilon = 0.001, Momentum = 0.01, Name = "batch_normalization_3"), Relu, Dropout(0.2)]
[Dense(3, Name = "dense"), Softmax]
public partial class StreamingWakeWord;
