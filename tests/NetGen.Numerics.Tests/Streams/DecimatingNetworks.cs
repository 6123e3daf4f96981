namespace NetGen.Numerics.Tests.Streams;

// Longer than what is remembered before it moves back to where all steps are alike.
[Network, Input(3, 151), Conv1D(5, 3, Padding = Padding.Causal, Stride = 2), Relu, Conv1D(2, 1)]
internal sealed partial class StridedStream;

[Network, Input(2, 140), Conv1D(20, 5, Stride = 3, Pad = 1), Tanh, Conv1D(7, 4, Stride = 2, Dilation = 3), BatchNorm, Relu, Conv1D(3, 2, Padding = Padding.Causal)]
internal sealed partial class TwoStridesStream;

// Without padding before the first step a stream begins later, and gives an output with every step from then on.
[Network, Input(4, 120), Conv1D(6, 3), Relu, Conv1D(33, 4, Dilation = 2), Tanh, Conv1D(1, 1)]
internal sealed partial class LaterStream;

[Network, Input(19, 130), MaxPool1D(2), Conv1D(5, 3, Padding = Padding.Causal), Relu, AveragePool1D(3)]
internal sealed partial class PooledStream;

[Network, Input(17, 100), MaxPool1D(5, Stride = 1, Padding = Padding.Causal), AveragePool1D(4, Stride = 1, Padding = Padding.Causal, CountPadding = false)]
internal sealed partial class PastPoolStream;

[Network, Input(3, 101), AveragePool1D(4, Stride = 3, Pad = 2), MaxPool1D(3, Stride = 2, Pad = 1), Conv1D(4, 2)]
internal sealed partial class PaddedPoolStream;

[Network, Input(3, 110), Conv1D(8, 1, Stride = 5), Relu, Conv1D(2, 3, Stride = 1)]
internal sealed partial class EveryFifthStream;

// Branches of one rate that complete their steps at different times, with states, attention and positions behind them.
[Network, Input(6, 147)]
internal sealed partial class BranchesStream
{
    [Conv1D(8, 3, Stride = 3), Relu] public partial Layer Ahead { get; }
    [From(Layer.Input), MaxPool1D(1, Stride = 3), Conv1D(8, 1)] public partial Layer AtOnce { get; }
    [Add(nameof(Ahead), nameof(AtOnce)), Tanh] public partial Layer Sum { get; }
    [From(nameof(Sum)), Transpose(1, 0), Gru(12), MultiHeadAttention(3, Causal = true, Rotary = RotaryPositions.Halves), Lstm(5)] public partial Layer Result { get; }
}

[Network, Input(90, Vocabulary = 9), Embedding(12), Transpose(1, 0), Conv1D(10, 4, Stride = 2), Transpose(1, 0), Positions, TransformerBlock(2, 16, Causal = true), Dense(3)]
internal sealed partial class ShorterTokenStream;

// A shortcut around products without padding begins as late as they do.
[Network, Input(5, 100)]
internal sealed partial class CroppedStream
{
    [Conv1D(7, 3), Relu, Conv1D(5, 3)] public partial Layer Body { get; }
    [From(Layer.Input), Slice(2, 96, Axis = 1)] public partial Layer Middle { get; }
    [Add(nameof(Body), nameof(Middle)), Relu, MaxPool1D(7)] public partial Layer Sum { get; }
}

[Network, Input(2, 128)]
internal sealed partial class TwoOutputsStream
{
    [Conv1D(4, 2, Stride = 2), Relu] public partial Layer First { get; }
    [Conv1D(3, 3), Output] public partial Layer Late { get; }
    [From(nameof(First)), Conv1D(2, 3, Padding = Padding.Causal), Slice(2, 62, Axis = 1), Output] public partial Layer Early { get; }
}

[Network, Input(3, 96), Conv1D(12, 4, Stride = 4), Relu, Transpose(1, 0), Gru(7), LastStep, Dense(2)]
internal sealed partial class LastOfFewStream;
