namespace NetGen.Data;

/// <summary>
/// Brings inputs to a common scale: y = (x − shift) · scale, with numbers found on the training samples alone. It is part
/// of the model: what is predicted later must be scaled alike, so save it with the model.
/// </summary>
public sealed class FeatureScaler
{
    private const string Key = "input";

    private readonly AffineScale _scale;

    /// <summary>A scaler of known numbers, such as one that was saved.</summary>
    /// <param name="shift">What is subtracted, for each feature or channel, finite.</param>
    /// <param name="scale">What the difference is multiplied by, as many, finite.</param>
    /// <param name="inputLength">The number of floats in one sample's input, a multiple of that.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a number is not finite.</exception>
    public FeatureScaler(ReadOnlySpan<float> shift, ReadOnlySpan<float> scale, int inputLength)
        : this(new AffineScale(shift.ToArray(), scale.ToArray(), inputLength))
    {
    }

    private FeatureScaler(AffineScale scale) => _scale = scale;

    /// <summary>The number of floats in one sample's input.</summary>
    public int InputLength => _scale.Length;

    /// <summary>What is subtracted, for each feature or channel.</summary>
    public ReadOnlySpan<float> Shift => _scale.Shift;

    /// <summary>What the difference is multiplied by, for each feature or channel.</summary>
    public ReadOnlySpan<float> Scale => _scale.Scale;

    /// <summary>Fits the scaler that gives each feature the mean 0 and the variance 1.</summary>
    /// <remarks>The variance is the mean of squared differences; a feature that never changes becomes 0.</remarks>
    /// <param name="training">The training samples, and only those: test samples must not leak into the model.</param>
    /// <param name="perChannel">Whether all pixels of a channel (the first dimension of the shape) share mean and variance.</param>
    /// <exception cref="ArgumentException">There are no samples, or one holds NaN or an infinity; the message says which and where.</exception>
    public static FeatureScaler Standardize(Dataset training, bool perChannel = false) =>
        new(AffineScale.Standardize(Rows(training), GroupsOf(training, perChannel)));

    /// <summary>Fits the scaler that brings each feature's smallest value to 0 and its largest to 1.</summary>
    /// <remarks>A feature that never changes becomes 0. Samples the scaler has not seen may fall outside.</remarks>
    /// <param name="training">The training samples, and only those.</param>
    /// <param name="perChannel">Whether all pixels of a channel share their limits.</param>
    /// <exception cref="ArgumentException">There are no samples, or one holds NaN or an infinity; the message says which and where.</exception>
    public static FeatureScaler MinMax(Dataset training, bool perChannel = false) =>
        new(AffineScale.MinMax(Rows(training), GroupsOf(training, perChannel)));

    /// <summary>Scales samples in place. Allocates nothing.</summary>
    /// <param name="inputs">Any number of samples, <see cref="InputLength"/> floats each.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="InputLength"/>.</exception>
    public void Apply(Span<float> inputs) => _scale.Apply(inputs);

    /// <summary>Undoes <see cref="Apply"/> in place; features that never changed become the training samples' value.</summary>
    /// <param name="inputs">Any number of scaled samples.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="InputLength"/>.</exception>
    public void Invert(Span<float> inputs) => _scale.Invert(inputs);

    /// <summary>The scaler as pairs of strings for the metadata of a weights file.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata() => _scale.ToMetadata(Key);

    /// <summary>The scaler that was stored in the metadata of a weights file.</summary>
    /// <param name="metadata">What loading the parameters returned.</param>
    /// <param name="inputLength">The number of floats in one sample's input.</param>
    /// <exception cref="InvalidDataException">The metadata holds no scaler, or one for inputs of another length.</exception>
    public static FeatureScaler FromMetadata(IReadOnlyDictionary<string, string> metadata, int inputLength) =>
        new(AffineScale.FromMetadata(metadata, Key, inputLength));

    private static ScaledRows Rows(Dataset training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ScaledRows(training.Count, training.InputLength, "input", (index, row) => training.ReadCore([index], row, [], []));
    }

    private static int GroupsOf(Dataset training, bool perChannel) => perChannel ? training.InputShape[0] : training.InputLength;
}
