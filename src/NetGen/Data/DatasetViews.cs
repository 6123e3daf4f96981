namespace NetGen.Data;

/// <summary>Views of data sets whose inputs are changed as they are read.</summary>
public static class DatasetViews
{
    /// <summary>A view with scaled inputs.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="scaler">The scaler, fitted on training samples.</param>
    /// <exception cref="ArgumentException">The scaler is for inputs of another length.</exception>
    public static Dataset Scale(this Dataset data, FeatureScaler scaler)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(scaler);
        if (scaler.InputLength != data.InputLength)
        {
            throw new ArgumentException(
                $"The scaler is for inputs of {scaler.InputLength} floats, the data set has {data.InputLength}.", nameof(scaler));
        }

        return new ScaledDataset(data, scaler);
    }
}

/// <summary>A data set whose inputs are scaled as they are read.</summary>
internal sealed class ScaledDataset(Dataset source, FeatureScaler scaler)
    : Dataset(source.InputShape, source.Count, source.Targets, source.TargetLength, source.ClassCount)
{
    public override void BeginEpoch(int epoch) => source.BeginEpoch(epoch);

    protected internal override void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        source.ReadCore(indices, inputs, targets, classes);
        if (!inputs.IsEmpty)
            scaler.Apply(inputs);
    }
}
