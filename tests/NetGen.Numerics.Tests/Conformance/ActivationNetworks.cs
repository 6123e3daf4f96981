namespace NetGen.Numerics.Tests.Conformance;

// One activation each, as the cases mlp-* of the reference set.

[Network, Input(5)]
[Dense(9), Elu]
[Dense(4), Elu]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class MlpElu;

[Network, Input(5)]
[Dense(9), Gelu]
[Dense(4), Gelu]
[Dense(3)]
[Huber]
public partial class MlpGelu;

[Network, Input(7)]
[Dense(16), Gelu(Approximate = true)]
[Dense(2)]
[MeanAbsoluteError]
public partial class MlpGeluTanh;

[Network, Input(5)]
[Dense(9), HardSigmoid]
[Dense(4), HardSigmoid]
[Dense(3)]
[Huber]
public partial class MlpHardsigmoid;

[Network, Input(7)]
[Dense(16), HardSwish]
[Dense(2)]
[MeanSquaredError]
public partial class MlpHardswish;

[Network, Input(7)]
[Dense(16), LeakyRelu]
[Dense(2)]
[MeanAbsoluteError]
public partial class MlpLeakyRelu;

[Network, Input(5)]
[Dense(9), Mish]
[Dense(4), Mish]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class MlpMish;

[Network, Input(5)]
[Dense(9), Relu]
[Dense(4), Relu]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class MlpRelu;

[Network, Input(5)]
[Dense(9), Relu6]
[Dense(4), Relu6]
[Dense(3)]
[Huber]
public partial class MlpRelu6;

[Network, Input(7)]
[Dense(16), Selu]
[Dense(2)]
[MeanAbsoluteError]
public partial class MlpSelu;

[Network, Input(5)]
[Dense(9), Sigmoid]
[Dense(4), Sigmoid]
[Dense(3)]
[Huber]
public partial class MlpSigmoid;

[Network, Input(7)]
[Dense(16), Silu]
[Dense(2)]
[MeanSquaredError]
public partial class MlpSilu;

[Network, Input(5)]
[Dense(9), Softplus]
[Dense(4), Softplus]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class MlpSoftplus;

[Network, Input(7)]
[Dense(16), Softsign]
[Dense(2)]
[MeanSquaredError]
public partial class MlpSoftsign;

[Network, Input(7)]
[Dense(16), Tanh]
[Dense(2)]
[MeanSquaredError]
public partial class MlpTanh;

[Network, Input(5), Dense(8), Celu(1.3), Dense(3), MeanSquaredError]
public partial class MlpCelu;

[Network, Input(5), Dense(8), Glu, Dense(3), MeanSquaredError]
public partial class MlpGlu;

[Network, Input(5), Dense(8), HardShrink(0.4), Dense(3), MeanSquaredError]
public partial class MlpHardShrink;

[Network, Input(5), Dense(8), HardTanh(-0.7, 0.9), Dense(3), MeanSquaredError]
public partial class MlpHardTanh;

[Network, Input(5), Dense(8), LogSigmoid, Dense(3), MeanSquaredError]
public partial class MlpLogSigmoid;

[Network, Input(5), Dense(8), PRelu, Dense(3), MeanSquaredError]
public partial class MlpPRelu;

[Network, Input(5), Dense(8), SoftShrink(0.3), Dense(3), MeanSquaredError]
public partial class MlpSoftShrink;

[Network, Input(5), Dense(8), TanhShrink, Dense(3), MeanSquaredError]
public partial class MlpTanhShrink;

[Network, Input(5), Dense(8), Threshold(0.1, -0.5), Dense(3), MeanSquaredError]
public partial class MlpThreshold;

[Network, Input(5), Dense(8), LogSoftmax, Dense(3), MeanSquaredError]
public partial class MlpLogSoftmax;
