namespace NetGen.Numerics.Tests.Training;

/// <summary>A loss of its own, and what it leaves at the output; draws masks and has running statistics.</summary>
[Network(KeepPoints = true)]
public partial class JudgedNet
{
    [Input(2, 6, 6)] public partial Layer Image { get; }
    [Conv2D(5, 3), BatchNorm, Relu, Dropout(0.25)] public partial Layer Stem { get; }
    [Dense(3), MeanSquaredError] public partial Layer Out { get; }
}

/// <summary>A loss of few numbers behind images of which each goes forth and back before the next ones.</summary>
[Network(KeepPoints = true)]
public partial class JudgedImageNet
{
    [Input(2, 40, 40)] public partial Layer Image { get; }
    [Conv2D(6, 3), Relu, MaxPool2D(2), Conv2D(9, 3, Stride = 2), Tanh, Dropout(0.25)] public partial Layer Stem { get; }
    [GlobalAveragePool, Dense(3), MeanSquaredError] public partial Layer Out { get; }
}

/// <summary>An output that is an image, of values that lie otherwise in memory than the caller's do; and one beside it that has a loss.</summary>
[Network(OutputGradients = true)]
public partial class PaintedNet
{
    [Input(2, 5, 7)] public partial Layer Image { get; }
    [Conv2D(5, 3, Padding = Padding.Same), Tanh] public partial Layer Stem { get; }
    [Conv2D(3, 3), Output] public partial Layer Painted { get; }
    [From(nameof(Stem)), GlobalAveragePool, Dense(4), SoftmaxCrossEntropy] public partial Layer Kind { get; }
}

/// <summary>The first half of <see cref="WholeNet"/>, without a loss.</summary>
[Network(OutputGradients = true), Input(4), Dense(9), Tanh, Dense(6)]
public partial class FirstHalf;

/// <summary>The second half of <see cref="WholeNet"/>, without a loss.</summary>
[Network(OutputGradients = true), Input(6), Tanh, Dense(5), Sigmoid, Dense(2)]
public partial class SecondHalf;

[Network, Input(4), Dense(9), Tanh, Dense(6), Tanh, Dense(5), Sigmoid, Dense(2), MeanSquaredError]
public partial class WholeNet;

/// <summary>One output is judged, and no way back leads from the other.</summary>
[Network]
public partial class HalfJudgedNet
{
    [Input(3)] public partial Layer In { get; }
    [Dense(4), Output] public partial Layer Features { get; }
    [Tanh, Dense(2), MeanSquaredError] public partial Layer Out { get; }
}
