namespace NetGen.Numerics.Tests.Training;

/// <summary>A network whose points are kept: one before a pooling that could change places with what it reads, two that meet.</summary>
[Network(KeepPoints = true), Input(2, 6, 6), MeanSquaredError]
public partial class Observed
{
    [Conv2D(5, 3, Padding = Padding.Same), Relu] public partial Layer Stem { get; }

    [MaxPool2D(2)] public partial Layer Pooled { get; }

    [From(nameof(Stem)), Conv2D(5, 3, Stride = 2, Pad = 1), Gelu] public partial Layer Branch { get; }

    [Add(nameof(Pooled), nameof(Branch)), Dense(3)] public partial Layer Out { get; }
}

/// <summary>The same without the option.</summary>
[Network, Input(2, 6, 6), MeanSquaredError]
public partial class Unobserved
{
    [Conv2D(5, 3, Padding = Padding.Same), Relu] public partial Layer Stem { get; }

    [MaxPool2D(2)] public partial Layer Pooled { get; }

    [From(nameof(Stem)), Conv2D(5, 3, Stride = 2, Pad = 1), Gelu] public partial Layer Branch { get; }

    [Add(nameof(Pooled), nameof(Branch)), Dense(3)] public partial Layer Out { get; }
}

/// <summary>Its layers up to the first point.</summary>
[Network, Input(2, 6, 6), Conv2D(5, 3, Padding = Padding.Same), Relu]
public partial class ObservedStem;

/// <summary>Its layers behind the first point, whose gradient is therefore that of an input.</summary>
[Network, Input(5, 6, 6), MeanSquaredError]
public partial class ObservedTail
{
    [MaxPool2D(2)] public partial Layer Pooled { get; }

    [From(Layer.Input), Conv2D(5, 3, Stride = 2, Pad = 1), Gelu] public partial Layer Branch { get; }

    [Add(nameof(Pooled), nameof(Branch)), Dense(3)] public partial Layer Out { get; }
}

/// <summary>Points that are inputs, and one in a block.</summary>
[Network(KeepPoints = true), MeanSquaredError]
public partial class ObservedInputs
{
    [Input(4)] public partial Layer Left { get; }

    [Input(4)] public partial Layer Right { get; }

    [Multiply(nameof(Left), nameof(Right)), Use<ObservedBlock>] public partial Layer Out { get; }
}

[Block]
public partial class ObservedBlock
{
    [Dense(5), Tanh] public partial Layer Hidden { get; }

    [Dense(2)] public partial Layer Last { get; }
}
