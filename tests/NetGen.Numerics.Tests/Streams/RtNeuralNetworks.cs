namespace NetGen.Numerics.Tests.Streams;

// The reference networks of RTNeural, declared.
[Network, Input(1), Dense(8), Tanh, Dense(8), Relu, Dense(8), Elu, Dense(8), Softmax, Dense(1), Dense(8, Bias = false), Dense(8, Bias = false), Dense(1, Bias = false)]
internal sealed partial class RtDense;

[Network, Input(1, 100)]
[Conv1D(8, 1), Tanh, Conv1D(4, 3, Padding = Padding.Causal), Tanh, BatchNorm(Epsilon = 0.01), PRelu(PerChannel = true), Conv1D(4, 1), Tanh]
[Conv1D(6, 3, Padding = Padding.Causal, Dilation = 2, Groups = 2), Tanh, BatchNorm(Epsilon = 5, Affine = false), PRelu, Conv1D(1, 1), Sigmoid]
internal sealed partial class RtConvolution;

[Network, Input(100, 1, Sequence = true), Dense(8), Tanh, Gru(8), Dense(8), Sigmoid, Dense(1)]
internal sealed partial class RtGru;

[Network, Input(100, 1), Lstm(8), Dense(1)]
internal sealed partial class RtLstm;

[Network, Input(1000, 1), Gru(8, Name = "gru"), Gru(8, Layers = 3, Name = "gru2"), Dense(1, Name = "dense")]
internal sealed partial class RtStackedGru;

// The case's has no padding: its first step is the fifth of a causal one.
[Network]
internal sealed partial class RtConv1D
{
    [Input(1, 1000)] public partial Layer Signal { get; }
    [Conv1D(12, 5, Padding = Padding.Causal, Name = "only")] public partial Layer Result { get; }
}

[Network]
internal sealed partial class RtGroupedConv1D
{
    [Input(6, 500)] public partial Layer Signal { get; }
    [Conv1D(3, 3, Padding = Padding.Causal, Groups = 3, Name = "only")] public partial Layer Result { get; }
}

[Network]
internal sealed partial class RtTransposedConv1D
{
    [Input(4, 100)] public partial Layer Signal { get; }
    [ConvTranspose1D(15, 5, Stride = 3, Pad = 3, Name = "only")] public partial Layer Result { get; }
}
