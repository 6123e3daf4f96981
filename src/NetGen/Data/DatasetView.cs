namespace NetGen.Data;

/// <summary>A data set with the samples of another one, in the same order: what a view does not change is the other's.</summary>
internal abstract class DatasetView : Dataset
{
    /// <summary>A view with other inputs.</summary>
    private protected DatasetView(Dataset source, IReadOnlyList<int> inputShape)
        : base([inputShape], source.Count, source.TargetParts) => Source = source;

    /// <summary>A view with inputs of the same shape.</summary>
    private protected DatasetView(Dataset source) : base(source.InputShapes, source.Count, source.TargetParts) => Source = source;

    /// <summary>A view with class ids as targets.</summary>
    private protected DatasetView(Dataset source, int classCount)
        : base(source.InputShapes, source.Count, [new TargetPart(TargetKind.Classes, 0, classCount)]) => Source = source;

    public override bool HasSampleWeights => Source.HasSampleWeights;

    public override TargetScaler? TargetScaler => Source.TargetScaler;

    private protected Dataset Source { get; }

    public override void BeginEpoch(int epoch) => Source.BeginEpoch(epoch);

    protected internal override void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes) =>
        Source.ReadCore(indices, inputs, targets, classes);

    protected internal override void ReadSampleWeightsCore(ReadOnlySpan<int> indices, Span<float> weights) =>
        Source.ReadSampleWeightsCore(indices, weights);
}
