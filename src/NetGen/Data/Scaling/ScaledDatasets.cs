namespace NetGen.Data;

/// <summary>A data set whose inputs are scaled as they are read.</summary>
internal sealed class ScaledDataset(Dataset source, FeatureScaler scaler) : DatasetView(source)
{
    protected internal override void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        base.ReadCore(indices, inputs, targets, classes);
        if (!inputs.IsEmpty)
            scaler.Apply(inputs);
    }
}

/// <summary>A data set whose targets are scaled as they are read.</summary>
internal sealed class ScaledTargetsDataset(Dataset source, TargetScaler scaler) : DatasetView(source)
{
    public override TargetScaler? TargetScaler => scaler;

    protected internal override void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        base.ReadCore(indices, inputs, targets, classes);
        if (!targets.IsEmpty)
            scaler.Apply(targets);
    }
}
