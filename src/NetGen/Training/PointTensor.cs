namespace NetGen;

/// <summary>
/// What a training step left at a point (<see cref="Layer"/>) of a network that is declared with <see cref="NetworkAttribute.KeepPoints"/>: its
/// activation or the gradient of the mean loss with respect to it, for each sample of the batch.
/// </summary>
/// <remarks>It is a view of the trainer's own memory, which the next step overwrites: copy what is to stay.</remarks>
public readonly ref struct PointTensor
{
    private readonly ReadOnlySpan<float> _memory;
    private readonly int _stride;

    /// <param name="point">The point.</param>
    /// <param name="memory">The memory from the first sample on.</param>
    /// <param name="stride">Floats from one sample to the next.</param>
    /// <param name="count">The samples.</param>
    internal PointTensor(PointDescription point, ReadOnlySpan<float> memory, int stride, int count)
    {
        Point = point;
        _memory = memory;
        _stride = stride;
        Count = count;
        SampleLength = 1;
        foreach (int extent in point.Shape)
            SampleLength *= extent;
    }

    /// <summary>The point.</summary>
    public PointDescription Point { get; }

    /// <summary>The shape of one sample, channels first.</summary>
    public IReadOnlyList<int> Shape => Point.Shape;

    /// <summary>The floats of one sample.</summary>
    public int SampleLength { get; }

    /// <summary>
    /// The samples of the batch; of one that was computed in pieces (<see cref="TrainerOptions.MicroBatch"/>), those of its last piece.
    /// </summary>
    public int Count { get; }

    /// <summary>One sample's numbers, row-major in <see cref="Shape"/>.</summary>
    /// <param name="sample">Its number in the batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> this[int sample] => (uint)sample < (uint)Count
        ? _memory.Slice(sample * _stride, SampleLength)
        : throw new ArgumentOutOfRangeException(nameof(sample), sample, $"The batch had {Count} samples, numbered from 0.");

    /// <summary>Copies all samples, one after the other.</summary>
    /// <param name="destination">Exactly <see cref="Count"/> · <see cref="SampleLength"/> floats, overwritten.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length != Count * SampleLength)
        {
            throw new ArgumentException(
                $"The {Count} samples at {Point.Name} have {Count * SampleLength} floats, found room for {destination.Length}.", nameof(destination));
        }

        for (int sample = 0; sample < Count; sample++)
            this[sample].CopyTo(destination[(sample * SampleLength)..]);
    }

    /// <summary>All samples, one after the other.</summary>
    public float[] ToArray()
    {
        var all = new float[Count * SampleLength];
        CopyTo(all);
        return all;
    }
}
