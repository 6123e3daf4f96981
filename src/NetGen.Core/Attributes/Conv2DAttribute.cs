namespace NetGen;

/// <summary>How a convolution or pooling treats the border of its input.</summary>
public enum Padding
{
    /// <summary>No padding: only windows that lie inside the input.</summary>
    Valid,

    /// <summary>
    /// As many zeros as make the output ⌈input / stride⌉ long, half on each side and the odd one at the end.
    /// </summary>
    Same,

    /// <summary>For signals: all padding before the first step, so that no output depends on an input after it.</summary>
    Causal,
}

/// <summary>
/// A two-dimensional convolution (cross-correlation, as in every deep-learning library) over [channels, height, width],
/// with weights of shape [channels, inputChannels / groups, kernelHeight, kernelWidth].
/// </summary>
public sealed class Conv2DAttribute : ImageConvolutionAttribute
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="channels">The number of output channels, at least 1.</param>
    /// <param name="kernel">The kernel's height and width, at least 1.</param>
    public Conv2DAttribute(int channels, int kernel) : this(channels, kernel, kernel) { }

    /// <summary>A convolution with a rectangular kernel.</summary>
    /// <param name="channels">The number of output channels, at least 1.</param>
    /// <param name="kernelHeight">The kernel's height, at least 1.</param>
    /// <param name="kernelWidth">The kernel's width, at least 1.</param>
    public Conv2DAttribute(int channels, int kernelHeight, int kernelWidth) : base(kernelHeight, kernelWidth) => Channels = channels;

    /// <summary>The number of output channels.</summary>
    public int Channels { get; }

    /// <summary>
    /// The number of groups the channels are split into, a divisor of both input and output channels. As many groups as
    /// input channels make a depthwise convolution. 1 unless set.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <summary>A padding rule; to give numbers, use <see cref="ConvolutionAttribute.Pad"/> instead.</summary>
    public Padding Padding { get; set; }
}
