namespace NetGen.Data;

/// <summary>Samples made of samples of several data sets: the inputs of each, and the targets of each.</summary>
internal sealed class JoinedDataset : Dataset
{
    private readonly Dataset[] _parts;

    internal JoinedDataset(Dataset first, ReadOnlySpan<Dataset> others)
        : this([first, .. others])
    {
        foreach (Dataset other in others)
        {
            if (other.Count != Count)
                throw new ArgumentException(
                    $"Data sets that are joined have as many samples each: found {Count} and {other.Count}.", nameof(others));
        }

        if (TargetScaler is not null && TargetParts.Count > 1)
            throw new ArgumentException("Scaled targets cannot be joined to others: what is scaled is the only target.", nameof(others));
    }

    private JoinedDataset(Dataset[] parts)
        : base([.. parts.SelectMany(part => part.InputShapes)], parts[0].Count, [.. parts.SelectMany(part => part.TargetParts)])
    {
        _parts = parts;
        HasSampleWeights = parts.Any(part => part.HasSampleWeights);
        TargetScaler = parts.FirstOrDefault(part => part.TargetScaler is not null)?.TargetScaler;
    }

    public override bool HasSampleWeights { get; }

    public override TargetScaler? TargetScaler { get; }

    public override void BeginEpoch(int epoch)
    {
        foreach (Dataset part in _parts)
            part.BeginEpoch(epoch);
    }

    protected internal override void ReadCore(ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            Span<float> input = Sample(inputs, i, InputLength), target = Sample(targets, i, TargetLength);
            Span<int> ids = Sample(classes, i, ClassLength);
            foreach (Dataset part in _parts)
                part.ReadCore(
                    indices.Slice(i, 1), Next(ref input, part.InputLength), Next(ref target, part.TargetLength), Next(ref ids, part.ClassLength));
        }
    }

    protected internal override void ReadSampleWeightsCore(ReadOnlySpan<int> indices, Span<float> weights)
    {
        weights.Fill(1);
        Span<float> weight = stackalloc float[1];
        foreach (Dataset part in _parts)
        {
            for (int i = 0; part.HasSampleWeights && i < indices.Length; i++)
            {
                part.ReadSampleWeightsCore(indices.Slice(i, 1), weight);
                weights[i] *= weight[0];
            }
        }
    }

    private static Span<T> Sample<T>(Span<T> all, int index, int length) => all.IsEmpty ? all : all.Slice(index * length, length);

    private static Span<T> Next<T>(ref Span<T> rest, int length)
    {
        if (rest.IsEmpty)
            return rest;
        Span<T> part = rest[..length];
        rest = rest[length..];
        return part;
    }
}

/// <summary>Targets without inputs, to be joined to samples.</summary>
internal sealed class TargetsDataset(int count, TargetPart part, float[] values, int[] ids) : Dataset([], count, [part])
{
    protected internal override void ReadCore(ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            if (!targets.IsEmpty)
                values.AsSpan(indices[i] * TargetLength, TargetLength).CopyTo(targets[(i * TargetLength)..]);
            if (!classes.IsEmpty)
                ids.AsSpan(indices[i] * ClassLength, ClassLength).CopyTo(classes[(i * ClassLength)..]);
        }
    }
}
