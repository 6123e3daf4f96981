namespace NetGen.Benchmarks.Networks;

/// <summary>W3: LeNet-5 with ReLU; W5 trains it.</summary>
[Network, Input(1, 28, 28)]
[Conv2D(6, 5, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(16, 5), Relu, MaxPool2D(2), Flatten]
[Dense(120), Relu]
[Dense(84), Relu]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class LeNet;
