namespace NetGen.Numerics.Tests.Training;

[Network, Input(2), Dense(8), Tanh, Dense(1), BinaryCrossEntropy]
public partial class TwoClassLogit;

[Network, Input(2), Dense(8), Tanh, Dense(1), Sigmoid, MeanSquaredError]
public partial class TwoClassProbability;

[Network, Input(2), Dense(8), Tanh, Dense(1), BinaryHinge]
public partial class TwoClassMargin;

[Network, Input(2), Dense(8), Tanh, Dense(1), Tanh, MeanSquaredError]
public partial class TwoClassSign;

[Network, Input(2), Dense(8), Tanh, Dense(2), Softmax, MeanSquaredError]
public partial class TwoClassShares;

[Network, Input(2), Dense(8), Tanh, Dense(2), SoftmaxCrossEntropy]
public partial class TwoClassLogits;

[Network, Input(2), Dense(2), SoftmaxCrossEntropy(ClassWeights = [1, 10])]
public partial class WeightedClasses;

[Network, Input(2), Dense(2), Focal(2, ClassWeights = [1, 10])]
public partial class WeightedFocal;

[Network, Input(2), Dense(2), MultiClassHinge(ClassWeights = [1, 10])]
public partial class WeightedScores;

[Network, Input(2), Dense(8), Tanh, Dense(1), BinaryHinge(ClassWeights = [1, 10])]
public partial class WeightedMargin;

[Network, Input(2), Dense(8), Tanh, Dense(1), MeanSquaredError]
public partial class OneValue;

[Network, Input(2), Dense(8), Tanh, Dense(1), BinaryCrossEntropy(ClassWeights = [1, 10])]
public partial class WeightedLogit;
