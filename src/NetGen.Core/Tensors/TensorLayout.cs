using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// One dimension of a tensor as the kernels store it: the index is split, outermost first, into factors with a stride each.
/// </summary>
/// <remarks>
/// A dense weight's outputs stored in panels of 32, for example, are the factors (panels, stride of a panel) and (32, 1);
/// a flattened image's features are (channels, s₁), (height, s₂), (width, s₃).
/// </remarks>
/// <param name="factors">The extent and stride of each factor; the product of the extents covers the dimension.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LayoutDimension(params (int Extent, int Stride)[] factors)
{
    /// <summary>Extent and stride of each factor, outermost first.</summary>
    public IReadOnlyList<(int Extent, int Stride)> Factors { get; } = factors;

    /// <summary>Where an index lies, relative to index 0.</summary>
    /// <param name="index">An index below the dimension's extent.</param>
    public int OffsetOf(int index)
    {
        int offset = 0;
        for (int i = Factors.Count - 1; i > 0; i--)
        {
            (index, int inner) = Math.DivRem(index, Factors[i].Extent);
            offset += inner * Factors[i].Stride;
        }

        return offset + index * Factors[0].Stride;
    }
}

/// <summary>Where each element of a parameter tensor lies in the network's parameter block.</summary>
/// <param name="offset">The offset of the first element.</param>
/// <param name="dimensions">One layout per dimension of the logical shape, or of <see cref="Extents"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TensorLayout(int offset, params LayoutDimension[] dimensions)
{
    /// <summary>The offset of the element whose indices are all zero.</summary>
    public int Offset { get; } = offset;

    /// <summary>One layout per dimension.</summary>
    public IReadOnlyList<LayoutDimension> Dimensions { get; } = dimensions;

    /// <summary>
    /// The extents that the dimensions have where these are not the tensor's own: the gates of a recurrent layer, say, which are rows
    /// of one matrix to everybody else. In the same order of elements; null where they are the tensor's own.
    /// </summary>
    public IReadOnlyList<int>? Extents { get; init; }
}
