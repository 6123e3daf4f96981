namespace NetGen;

/// <summary>
/// A convolution (cross-correlation) over the steps of a signal, [channels, time], with weights of shape
/// [channels, inputChannels / groups, kernel].
/// </summary>
/// <param name="channels">The number of output channels, at least 1.</param>
/// <param name="kernel">The number of taps, at least 1.</param>
public sealed class Conv1DAttribute(int channels, int kernel) : WeightedLayerAttribute
{
    /// <summary>The number of output channels.</summary>
    public int Channels { get; } = channels;

    /// <summary>The number of taps.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The distance between taps. 1 unless set.</summary>
    public int Dilation { get; set; }

    /// <summary>The number of groups the channels are split into, a divisor of both input and output channels. 1 unless set.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>The steps from one window to the next. 1 unless set.</summary>
    public int Stride { get; set; }

    /// <summary>A padding rule; to give a number, use <see cref="Pad"/> instead.</summary>
    public Padding Padding { get; set; }

    /// <summary>Zeros before the first and behind the last step.</summary>
    public int Pad { get; set; }
}
