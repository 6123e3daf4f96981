namespace NetGen.Data;

/// <summary>A view of some samples of another data set.</summary>
internal sealed class SubsetDataset(Dataset source, int[] indices)
    : Dataset(source.InputShapes, indices.Length, source.TargetParts)
{
    // Indices are translated on the stack, a piece at a time, so that reading allocates nothing.
    private const int Piece = 256;

    private readonly bool _isRange = IsRange(indices);

    public override bool HasSampleWeights => source.HasSampleWeights;

    public override TargetScaler? TargetScaler => source.TargetScaler;

    public override void BeginEpoch(int epoch) => source.BeginEpoch(epoch);

    protected internal override void ReadCore(
        ReadOnlySpan<int> wanted, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        Span<int> translated = stackalloc int[Math.Min(Piece, wanted.Length)];
        for (int start = 0; start < wanted.Length; start += Piece)
        {
            int count = Math.Min(Piece, wanted.Length - start);
            for (int i = 0; i < count; i++)
                translated[i] = indices[wanted[start + i]];

            source.ReadCore(
                translated[..count],
                Part(inputs, start, count, InputLength),
                Part(targets, start, count, TargetLength),
                Part(classes, start, count, ClassLength));
        }
    }

    protected internal override void ReadSampleWeightsCore(ReadOnlySpan<int> wanted, Span<float> weights)
    {
        for (int i = 0; i < wanted.Length; i++)
            source.ReadSampleWeightsCore([indices[wanted[i]]], weights.Slice(i, 1));
    }

    protected internal override bool TryGetRangeCore(int start, int count, out SampleRange samples)
    {
        if (_isRange && indices.Length > 0)
            return source.TryGetRangeCore(indices[0] + start, count, out samples);

        samples = default;
        return false;
    }

    private static Span<T> Part<T>(Span<T> whole, int start, int count, int each) =>
        whole.IsEmpty ? whole : whole.Slice(start * each, count * each);

    private static bool IsRange(int[] indices)
    {
        for (int i = 1; i < indices.Length; i++)
        {
            if (indices[i] != indices[0] + i)
                return false;
        }

        return true;
    }
}
