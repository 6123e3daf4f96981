using NetGen;

namespace Gan;

/// <summary>Makes points of the plane from noise. What is wrong with them it hears from the critic: it has no loss of its own.</summary>
[Network(OutputGradients = true), Input(16), Dense(128), Relu, Dense(128), Relu, Dense(2)]
public partial class PointMaker;

/// <summary>
/// Tells points that were drawn from points that were made, four at a time: a maker that makes the same point again and again is found out by that
/// (Lin, Khetan, Fanti and Oh, "PacGAN: the power of two samples in generative adversarial networks", 2018).
/// </summary>
[Network, Input(4 * 2), Dense(128), LeakyRelu(0.2), Dense(128), LeakyRelu(0.2), Dense(1), BinaryCrossEntropy]
public partial class PointCritic;

/// <summary>Makes pictures of 28 by 28 pixels from noise.</summary>
[Network(OutputGradients = true), Input(32)]
[Dense(32 * 7 * 7, Bias = false), Reshape(32, 7, 7), BatchNorm, Relu]
[ConvTranspose2D(16, 4, Stride = 2, Pad = 1, Bias = false), BatchNorm, Relu]
[ConvTranspose2D(1, 4, Stride = 2, Pad = 1), Sigmoid]
public partial class PictureMaker;

/// <summary>Tells pictures that somebody wrote from pictures that were made.</summary>
[Network, Input(1, 28, 28)]
[Conv2D(16, 4, Stride = 2, Pad = 1), LeakyRelu(0.2), Dropout(0.3)]
[Conv2D(32, 4, Stride = 2, Pad = 1), LeakyRelu(0.2), Dropout(0.3)]
[Dense(1), BinaryCrossEntropy]
public partial class PictureCritic;
