namespace NetGen;

/// <summary>
/// The common base of convolutions, transposed ones among them: where the taps of a kernel lie, and how windows follow one another.
/// </summary>
public abstract class ConvolutionAttribute : WeightedLayerAttribute
{
    private protected ConvolutionAttribute() { }

    /// <summary>The distance between taps, along each axis. 1 unless set.</summary>
    public int Dilation { get; set; }

    /// <summary>
    /// The step from one window to the next, along each axis; of transposed convolutions, the elements of the output for each of the input.
    /// 1 unless set.
    /// </summary>
    public int Stride { get; set; }

    /// <summary>Zeros on each side of the input; of transposed convolutions, what is cut off at each side of the output.</summary>
    public int Pad { get; set; }
}

/// <summary>The common base of convolutions over images, [channels, height, width].</summary>
public abstract class ImageConvolutionAttribute : ConvolutionAttribute
{
    private protected ImageConvolutionAttribute(int kernelHeight, int kernelWidth)
    {
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The kernel's height.</summary>
    public int KernelHeight { get; }

    /// <summary>The kernel's width.</summary>
    public int KernelWidth { get; }

    /// <summary>The vertical distance between taps; <see cref="ConvolutionAttribute.Dilation"/> unless set.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The horizontal distance between taps; <see cref="ConvolutionAttribute.Dilation"/> unless set.</summary>
    public int DilationWidth { get; set; }

    /// <summary>The vertical step; <see cref="ConvolutionAttribute.Stride"/> unless set.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The horizontal step; <see cref="ConvolutionAttribute.Stride"/> unless set.</summary>
    public int StrideWidth { get; set; }

    /// <summary>Above and below; <see cref="ConvolutionAttribute.Pad"/> unless set.</summary>
    public int PadHeight { get; set; }

    /// <summary>Left and right; <see cref="ConvolutionAttribute.Pad"/> unless set.</summary>
    public int PadWidth { get; set; }
}
