namespace NetGen;

/// <summary>
/// A view of one tensor in a <see cref="ParameterBlock"/>: of the parameters themselves or of their gradient. It speaks logical (PyTorch's)
/// shapes and orders, hides how the kernels store them, and stays good whatever is loaded into the block.
/// </summary>
public sealed class ParameterTensor
{
    private readonly ParameterBlock _block;

    // The place of element (i, j…) is _offsets[i] + _innerOffsets[j…], the second indexed by the row-major number of all
    // indices but the first. Two short tables serve any layout without a division per element.
    private readonly int[] _offsets;
    private readonly int[] _innerOffsets;
    private readonly bool _rowsAreContiguous;

    /// <exception cref="ArgumentException">The layout does not fit the shape, or reaches outside of the block.</exception>
    internal ParameterTensor(ParameterDescription description, ParameterBlock block)
    {
        var dimensions = description.Layout.Dimensions;
        IReadOnlyList<int> extents = description.Layout.Extents ?? description.Shape;
        if (dimensions.Count != extents.Count)
        {
            throw new ArgumentException(
                $"{description.Name} has {extents.Count} dimensions, its layout {dimensions.Count}.",
                nameof(description));
        }

        Description = description;
        _block = block;
        _offsets = [description.Layout.Offset];
        _innerOffsets = [0];
        for (int dimension = 0; dimension < dimensions.Count; dimension++)
        {
            ref int[] table = ref dimension == 0 ? ref _offsets : ref _innerOffsets;
            table = Extend(table, dimensions[dimension], extents[dimension]);
        }

        if (dimensions.Count == 1)
        {
            // A vector is one row, so that it is copied at once.
            _innerOffsets = Array.ConvertAll(_offsets, offset => offset - description.Layout.Offset);
            _offsets = [description.Layout.Offset];
        }

        _rowsAreContiguous = IsContiguous(_innerOffsets);
        if (Length > 0)
        {
            (int first, int last) = Ends(_offsets);
            (int firstInner, int lastInner) = Ends(_innerOffsets);
            (first, last) = (first + firstInner, last + lastInner);
            int length = block.Description.ParameterBlockLength;
            if (first < 0 || last >= length)
            {
                throw new ArgumentException(
                    $"{description.Name} lies at {first} to {last}, outside of a block of {length} floats.", nameof(block));
            }
        }
    }

    /// <summary>Name, shape and layout.</summary>
    public ParameterDescription Description { get; }

    /// <summary>The name in weight files: <c>0.weight</c>.</summary>
    public string Name => Description.Name;

    /// <summary>The logical shape, as in PyTorch.</summary>
    public IReadOnlyList<int> Shape => Description.Shape;

    /// <summary>The number of elements.</summary>
    public int Length => Description.Length;

    /// <summary>Adds the elements to a file: counts as whole numbers, as PyTorch's files have them, everything else as singles.</summary>
    internal void AddTo(SafeTensorsBuilder builder)
    {
        if (Description.IsCount)
            builder.Add(Name, Shape, Array.ConvertAll(ToArray(), count => (long)count));
        else
            builder.Add(Name, Shape, ToArray());
    }

    /// <summary>One element.</summary>
    /// <param name="indices">One index per dimension of <see cref="Shape"/>.</param>
    /// <exception cref="ArgumentException">The number of indices is not that of the dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative or too large.</exception>
    public float this[params ReadOnlySpan<int> indices]
    {
        get => _block.Span[OffsetOf(indices)];
        set
        {
            _block.Writable[OffsetOf(indices)] = value;
            _block.Changed();
        }
    }

    /// <summary>Copies the elements out, row-major in the logical shape.</summary>
    /// <param name="destination">Exactly <see cref="Length"/> floats, overwritten.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length, nameof(destination));
        var block = _block.Span;
        var inner = _innerOffsets;
        foreach (int offset in _offsets)
        {
            var row = destination[..inner.Length];
            if (_rowsAreContiguous)
            {
                block.Slice(offset, inner.Length).CopyTo(row);
            }
            else
            {
                for (int j = 0; j < row.Length; j++)
                    row[j] = block[offset + inner[j]];
            }

            destination = destination[inner.Length..];
        }
    }

    /// <summary>Copies elements in, row-major in the logical shape. Padding between them is not touched.</summary>
    /// <param name="source">Exactly <see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException">The source has another length; nothing was changed.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        CheckLength(source.Length, nameof(source));
        CopyInto(_block.Writable, source);
        _block.Changed();
    }

    /// <summary>Sets every element. Padding between them is not touched.</summary>
    /// <param name="value">The value.</param>
    public void Fill(float value)
    {
        Fill(_block.Writable, value);
        _block.Changed();
    }

    /// <summary>The elements, row-major in the logical shape.</summary>
    public float[] ToArray()
    {
        var elements = new float[Length];
        CopyTo(elements);
        return elements;
    }

    /// <summary>The name and shape: <c>0.weight [10, 784]</c>.</summary>
    public override string ToString() => $"{Name} {Shapes.Format(Shape)}";

    /// <summary>Copies elements into a whole block that is not published yet.</summary>
    internal void CopyInto(Span<float> block, ReadOnlySpan<float> source)
    {
        var inner = _innerOffsets;
        foreach (int offset in _offsets)
        {
            var row = source[..inner.Length];
            if (_rowsAreContiguous)
            {
                row.CopyTo(block.Slice(offset, inner.Length));
            }
            else
            {
                for (int j = 0; j < row.Length; j++)
                    block[offset + inner[j]] = row[j];
            }

            source = source[inner.Length..];
        }
    }

    /// <summary>
    /// Draws the first values as the description says, in logical order, so that a seed gives the same network whatever
    /// layout the kernels of a version prefer.
    /// </summary>
    internal void Initialize(ref RandomStream random, Span<float> block)
    {
        var (initializer, fanIn, fanOut) = (Description.Initializer, Description.FanIn, Description.FanOut);
        switch (initializer)
        {
            case Initializer.HeNormal:
                FillNormal(ref random, block, Math.Sqrt(2.0 / fanIn));
                break;
            case Initializer.GlorotNormal:
                FillNormal(ref random, block, Math.Sqrt(2.0 / ((double)fanIn + fanOut)));
                break;
            case Initializer.HeUniform:
                FillUniform(ref random, block, Math.Sqrt(6.0 / fanIn));
                break;
            case Initializer.GlorotUniform:
                FillUniform(ref random, block, Math.Sqrt(6.0 / ((double)fanIn + fanOut)));
                break;
            case Initializer.Zeros:
                Fill(block, 0);
                break;
            case Initializer.Constant:
                Fill(block, Description.InitialValue);
                break;
            default:
                throw new InvalidOperationException(
                    $"{Name} has the initializer {initializer}, which a description must replace by a definite one.");
        }
    }

    private void Fill(Span<float> block, float value)
    {
        foreach (int offset in _offsets)
        {
            foreach (int inner in _innerOffsets)
                block[offset + inner] = value;
        }
    }

    private void FillNormal(ref RandomStream random, Span<float> block, double deviation)
    {
        foreach (int offset in _offsets)
        {
            foreach (int inner in _innerOffsets)
                block[offset + inner] = (float)(random.NextGaussian() * deviation);
        }
    }

    private void FillUniform(ref RandomStream random, Span<float> block, double bound)
    {
        foreach (int offset in _offsets)
        {
            foreach (int inner in _innerOffsets)
                block[offset + inner] = (float)((2 * random.NextDouble() - 1) * bound);
        }
    }

    private static int[] Extend(int[] outer, LayoutDimension dimension, int extent)
    {
        var table = new int[outer.Length * extent];
        int next = 0;
        foreach (int offset in outer)
        {
            for (int index = 0; index < extent; index++)
                table[next++] = offset + dimension.OffsetOf(index);
        }

        return table;
    }

    // Loops, here and below: the first prediction waits for every method that has to be compiled before it.
    private static (int First, int Last) Ends(int[] offsets)
    {
        (int first, int last) = (offsets[0], offsets[0]);
        foreach (int offset in offsets)
            (first, last) = (Math.Min(first, offset), Math.Max(last, offset));
        return (first, last);
    }

    private static bool IsContiguous(int[] offsets)
    {
        for (int j = 0; j < offsets.Length; j++)
        {
            if (offsets[j] != j)
                return false;
        }

        return true;
    }

    private int OffsetOf(ReadOnlySpan<int> indices)
    {
        if (indices.Length != Shape.Count)
        {
            throw new ArgumentException(
                $"{this} takes {Shape.Count} indices, found {indices.Length}.", nameof(indices));
        }

        int position = 0;
        for (int dimension = 0; dimension < indices.Length; dimension++)
        {
            if ((uint)indices[dimension] >= (uint)Shape[dimension])
            {
                throw new ArgumentOutOfRangeException(
                    nameof(indices),
                    $"{this} has no element [{string.Join(", ", indices.ToArray())}]: index {dimension} goes from 0 to {Shape[dimension] - 1}.");
            }

            position = position * Shape[dimension] + indices[dimension];
        }

        (int row, int column) = Math.DivRem(position, _innerOffsets.Length);
        return _offsets[row] + _innerOffsets[column];
    }

    private void CheckLength(int length, string parameter)
    {
        if (length != Length)
            throw new ArgumentException($"{this} takes {Length} floats, found {length}.", parameter);
    }
}
