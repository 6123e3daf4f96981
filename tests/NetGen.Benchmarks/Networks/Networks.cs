namespace NetGen.Benchmarks.Networks;

/// <summary>W1: a multilayer perceptron on images of 28 by 28.</summary>
[Network, Input(784)]
[Dense(128), Relu]
[Dense(10), Softmax]
public partial class Mlp;

/// <summary>W2: a network so small that calling it is part of its cost.</summary>
[Network, Input(4)]
[Dense(16), Relu]
[Dense(16), Relu]
[Dense(3)]
public partial class TinyMlp;

/// <summary>W4: four convolutions of 3 by 3 on colour images of 32 by 32.</summary>
[Network, Input(3, 32, 32)]
[Conv2D(32, 3, Padding = Padding.Same), Relu]
[Conv2D(32, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(64, 3, Padding = Padding.Same), Relu]
[Conv2D(64, 3, Padding = Padding.Same), Relu, MaxPool2D(2), Flatten]
[Dense(128), Relu]
[Dense(10)]
public partial class ConvNet;

/// <summary>W5: the perceptron of W1 as it is trained, with the softmax in its loss.</summary>
[Network, Input(784)]
[Dense(128), Relu]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class TrainedMlp;

/// <summary>W7: a depthwise convolution and the pointwise one after it.</summary>
[Network, Input(32, 112, 112)]
[Conv2D(32, 3, Groups = 32, Padding = Padding.Same), Relu]
[Conv2D(64, 1), Relu]
public partial class Separable;

/// <summary>W10: how networks of images end.</summary>
[Network, Input(512, 8, 8)]
[GlobalAveragePool, Dense(1000), Softmax]
public partial class Head;

/// <summary>W11: an inverted bottleneck as MobileNetV2 has it, as it is trained, with a head that says classes.</summary>
[Network, Input(32, 56, 56)]
[Conv2D(192, 1), BatchNorm, Relu6]
[DepthwiseConv2D(3, Padding = Padding.Same), BatchNorm, Relu6]
[Conv2D(64, 1), BatchNorm]
[GlobalAveragePool, Dense(10)]
[SoftmaxCrossEntropy]
public partial class TrainedMobileBlock;
