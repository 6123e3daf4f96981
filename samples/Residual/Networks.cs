using NetGen;

namespace Residual;

/// <summary>
/// A residual network for small pictures (K. He et al., "Deep Residual Learning for Image Recognition", 2016): each block adds what it found to what
/// it was given, so that a deep network begins as a shallow one and gradients have a short way back.
/// </summary>
[Network, Input(3, 32, 32), SoftmaxCrossEntropy(LabelSmoothing = 0.1)]
public partial class PictureNet
{
    [Conv2D(16, 3, Padding = Padding.Same, Bias = false), BatchNorm, Relu]
    public partial Layer Stem { get; }

    [Residual<Body16>, Relu]
    public partial Layer Fine { get; }

    [Residual<Halved32, Shortcut32>, Relu]
    public partial Layer Middle { get; }

    [Residual<Halved64, Shortcut64>, Relu]
    public partial Layer Coarse { get; }

    [GlobalAveragePool, Dropout(0.2), Dense(10)]
    public partial Layer Logits { get; }
}

/// <summary>The same idea for shapes that are drawn: two blocks.</summary>
[Network, Input(3, 16, 16), SoftmaxCrossEntropy]
public partial class ShapeNet
{
    [Conv2D(8, 3, Padding = Padding.Same, Bias = false), BatchNorm, Relu]
    public partial Layer Stem { get; }

    [Residual<Body8>, Relu, MaxPool2D(2)]
    public partial Layer Fine { get; }

    [Residual<Body8>, Relu]
    public partial Layer Coarse { get; }

    [GlobalAveragePool, Dense(4)]
    public partial Layer Logits { get; }
}

/// <summary>What is added to an image of 8 channels.</summary>
[Block, Conv2D(8, 3, Padding = Padding.Same, Bias = false), BatchNorm, Relu, Conv2D(8, 3, Padding = Padding.Same, Bias = false), BatchNorm]
public class Body8;

/// <summary>What is added to an image of 16 channels.</summary>
[Block, Conv2D(16, 3, Padding = Padding.Same, Bias = false), BatchNorm, Relu, Conv2D(16, 3, Padding = Padding.Same, Bias = false), BatchNorm]
public class Body16;

/// <summary>Half as many rows and columns, 32 channels.</summary>
[Block, Conv2D(32, 3, Stride = 2, Pad = 1, Bias = false), BatchNorm, Relu, Conv2D(32, 3, Padding = Padding.Same, Bias = false), BatchNorm]
public class Halved32;

/// <summary>The way around it, brought to the same shape.</summary>
[Block, Conv2D(32, 1, Stride = 2, Bias = false), BatchNorm]
public class Shortcut32;

/// <summary>Half as many rows and columns, 64 channels.</summary>
[Block, Conv2D(64, 3, Stride = 2, Pad = 1, Bias = false), BatchNorm, Relu, Conv2D(64, 3, Padding = Padding.Same, Bias = false), BatchNorm]
public class Halved64;

/// <summary>The way around it, brought to the same shape.</summary>
[Block, Conv2D(64, 1, Stride = 2, Bias = false), BatchNorm]
public class Shortcut64;
