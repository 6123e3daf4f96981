namespace NetGen;

/// <summary>
/// A convolution (cross-correlation) over the steps of a signal, [channels, time], with weights of shape
/// [channels, inputChannels / groups, kernel].
/// </summary>
/// <param name="channels">The number of output channels, at least 1.</param>
/// <param name="kernel">The number of taps, at least 1.</param>
public sealed class Conv1DAttribute(int channels, int kernel) : ConvolutionAttribute
{
    /// <summary>The number of output channels.</summary>
    public int Channels { get; } = channels;

    /// <summary>The number of taps.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The number of groups the channels are split into, a divisor of both input and output channels. 1 unless set.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>A padding rule; to give a number, use <see cref="ConvolutionAttribute.Pad"/> instead.</summary>
    public Padding Padding { get; set; }
}
