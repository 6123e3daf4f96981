namespace NetGen;

/// <summary>What the two-dimensional poolings share: a window that moves over height and width, channel by channel.</summary>
/// <param name="windowHeight">The window's height, at least 1.</param>
/// <param name="windowWidth">The window's width, at least 1.</param>
public abstract class Pool2DAttribute(int windowHeight, int windowWidth) : LayerAttribute
{
    /// <summary>The window's height.</summary>
    public int WindowHeight { get; } = windowHeight;

    /// <summary>The window's width.</summary>
    public int WindowWidth { get; } = windowWidth;

    /// <summary>The step in both directions; the window's size unless set.</summary>
    public int Stride { get; set; }

    /// <summary>The vertical step; <see cref="Stride"/> unless set.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The horizontal step; <see cref="Stride"/> unless set.</summary>
    public int StrideWidth { get; set; }

    /// <summary>A padding rule; to give numbers, use <see cref="Pad"/> instead.</summary>
    public Padding Padding { get; set; }

    /// <summary>Padding on each of the four sides, at most half the window.</summary>
    public int Pad { get; set; }

    /// <summary>Padding above and below; <see cref="Pad"/> unless set.</summary>
    public int PadHeight { get; set; }

    /// <summary>Padding left and right; <see cref="Pad"/> unless set.</summary>
    public int PadWidth { get; set; }
}

/// <summary>The largest value in each window. Padding never wins.</summary>
public sealed class MaxPool2DAttribute : Pool2DAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="window">The window's height and width, at least 1.</param>
    public MaxPool2DAttribute(int window) : base(window, window) { }

    /// <summary>A rectangular window.</summary>
    /// <param name="windowHeight">The window's height, at least 1.</param>
    /// <param name="windowWidth">The window's width, at least 1.</param>
    public MaxPool2DAttribute(int windowHeight, int windowWidth) : base(windowHeight, windowWidth) { }
}

/// <summary>The mean of each window.</summary>
public sealed class AveragePool2DAttribute : Pool2DAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="window">The window's height and width, at least 1.</param>
    public AveragePool2DAttribute(int window) : base(window, window) { }

    /// <summary>A rectangular window.</summary>
    /// <param name="windowHeight">The window's height, at least 1.</param>
    /// <param name="windowWidth">The window's width, at least 1.</param>
    public AveragePool2DAttribute(int windowHeight, int windowWidth) : base(windowHeight, windowWidth) { }

    /// <summary>Whether padding counts in the divisor, as PyTorch's <c>count_include_pad</c>. True unless set.</summary>
    public bool CountPadding { get; set; } = true;
}

/// <summary>The mean of each channel over height and width, or over time; those become 1.</summary>
public sealed class GlobalAveragePoolAttribute : LayerAttribute;

/// <summary>The largest value of each channel over height and width, or over time; those become 1.</summary>
public sealed class GlobalMaxPoolAttribute : LayerAttribute;

/// <summary>What the one-dimensional poolings share: a window that moves over the steps of a signal, [channels, time].</summary>
/// <param name="window">The steps of a window, at least 1.</param>
public abstract class Pool1DAttribute(int window) : LayerAttribute
{
    /// <summary>The steps of a window.</summary>
    public int Window { get; } = window;

    /// <summary>The steps from one window to the next; the window's size unless set.</summary>
    public int Stride { get; set; }

    /// <summary>
    /// A padding rule; to give a number, use <see cref="Pad"/> instead. With <see cref="Padding.Causal"/> a window is a step and those before it.
    /// </summary>
    public Padding Padding { get; set; }

    /// <summary>Padding before the first and behind the last step, at most half the window.</summary>
    public int Pad { get; set; }
}

/// <summary>The largest value in each window of a signal. Padding never wins.</summary>
/// <param name="window">The steps of a window, at least 1.</param>
public sealed class MaxPool1DAttribute(int window) : Pool1DAttribute(window);

/// <summary>The mean of each window of a signal.</summary>
/// <param name="window">The steps of a window, at least 1.</param>
public sealed class AveragePool1DAttribute(int window) : Pool1DAttribute(window)
{
    /// <summary>Whether padding counts in the divisor, as PyTorch's <c>count_include_pad</c>. True unless set.</summary>
    public bool CountPadding { get; set; } = true;
}
