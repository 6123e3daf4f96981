using NetGen;

namespace Streaming;

/// <summary>
/// A guitar pedal as a network: a state of 16 numbers that each sample of the signal moves. It is trained on windows of 128 samples, and runs
/// sample by sample for as long as somebody plays.
/// </summary>
[Network, Input(128, 1)]
[Gru(16), Dense(1)]
[MeanSquaredError]
public partial class Pedal
{
    /// <summary>The samples of a window.</summary>
    public const int Window = InputLength;
}
