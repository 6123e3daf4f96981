using NetGen;

namespace Names;

/// <summary>
/// Tells, at each letter of a name, which comes next. Names have different lengths: what stands behind a name's end is not looked at, and each letter
/// counts alike, whatever name it is of.
/// </summary>
[Network, Input(Alphabet.Steps, Vocabulary = Alphabet.Letters, VariableLength = true)]
[Embedding(16), Gru(64), Dense(Alphabet.Letters), SoftmaxCrossEntropy]
public partial class NextLetter;
