namespace NetGen.Numerics.Tests.Conformance;

// The networks of Reference that work on sequences, declared.
[Network, Input(6, 3), Rnn(7, Name = "0.cell"), LastStep, Dense(2, Name = "1"), MeanSquaredError]
internal sealed partial class RnnLastStep;

[Network, Input(5, 2), Rnn(7, Relu = true, Name = "0.cell"), Dense(1, Name = "1"), MeanSquaredError]
internal sealed partial class RnnRelu;

[Network, Input(9, 3), Lstm(8, Name = "0.cell"), LastStep, Dense(3, Name = "1"), SoftmaxCrossEntropy]
internal sealed partial class LstmLastStep;

[Network, Input(12, 1), Lstm(20, Name = "0.cell"), Dense(1, Name = "1"), MeanSquaredError]
internal sealed partial class LstmSteps;

[Network, Input(7, 3), Lstm(6, Layers = 2, Name = "0.cell"), LastStep, Dense(3, Name = "1"), SoftmaxCrossEntropy]
internal sealed partial class LstmStacked;

[Network, Input(6, 2), Lstm(5, Bidirectional = true, Name = "0.cell"), Dense(1, Name = "1"), MeanSquaredError]
internal sealed partial class LstmBidirectional;

[Network, Input(7, 2), Gru(11, Name = "0.cell"), Dense(2, Name = "1"), MeanSquaredError]
internal sealed partial class GruSteps;

[Network, Input(6, 2), Gru(4, Layers = 2, Bidirectional = true, Name = "0.cell"), LastStep, Dense(2, Name = "1"), SoftmaxCrossEntropy]
internal sealed partial class GruBidirectionalStacked;

// States are inputs and outputs, with losses of their own.
[Network]
internal sealed partial class LstmStates
{
    [Input(5, 3)] public partial Layer Steps { get; }
    [Input(6)] public partial Layer State { get; }
    [Input(6)] public partial Layer Cell { get; }

    [From(nameof(Steps)), Lstm(6, InitialState = nameof(State), InitialCell = nameof(Cell), Name = "lstm")]
    public partial Layer States { get; }

    [Dense(2, Name = "head"), MeanSquaredError] public partial Layer Head { get; }
    [From(nameof(States)), LastStep, MeanSquaredError(Weight = 0.5)] public partial Layer FinalState { get; }
    [From(nameof(States)), LastCell, MeanSquaredError(Weight = 0.25)] public partial Layer FinalCell { get; }
}

[Network, Input(5, Vocabulary = 20), Embedding(6), MeanOverTime, Dense(4, Name = "2"), SoftmaxCrossEntropy]
internal sealed partial class EmbeddingMean;

[Network, Input(7, Vocabulary = 13), Embedding(5), Gru(6, Name = "1.cell"), LastStep, Dense(2, Name = "2"), SoftmaxCrossEntropy]
internal sealed partial class EmbeddingGru;

[Network, Input(5, 8), TransformerBlock(2, 12), MaxOverTime, Dense(3, Name = "2"), SoftmaxCrossEntropy]
internal sealed partial class PostNormBlock;

[Network, Input(5, 8, Sequence = true), SoftmaxCrossEntropy]
internal sealed partial class PreNormBlock
{
    [LayerNorm(Name = "0.n1"), MultiHeadAttention(2, Name = "0.a.att")] public partial Layer Attended { get; }
    [Add(Layer.Input, nameof(Attended))] public partial Layer Middle { get; }
    [LayerNorm(Name = "0.n2"), Dense(16, Name = "0.f1"), Gelu, Dense(8, Name = "0.f2")] public partial Layer Fed { get; }
    [Add(nameof(Middle), nameof(Fed)), MeanOverTime, Dense(3, Name = "2")] public partial Layer Result { get; }
}

// Sequences that end sooner or later.
[Network, Input(9, 2, VariableLength = true), Gru(7, Name = "gru"), LastStep, Dense(3, Name = "head"), SoftmaxCrossEntropy]
internal sealed partial class GruOfLengths;

[Network, Input(6, 8, VariableLength = true), MultiHeadAttention(2, Name = "att"), MeanOverTime, Dense(3, Name = "head"), SoftmaxCrossEntropy]
internal sealed partial class PaddedAttention;

[Network, Input(6, Vocabulary = 11)]
[Embedding(8, Name = "token"), Positions(Name = "position")]
[TransformerBlock(2, 24, Causal = true, PreNorm = true, Gelu = true, Name = "blocks.0")]
[TransformerBlock(2, 24, Causal = true, PreNorm = true, Gelu = true, Name = "blocks.1")]
[LayerNorm(Name = "norm"), Dense(11, Bias = false, Name = "head"), SoftmaxCrossEntropy]
internal sealed partial class CausalTransformer;

[Network, Input(1, 20), MeanSquaredError]
internal sealed partial class CausalConvolutions
{
    [Conv1D(5, 3, Padding = Padding.Causal, Name = "first"), Tanh] public partial Layer First { get; }
    [Conv1D(5, 3, Padding = Padding.Causal, Dilation = 2, Name = "second"), Tanh] public partial Layer Second { get; }
    [Add(nameof(First), nameof(Second))] public partial Layer Middle { get; }
    [Conv1D(5, 3, Padding = Padding.Causal, Dilation = 4, Name = "third"), Tanh] public partial Layer Third { get; }
    [Add(nameof(Middle), nameof(Third)), Conv1D(1, 1, Name = "out")] public partial Layer Result { get; }
}
