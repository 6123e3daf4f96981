namespace NetGen.Data;

/// <summary>
/// Brings the targets of a regression to a scale that is easily learned: y = (x − shift) · scale, with numbers found on the training
/// samples alone. Data sets that are scaled by it (<see cref="DatasetViews.ScaleTargets"/>) carry it with them, so that evaluations are
/// in the targets' own units; a model that is saved with it (<see cref="ModelCard.TargetScaling"/>) predicts in them too.
/// </summary>
public sealed class TargetScaler
{
    private readonly Scaling _scaling;

    /// <summary>A scaler of known numbers, such as one that was saved.</summary>
    /// <param name="shift">What is subtracted from each target, finite.</param>
    /// <param name="scale">What the difference is multiplied by, as many, finite.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a number is not finite.</exception>
    public TargetScaler(ReadOnlySpan<float> shift, ReadOnlySpan<float> scale)
        : this(new Scaling(shift, scale, Math.Max(1, shift.Length)))
    {
    }

    /// <summary>A scaler of a known scale, such as that of a model that was loaded (<see cref="ModelCard.TargetScaling"/>).</summary>
    /// <param name="scaling">The scale.</param>
    public TargetScaler(Scaling scaling)
    {
        ArgumentNullException.ThrowIfNull(scaling);
        _scaling = scaling;
    }

    /// <summary>The scale itself, for the <see cref="ModelCard"/> with which a network is saved.</summary>
    /// <param name="scaler">The scaler.</param>
    public static implicit operator Scaling?(TargetScaler? scaler) => scaler?._scaling;

    /// <summary>The number of floats in one sample's target.</summary>
    public int TargetLength => _scaling.Length;

    /// <summary>What is subtracted from each target.</summary>
    public ReadOnlySpan<float> Shift => _scaling.Shift;

    /// <summary>What the difference is multiplied by.</summary>
    public ReadOnlySpan<float> Scale => _scaling.Scale;

    /// <summary>Fits the scaler that gives each target the mean 0 and the variance 1; one that never changes becomes 0.</summary>
    /// <param name="training">The training samples, and only those, with target values.</param>
    /// <exception cref="ArgumentException">There are no samples, or one has a target that is not finite; the message says which.</exception>
    /// <exception cref="InvalidOperationException">The targets are no values.</exception>
    public static TargetScaler Standardize(Dataset training) => new(ScalingFit.Standardize(Rows(training), training.TargetLength));

    /// <summary>Fits the scaler that brings each target's smallest value to 0 and its largest to 1; one that never changes becomes 0.</summary>
    /// <param name="training">The training samples, and only those, with target values.</param>
    /// <exception cref="ArgumentException">There are no samples, or one has a target that is not finite; the message says which.</exception>
    /// <exception cref="InvalidOperationException">The targets are no values.</exception>
    public static TargetScaler MinMax(Dataset training) => new(ScalingFit.MinMax(Rows(training), training.TargetLength));

    /// <summary>Scales targets in place. Allocates nothing.</summary>
    /// <param name="targets">Any number of targets, <see cref="TargetLength"/> floats each.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="TargetLength"/>.</exception>
    public void Apply(Span<float> targets) => _scaling.Apply(targets);

    /// <summary>Brings what a network predicts back to the targets' own units, in place.</summary>
    /// <param name="outputs">Any number of outputs, <see cref="TargetLength"/> floats each.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="TargetLength"/>.</exception>
    public void Invert(Span<float> outputs) => _scaling.Invert(outputs);

    /// <summary>Whether two data sets' targets are on one scale.</summary>
    internal static bool AreSame(TargetScaler? one, TargetScaler? other) =>
        one is null || other is null ? one == other : one.Shift.SequenceEqual(other.Shift) && one.Scale.SequenceEqual(other.Scale);

    private static ScaledRows Rows(Dataset training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Targets != TargetKind.Values)
            throw new InvalidOperationException("Only target values have a scale; the targets of this data set are classes or none.");
        return ScaledRows.Targets(training, nameof(training));
    }
}
