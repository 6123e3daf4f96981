using NetGen;

namespace Perceptron;

/// <summary>One neuron (F. Rosenblatt, 1958): it weighs its two inputs and so can only draw one straight line.</summary>
[Network]
[Input(2)]
[Dense(1)]
[BinaryCrossEntropy]
public partial class Neuron;

/// <summary>Four neurons draw four lines, and a fifth one puts them together.</summary>
[Network]
[Input(2)]
[Dense(4), Tanh]
[Dense(1)]
[BinaryCrossEntropy]
public partial class HiddenLayer;
