namespace NetGen.Numerics.Tests.Losses;

// Networks that pass their input on, once their weights are the identity. 37 outputs are whole vectors and a rest at every
// width; 16 have no rest.

[Network, Input(37), Dense(37, Bias = false), MeanSquaredError]
public partial class SquaredErrorOf37;

[Network, Input(16), Dense(16, Bias = false), MeanSquaredError]
public partial class SquaredErrorOf16;

[Network, Input(1), Dense(1, Bias = false), MeanSquaredError]
public partial class SquaredErrorOfOne;

[Network, Input(3, 4, 5), Conv2D(3, 1, Bias = false), MeanSquaredError]
public partial class SquaredErrorOfImage;

[Network, Input(3, 4, 5), Conv2D(3, 1, Bias = false), Flatten, MeanSquaredError]
public partial class SquaredErrorOfFlatImage;

[Network, Input(37), Dense(37, Bias = false), MeanAbsoluteError]
public partial class AbsoluteErrorOf37;

[Network, Input(37), Dense(37, Bias = false), Huber(0.7f)]
public partial class HuberOf37;

[Network, Input(37), Dense(37, Bias = false), SmoothL1(0.5f)]
public partial class SmoothL1Of37;

[Network, Input(37), Dense(37, Bias = false), SmoothL1(0)]
public partial class SmoothL1WithoutSquare;

[Network, Input(37), Dense(37, Bias = false), LogCosh]
public partial class LogCoshOf37;

[Network, Input(37), Dense(37, Bias = false), PoissonNll]
public partial class PoissonNllOf37;

[Network, Input(37), Dense(37, Bias = false), BinaryHinge]
public partial class BinaryHingeOf37;

[Network, Input(37), Dense(37, Bias = false), BinaryCrossEntropy]
public partial class BinaryCrossEntropyOf37;

[Network, Input(37), Dense(37, Bias = false), SoftmaxCrossEntropy]
public partial class CrossEntropyOf37;

[Network, Input(3), Dense(3, Bias = false), SoftmaxCrossEntropy(LabelSmoothing = 0.2f, ClassWeights = [1, 0.25f, 3])]
public partial class SmoothedCrossEntropyOf3;

[Network, Input(3, 4, 5), Conv2D(3, 1, Bias = false), Flatten, SoftmaxCrossEntropy]
public partial class CrossEntropyOfFlatImage;

[Network, Input(37), Dense(37, Bias = false), Focal(1.5f)]
public partial class FocalOf37;

[Network, Input(3), Dense(3, Bias = false), Focal(ClassWeights = [1, 0.25f, 3])]
public partial class FocalOf3;

[Network, Input(37), Dense(37, Bias = false), KullbackLeibler]
public partial class KullbackLeiblerOf37;

[Network, Input(37), Dense(37, Bias = false), MultiClassHinge(0.5f)]
public partial class MultiClassHingeOf37;

[Network, Input(3), Dense(3, Bias = false), MultiClassHinge(ClassWeights = [1, 0.25f, 3])]
public partial class MultiClassHingeOf3;

[Network, Input(37), Dense(37, Bias = false), CosineEmbedding]
public partial class CosineEmbeddingOf37;
