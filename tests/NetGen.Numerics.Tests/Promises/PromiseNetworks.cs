namespace NetGen.Numerics.Tests.Promises;

/// <summary>Every kind of layer, with sizes that leave padding, and enough work for several threads.</summary>
[Network, Input(3, 14, 14)]
[Conv2D(17, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(17, 3, Groups = 17), Tanh]
[Conv2D(33, 1), Gelu, AveragePool2D(2)]
[Dropout(0.3f)]
[Dense(50), Relu]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class ImageNet;

[Network, Input(37)]
[Dense(129), Tanh]
[Dense(65), Relu, Dropout(0.25f)]
[Dense(3)]
[MeanSquaredError]
public partial class VectorNet;
