namespace NetGen.Data;

/// <summary>
/// Brings inputs to a common scale: y = (x − shift) · scale, with numbers found on the training samples alone. It is part
/// of the model: what is predicted later must be scaled alike, so save it with the model, as its <see cref="ModelCard.InputScaling"/>.
/// </summary>
public sealed class FeatureScaler
{
    private readonly Scaling _scaling;

    /// <summary>A scaler of known numbers, such as one that was saved.</summary>
    /// <param name="shift">What is subtracted, for each feature or channel, finite.</param>
    /// <param name="scale">What the difference is multiplied by, as many, finite.</param>
    /// <param name="inputLength">The number of floats in one sample's input, a multiple of that.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a number is not finite.</exception>
    public FeatureScaler(ReadOnlySpan<float> shift, ReadOnlySpan<float> scale, int inputLength)
        : this(new Scaling(shift, scale, inputLength))
    {
    }

    /// <summary>A scaler of a known scale, such as that of a model that was loaded (<see cref="ModelCard.InputScaling"/>).</summary>
    /// <param name="scaling">The scale.</param>
    public FeatureScaler(Scaling scaling)
    {
        ArgumentNullException.ThrowIfNull(scaling);
        _scaling = scaling;
    }

    /// <summary>The scale itself, for the <see cref="ModelCard"/> with which a network is saved.</summary>
    /// <param name="scaler">The scaler.</param>
    public static implicit operator Scaling?(FeatureScaler? scaler) => scaler?._scaling;

    /// <summary>The number of floats in one sample's input.</summary>
    public int InputLength => _scaling.Length;

    /// <summary>What is subtracted, for each feature or channel.</summary>
    public ReadOnlySpan<float> Shift => _scaling.Shift;

    /// <summary>What the difference is multiplied by, for each feature or channel.</summary>
    public ReadOnlySpan<float> Scale => _scaling.Scale;

    /// <summary>Fits the scaler that gives each feature the mean 0 and the variance 1.</summary>
    /// <remarks>The variance is the mean of squared differences; a feature that never changes becomes 0.</remarks>
    /// <param name="training">The training samples, and only those: test samples must not leak into the model.</param>
    /// <param name="perChannel">Whether all pixels of a channel (the first dimension of the shape) share mean and variance.</param>
    /// <exception cref="ArgumentException">There are no samples, or one holds NaN or an infinity; the message says which and where.</exception>
    public static FeatureScaler Standardize(Dataset training, bool perChannel = false) =>
        new(ScalingFit.Standardize(Rows(training), GroupsOf(training, perChannel)));

    /// <summary>Fits the scaler that brings each feature's smallest value to 0 and its largest to 1.</summary>
    /// <remarks>A feature that never changes becomes 0. Samples the scaler has not seen may fall outside.</remarks>
    /// <param name="training">The training samples, and only those.</param>
    /// <param name="perChannel">Whether all pixels of a channel share their limits.</param>
    /// <exception cref="ArgumentException">There are no samples, or one holds NaN or an infinity; the message says which and where.</exception>
    public static FeatureScaler MinMax(Dataset training, bool perChannel = false) =>
        new(ScalingFit.MinMax(Rows(training), GroupsOf(training, perChannel)));

    /// <summary>Scales samples in place. Allocates nothing.</summary>
    /// <param name="inputs">Any number of samples, <see cref="InputLength"/> floats each.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="InputLength"/>.</exception>
    public void Apply(Span<float> inputs) => _scaling.Apply(inputs);

    /// <summary>Undoes <see cref="Apply"/> in place; features that never changed become the training samples' value.</summary>
    /// <param name="inputs">Any number of scaled samples.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="InputLength"/>.</exception>
    public void Invert(Span<float> inputs) => _scaling.Invert(inputs);

    private static ScaledRows Rows(Dataset training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return ScaledRows.Inputs(training, nameof(training));
    }

    private static int GroupsOf(Dataset training, bool perChannel) => perChannel ? training.InputShape[0] : training.InputLength;
}
