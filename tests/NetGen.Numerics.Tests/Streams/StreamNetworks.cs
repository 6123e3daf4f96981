namespace NetGen.Numerics.Tests.Streams;

// Longer than what is remembered before it moves back to the beginning.
[Network, Input(100, 1), Gru(24), Dense(1), MeanSquaredError]
internal sealed partial class GruStream;

[Network, Input(90, 3), Lstm(7, Layers = 2), Dense(4), Tanh, Dense(2)]
internal sealed partial class LstmStream;

// One number handed from layer to layer: products that are maps, before gates of every awkward size.
[Network, Input(70, 1), Lstm(33), Dense(1), Tanh, Gru(3), Dense(1, Bias = false), Dense(20), Lstm(20), Rnn(1), Lstm(20), Dense(1), Gru(60, Bias = false)]
[Dense(2)]
internal sealed partial class NarrowStream;

// Of a single step, time is as long as the height of the signal that a convolution sees.
[Network, Input(1, 7, Sequence = true), Rnn(8), Transpose(1, 0), Conv1D(21, 2, Padding = Padding.Causal), Transpose(1, 0), Gru(3)]
internal sealed partial class SingleStepStream;

[Network, Input(70, 5), Rnn(33, Relu = true), LastStep, Dense(3)]
internal sealed partial class RnnStream;

[Network, Input(60, 3, VariableLength = true), Gru(9), Lstm(4), Dense(2), SoftmaxCrossEntropy]
internal sealed partial class LengthsStream;

[Network, Input(40, Vocabulary = 11, VariableLength = true), Embedding(5), Rnn(7), LayerNorm, LastStep, Dense(3), SoftmaxCrossEntropy]
internal sealed partial class TokensStream;

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

[Network, Input(90, 5), Gru(11, ResetAfter = false), Dense(2)]
internal sealed partial class FirstGruStream;

// More steps than an attention looks at together; heads of every awkward size.
[Network, Input(150, 12), SinusoidalPositions, MultiHeadAttention(3, Causal = true, Rotary = RotaryPositions.Neighbours), Dense(2)]
internal sealed partial class AttentionStream;

[Network, Input(70, 33), MultiHeadAttention(1, Causal = true), MultiHeadAttention(3, Causal = true, Separate = true, Bias = false)]
internal sealed partial class OddAttentionStream;

[Network, Input(5, 3), MultiHeadAttention(3, Causal = true)]
internal sealed partial class NarrowAttentionStream;

[Network, Input(130, Vocabulary = 11), Embedding(20), Positions]
[TransformerBlock(2, 24, Causal = true, PreNorm = true, Gelu = true, Rotary = RotaryPositions.Halves), TransformerBlock(1, 9, Causal = true), Dense(11)]
internal sealed partial class TokenStream;

// States and convolutions beside an attention have room for as many steps as it.
[Network, Input(6, 100)]
[Conv1D(9, 3, Padding = Padding.Causal, Dilation = 2), Tanh, Transpose(1, 0), Gru(10), MultiHeadAttention(5, Causal = true), Lstm(9), Dense(2)]
internal sealed partial class MixedStream;

[Network]
internal sealed partial class AcrossStream
{
    [Input(40, 5)] public partial Layer Said { get; }
    [Input(40, 6)] public partial Layer Asked { get; }
    [MultiHeadAttention(2, Causal = true, KeysFrom = nameof(Said)), Dense(3)] public partial Layer Answer { get; }
}
