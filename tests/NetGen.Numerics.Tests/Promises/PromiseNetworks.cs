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

/// <summary>More scores than are put on the stack.</summary>
[Network, Input(3), Dense(2000)]
[SoftmaxCrossEntropy]
public partial class ManyClasses;

/// <summary>A constructor of its own, which knows nothing of parameters.</summary>
[Network, Input(5), Dense(4), Relu, Dense(2)]
[MeanSquaredError]
public partial class NamedNet(string name)
{
    public string Name => name;
}

/// <summary>A constructor of its own that takes nothing.</summary>
[Network, Input(5), Dense(4), Relu, Dense(2)]
[MeanSquaredError]
public partial class CountedNet
{
    public CountedNet() => Number = 12;

    public int Number { get; }
}

/// <summary>An instance in a static field, which the compiler may initialise before every generated one.</summary>
[Network, Input(5), Dense(4), Relu, Dense(2)]
[MeanSquaredError]
public partial class SharedNet
{
    public static readonly SharedNet Shared = new(seed: 7);
}
