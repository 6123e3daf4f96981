namespace NetGen;

/// <summary>
/// A convolution of each input channel by itself: <c>inputChannels · Multiplier</c> output channels, with weights of shape
/// [channels, 1, kernelHeight, kernelWidth]. The same as a <see cref="Conv2DAttribute"/> with as many groups as input channels.
/// </summary>
public sealed class DepthwiseConv2DAttribute : WeightedLayerAttribute
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="kernel">The kernel's height and width, at least 1.</param>
    public DepthwiseConv2DAttribute(int kernel) : this(kernel, kernel) { }

    /// <summary>A convolution with a rectangular kernel.</summary>
    /// <param name="kernelHeight">The kernel's height, at least 1.</param>
    /// <param name="kernelWidth">The kernel's width, at least 1.</param>
    public DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth)
    {
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The kernel's height.</summary>
    public int KernelHeight { get; }

    /// <summary>The kernel's width.</summary>
    public int KernelWidth { get; }

    /// <summary>The kernels per input channel, at least 1.</summary>
    public int Multiplier { get; set; } = 1;

    /// <summary>The distance between kernel taps in both directions. 1 unless set.</summary>
    public int Dilation { get; set; }

    /// <summary>The vertical distance between taps; <see cref="Dilation"/> unless set.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The horizontal distance between taps; <see cref="Dilation"/> unless set.</summary>
    public int DilationWidth { get; set; }

    /// <summary>The step in both directions. 1 unless set.</summary>
    public int Stride { get; set; }

    /// <summary>The vertical step; <see cref="Stride"/> unless set.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The horizontal step; <see cref="Stride"/> unless set.</summary>
    public int StrideWidth { get; set; }

    /// <summary>A padding rule; to give numbers, use <see cref="Pad"/> instead.</summary>
    public Padding Padding { get; set; }

    /// <summary>Zeros on each of the four sides.</summary>
    public int Pad { get; set; }

    /// <summary>Zeros above and below; <see cref="Pad"/> unless set.</summary>
    public int PadHeight { get; set; }

    /// <summary>Zeros left and right; <see cref="Pad"/> unless set.</summary>
    public int PadWidth { get; set; }
}
