namespace NetGen.Numerics.Tests.Streams;

// Longer than what is remembered before it moves back to the beginning.
[Network, Input(100, 1), Gru(24), Dense(1), MeanSquaredError]
internal sealed partial class GruStream;

[Network, Input(90, 3), Lstm(7, Layers = 2), Dense(4), Tanh, Dense(2)]
internal sealed partial class LstmStream;

[Network, Input(70, 5), Rnn(33, Relu = true), LastStep, Dense(3)]
internal sealed partial class RnnStream;

[Network, Input(2, 80)]
[Conv1D(5, 3, Padding = Padding.Causal), Relu, Conv1D(7, 2, Padding = Padding.Causal, Dilation = 4), BatchNorm, Tanh, Conv1D(3, 1)]
internal sealed partial class ConvolutionStream;

// A shortcut reads the same steps as the convolutions beside it.
[Network, Input(4, 75)]
internal sealed partial class ResidualStream
{
    [Conv1D(4, 3, Padding = Padding.Causal, Dilation = 3), Relu] public partial Layer First { get; }
    [Conv1D(4, 2, Padding = Padding.Causal)] public partial Layer Second { get; }
    [Add(nameof(First), nameof(Second)), Relu] public partial Layer Sum { get; }
    [From(nameof(Sum)), Conv1D(2, 1)] public partial Layer Result { get; }
}
