namespace NetGen;

/// <summary>
/// A transposed convolution over a signal, [channels, time]: each step adds a kernel into the output, <c>Stride</c> steps from one to the next.
/// The output has (time − 1) · Stride − 2 · Pad + Dilation · (kernel − 1) + OutputPadding + 1 steps. Weights have the shape
/// [inputChannels, channels / groups, kernel], as PyTorch's.
/// </summary>
/// <param name="channels">The number of output channels, at least 1.</param>
/// <param name="kernel">The number of taps, at least 1.</param>
public sealed class ConvTranspose1DAttribute(int channels, int kernel) : ConvolutionAttribute
{
    /// <summary>The number of output channels.</summary>
    public int Channels { get; } = channels;

    /// <summary>The number of taps.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The number of groups the channels are split into, a divisor of both input and output channels. 1 unless set.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>What is added to the end of the output; below the stride or the dilation.</summary>
    public int OutputPadding { get; set; }
}

/// <summary>
/// A transposed convolution over an image, [channels, height, width]: each pixel adds a kernel into the output, <c>Stride</c> pixels from one to the
/// next. The output has (height − 1) · Stride − 2 · Pad + Dilation · (kernel − 1) + OutputPadding + 1 rows, and columns likewise. Weights have the
/// shape [inputChannels, channels / groups, kernelHeight, kernelWidth], as PyTorch's.
/// </summary>
public sealed class ConvTranspose2DAttribute : ImageConvolutionAttribute
{
    /// <summary>A transposed convolution with a square kernel.</summary>
    /// <param name="channels">The number of output channels, at least 1.</param>
    /// <param name="kernel">The kernel's height and width, at least 1.</param>
    public ConvTranspose2DAttribute(int channels, int kernel) : this(channels, kernel, kernel) { }

    /// <summary>A transposed convolution with a rectangular kernel.</summary>
    /// <param name="channels">The number of output channels, at least 1.</param>
    /// <param name="kernelHeight">The kernel's height, at least 1.</param>
    /// <param name="kernelWidth">The kernel's width, at least 1.</param>
    public ConvTranspose2DAttribute(int channels, int kernelHeight, int kernelWidth) : base(kernelHeight, kernelWidth) => Channels = channels;

    /// <summary>The number of output channels.</summary>
    public int Channels { get; }

    /// <summary>The number of groups the channels are split into, a divisor of both input and output channels. 1 unless set.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>What is added below and on the right; below the stride or the dilation.</summary>
    public int OutputPadding { get; set; }

    /// <summary>What is added below; <see cref="OutputPadding"/> unless set.</summary>
    public int OutputPaddingHeight { get; set; }

    /// <summary>What is added on the right; <see cref="OutputPadding"/> unless set.</summary>
    public int OutputPaddingWidth { get; set; }
}
