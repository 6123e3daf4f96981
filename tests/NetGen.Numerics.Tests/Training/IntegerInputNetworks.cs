namespace NetGen.Numerics.Tests.Training;

[Network, Input(5, Vocabulary = 7, VariableLength = true), Embedding(4), Gru(3), LastStep, Dense(2), SoftmaxCrossEntropy]
internal sealed partial class TokensOfLengths;

[Network]
internal sealed partial class StepsAndTokens
{
    [Input(3, 2, VariableLength = true)] public partial Layer Steps { get; }
    [Input(3, Vocabulary = 4)] public partial Layer Words { get; }
    [From(nameof(Steps)), Gru(3), LastStep] public partial Layer State { get; }
    [From(nameof(Words)), Embedding(3), MeanOverTime] public partial Layer Meaning { get; }
    [Add(nameof(State), nameof(Meaning)), Dense(1), MeanSquaredError] public partial Layer Result { get; }
}

// A point has the name that a length would have.
[Network]
internal sealed partial class LengthNames
{
    [Input(3, 2, VariableLength = true)] public partial Layer Text { get; }
    [Input(2)] public partial Layer TextLength { get; }
    [From(nameof(Text)), MeanOverTime] public partial Layer Mean { get; }
    [Add(nameof(Mean), nameof(TextLength)), MeanSquaredError] public partial Layer Result { get; }
}
