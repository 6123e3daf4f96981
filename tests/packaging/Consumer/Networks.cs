using NetGen;

/// <summary>A classifier of small pictures, declared outside of any namespace.</summary>
[Network]
[Input(1, 9, 9)]
[Conv2D(6, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(5, 3), Gelu]
[Dense(21), Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class Shapes;

namespace Consumer.Models
{
    /// <summary>A regression with awkward sizes.</summary>
    [Network]
    [Input(5)]
    [Dense(17), Silu]
    [Dense(2)]
    [MeanSquaredError]
    public partial class Curve;
}
