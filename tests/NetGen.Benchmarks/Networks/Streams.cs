namespace NetGen.Benchmarks.Networks;

/// <summary>W6: a long short-term memory on a signal, as audio plugins run it.</summary>
[Network, Input(64, 1)]
[Lstm(20), Dense(1)]
public partial class LstmSignal;

/// <summary>W6: the same with a gated recurrent unit.</summary>
[Network, Input(64, 1)]
[Gru(20), Dense(1)]
public partial class GruSignal;

/// <summary>W6: a larger state.</summary>
[Network, Input(64, 1)]
[Lstm(32)]
public partial class Lstm32;

/// <summary>W6: as many inputs as units, few.</summary>
[Network, Input(64, 8)]
[Gru(8)]
public partial class Gru8;

/// <summary>W6: as many inputs as units, a vector of the longest.</summary>
[Network, Input(64, 16)]
[Gru(16)]
public partial class Gru16;

/// <summary>W6: as many inputs as units, two vectors.</summary>
[Network, Input(64, 32)]
[Gru(32)]
public partial class Gru32;

/// <summary>W6: as many inputs as units, many.</summary>
[Network, Input(64, 64)]
[Gru(64)]
public partial class Gru64;

/// <summary>W6: a convolution that reads steps far back.</summary>
[Network, Input(16, 64)]
[Conv1D(16, 3, Dilation = 8, Padding = Padding.Causal)]
public partial class DilatedConvolution;

/// <summary>W6: strides and a pooling that make one output of eight steps.</summary>
[Network, Input(2, 512)]
[Conv1D(16, 8, Stride = 4, Padding = Padding.Causal), Relu, MaxPool1D(2), Conv1D(16, 3, Padding = Padding.Causal), Relu, Conv1D(4, 1)]
public partial class Gestures;

/// <summary>W6: a recurrent network as it is trained through time.</summary>
[Network, Input(100, 64)]
[Gru(64), LastStep, Dense(10), SoftmaxCrossEntropy]
public partial class TrainedGru;

/// <summary>W6: words of a large vocabulary, of which a step sees few.</summary>
[Network, Input(16, Vocabulary = 50_000)]
[Embedding(64), MeanOverTime, Dense(10), SoftmaxCrossEntropy]
public partial class Words;

/// <summary>W9: a block that looks in both directions, as encoders have it.</summary>
[Network, Input(32, 64), TransformerBlock(4, 256, PreNorm = true)]
public partial class EncoderBlock;

/// <summary>W9: the middle of a small language model.</summary>
[Network, Input(256, 128)]
[TransformerBlock(4, 512, Causal = true, PreNorm = true), TransformerBlock(4, 512, Causal = true, PreNorm = true)]
[TransformerBlock(4, 512, Causal = true, PreNorm = true), TransformerBlock(4, 512, Causal = true, PreNorm = true)]
public partial class Transformer;

/// <summary>W9: the same as it is trained, with a head that says classes.</summary>
[Network, Input(256, 128)]
[TransformerBlock(4, 512, Causal = true, PreNorm = true), TransformerBlock(4, 512, Causal = true, PreNorm = true)]
[TransformerBlock(4, 512, Causal = true, PreNorm = true), TransformerBlock(4, 512, Causal = true, PreNorm = true)]
[MeanOverTime, Dense(10), SoftmaxCrossEntropy]
public partial class TrainedTransformer;
