using NetGen;

namespace Shakespeare;

/// <summary>A small language model: at each character of a text, which comes next. PyTorch's for the same size is in <c>pytorch.py</c>.</summary>
[Network, Input(Text.Window, Vocabulary = Text.Characters)]
[Embedding(128, Name = "token"), Positions(Name = "position")]
[TransformerBlock(4, 512, Causal = true, PreNorm = true, Gelu = true, Name = "blocks.0")]
[TransformerBlock(4, 512, Causal = true, PreNorm = true, Gelu = true, Name = "blocks.1")]
[TransformerBlock(4, 512, Causal = true, PreNorm = true, Gelu = true, Name = "blocks.2")]
[TransformerBlock(4, 512, Causal = true, PreNorm = true, Gelu = true, Name = "blocks.3")]
[LayerNorm(Name = "norm"), Dense(Text.Characters, Name = "head"), SoftmaxCrossEntropy]
public partial class NextCharacter;
