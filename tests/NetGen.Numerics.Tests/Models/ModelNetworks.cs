namespace NetGen.Numerics.Tests.Models;

[Network, Input(3), Dense(5), Relu, Dropout(0.2), Dense(4), SoftmaxCrossEntropy]
public partial class ThreeToFour;

/// <summary>The same layers without a loss and with another dropout: what a program ships that only predicts.</summary>
[Network, Input(3), Dense(5), Relu, Dropout(0.5), Dense(4)]
public partial class ThreeToFourPredictor;

/// <summary>The same shapes with another activation.</summary>
[Network, Input(3), Dense(5), Tanh, Dropout(0.2), Dense(4), SoftmaxCrossEntropy]
public partial class ThreeToFourWithTanh;

/// <summary>One layer more.</summary>
[Network, Input(3), Dense(5), Relu, Dropout(0.2), Dense(4), Softmax]
public partial class ThreeToFourWithSoftmax;

[Network, Input(3), Dense(5), Relu, Dropout(0.2), Dense(4), MultiClassHinge]
public partial class ThreeToFourScores;

[Network, Input(2), Dense(3), Tanh, Dense(1), BinaryCrossEntropy]
public partial class Coin;

[Network, Input(2), Dense(3), Tanh, Dense(1), Sigmoid]
public partial class CoinProbability;

[Network, Input(2), Dense(3), Tanh, Dense(1), BinaryHinge]
public partial class CoinMargin;

[Network, Input(2), Dense(3), BinaryCrossEntropy]
public partial class ThreeLabels;

[Network, Input(2), Dense(3), Relu, Dense(2), MeanSquaredError]
public partial class TwoValues;

[Network, Input(2, 40, 20), GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]
public partial class BigInput;

/// <summary>Can be made by its author alone.</summary>
[Network, Input(2), Dense(1), MeanSquaredError]
public partial class MadeByHand
{
    public MadeByHand(string name) => Name = name;

    public string Name { get; }
}
