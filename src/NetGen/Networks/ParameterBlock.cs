namespace NetGen;

/// <summary>A network's parameters: one contiguous aligned block, with a named, shaped view of each tensor.</summary>
/// <remarks>
/// The block is laid out as the kernels want it, with padding that is always zero; the views and weight files use the
/// logical shapes, which are PyTorch's.
/// </remarks>
public sealed class ParameterBlock
{
    private readonly AlignedBuffer _buffer;

    /// <summary>Allocates a zeroed block for a network.</summary>
    /// <param name="description">The network.</param>
    public ParameterBlock(NetworkDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        Description = description;
        _buffer = new AlignedBuffer(description.ParameterBlockLength);
    }

    /// <summary>The network the parameters belong to.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The first float of the block.</summary>
    public ref float Start => ref _buffer.Start;

    /// <summary>The whole block, padding included.</summary>
    public Span<float> Span => _buffer.Span;

    internal AlignedBuffer Buffer => _buffer;
}
