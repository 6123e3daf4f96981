namespace NetGen;

/// <summary>
/// A convolution of each input channel by itself: <c>inputChannels · Multiplier</c> output channels, with weights of shape
/// [channels, 1, kernelHeight, kernelWidth]. The same as a <see cref="Conv2DAttribute"/> with as many groups as input channels.
/// </summary>
public sealed class DepthwiseConv2DAttribute : ImageConvolutionAttribute
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="kernel">The kernel's height and width, at least 1.</param>
    public DepthwiseConv2DAttribute(int kernel) : this(kernel, kernel) { }

    /// <summary>A convolution with a rectangular kernel.</summary>
    /// <param name="kernelHeight">The kernel's height, at least 1.</param>
    /// <param name="kernelWidth">The kernel's width, at least 1.</param>
    public DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth) : base(kernelHeight, kernelWidth) { }

    /// <summary>The kernels per input channel, at least 1.</summary>
    public int Multiplier { get; set; } = 1;

    /// <summary>A padding rule; to give numbers, use <see cref="ConvolutionAttribute.Pad"/> instead.</summary>
    public Padding Padding { get; set; }
}
