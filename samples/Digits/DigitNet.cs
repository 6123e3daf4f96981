using NetGen;

namespace Digits;

/// <summary>Reads digits of 8 by 8 pixels, the data inside this sample.</summary>
[Network]
[Input(1, 8, 8)]                                          // channels, height, width
[Conv2D(16, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(32, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Dense(64), Relu, Dropout(0.25)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class DigitNet;

/// <summary>
/// Reads digits of 28 by 28 pixels, MNIST. The form is that of LeNet-5 (Y. LeCun et al., "Gradient-Based Learning Applied to
/// Document Recognition", 1998), with the activation, the pooling and the loss of today.
/// </summary>
[Network]
[Input(1, 28, 28)]
[Conv2D(16, 5, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(32, 5), Relu, MaxPool2D(2)]
[Dense(128), Relu, Dropout(0.3)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class LeNet;

/// <summary>
/// Reads digits of 28 by 28 pixels better than <see cref="LeNet"/>, with about four times its operations: two small kernels, one
/// after the other, see as far as a large one with fewer weights (K. Simonyan and A. Zisserman, "Very Deep Convolutional
/// Networks for Large-Scale Image Recognition", 2015).
/// </summary>
[Network]
[Input(1, 28, 28)]
[Conv2D(32, 5, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(64, 3), Relu]
[Conv2D(64, 3), Relu, MaxPool2D(2), Dropout(0.25)]
[Dense(128), Relu, Dropout(0.5)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class DeepNet;
