namespace NetGen.Numerics.Tests.Conformance;

// The networks of the reference set of graphs, with the names of their members.

[Network, Input(8)]
public partial class TwoOutputs
{
    [Dense(12), Relu]
    public partial Layer Trunk { get; }

    [Dense(4), SoftmaxCrossEntropy]
    public partial Layer Kind { get; }

    [From(nameof(Trunk)), Dense(2), MeanSquaredError(Weight = 0.3)]
    public partial Layer Size { get; }
}

[Network, Input(7), Dense(11, Bias = false), BatchNorm, Relu, Dense(3), SoftmaxCrossEntropy]
public partial class BatchNorm1D;
