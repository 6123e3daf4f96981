using NetGen;

namespace Landscape;

/// <summary>Reads digits. Narrow and deep, without anything that would let its loss be a simple bowl: no norms, no layers that are skipped.</summary>
[Network, Input(1, 8, 8)]
[Dense(16), Tanh, Dense(16), Tanh, Dense(16), Tanh, Dense(16), Tanh]
[Dense(16), Tanh, Dense(16), Tanh, Dense(16), Tanh, Dense(16), Tanh]
[Dense(10), SoftmaxCrossEntropy]
public partial class DeepNet;
