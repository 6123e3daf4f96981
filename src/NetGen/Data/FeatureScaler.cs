using System.Globalization;

namespace NetGen.Data;

/// <summary>
/// Brings inputs to a common scale: y = (x − shift) · scale, with numbers found on the training samples alone. It is part
/// of the model: what is predicted later must be scaled alike, so save it with the model.
/// </summary>
public sealed class FeatureScaler
{
    private const string ShiftKey = "input_shift";
    private const string ScaleKey = "input_scale";

    private readonly float[] _shift;
    private readonly float[] _scale;
    private readonly int _run;

    private FeatureScaler(float[] shift, float[] scale, int inputLength)
    {
        _shift = shift;
        _scale = scale;
        // How many neighbours share a number: one, or a channel's pixels.
        _run = inputLength / shift.Length;
        InputLength = inputLength;
    }

    /// <summary>The number of floats in one sample's input.</summary>
    public int InputLength { get; }

    /// <summary>What is subtracted, for each feature or channel.</summary>
    public ReadOnlySpan<float> Shift => _shift;

    /// <summary>What the difference is multiplied by, for each feature or channel.</summary>
    public ReadOnlySpan<float> Scale => _scale;

    /// <summary>Fits the scaler that gives each feature the mean 0 and the variance 1.</summary>
    /// <remarks>The variance is the mean of squared differences; a feature that never changes becomes 0.</remarks>
    /// <param name="training">The training samples, and only those: test samples must not leak into the model.</param>
    /// <param name="perChannel">Whether all pixels of a channel (the first dimension of the shape) share mean and variance.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static FeatureScaler Standardize(Dataset training, bool perChannel = false)
    {
        int groups = GroupsOf(training, perChannel);
        var mean = new double[groups];
        var squares = new double[groups];
        long seen = 0;
        int run = training.InputLength / groups;
        // Welford's update (1962): sums of squares would cancel for features far from zero.
        ForEachSample(training, sample =>
        {
            for (int i = 0; i < sample.Length; i++)
            {
                int group = i / run;
                long count = seen * run + i % run + 1;
                double difference = sample[i] - mean[group];
                mean[group] += difference / count;
                squares[group] += difference * (sample[i] - mean[group]);
            }

            seen++;
        });

        var scale = new float[groups];
        for (int group = 0; group < groups; group++)
        {
            double deviation = Math.Sqrt(squares[group] / (seen * run));
            // Rounding noise is not a variance: below it a feature counts as constant.
            scale[group] = deviation > 1e-7 * Math.Abs(mean[group]) ? (float)(1 / deviation) : 0;
        }

        return new FeatureScaler(Array.ConvertAll(mean, value => (float)value), Finite(scale), training.InputLength);
    }

    /// <summary>Fits the scaler that brings each feature's smallest value to 0 and its largest to 1.</summary>
    /// <remarks>A feature that never changes becomes 0. Samples the scaler has not seen may fall outside.</remarks>
    /// <param name="training">The training samples, and only those.</param>
    /// <param name="perChannel">Whether all pixels of a channel share their limits.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static FeatureScaler MinMax(Dataset training, bool perChannel = false)
    {
        int groups = GroupsOf(training, perChannel);
        var smallest = new float[groups];
        var largest = new float[groups];
        Array.Fill(smallest, float.PositiveInfinity);
        Array.Fill(largest, float.NegativeInfinity);
        int run = training.InputLength / groups;
        ForEachSample(training, sample =>
        {
            for (int i = 0; i < sample.Length; i++)
            {
                smallest[i / run] = Math.Min(smallest[i / run], sample[i]);
                largest[i / run] = Math.Max(largest[i / run], sample[i]);
            }
        });

        var scale = new float[groups];
        for (int group = 0; group < groups; group++)
            scale[group] = largest[group] > smallest[group] ? (float)(1 / ((double)largest[group] - smallest[group])) : 0;

        return new FeatureScaler(smallest, Finite(scale), training.InputLength);
    }

    /// <summary>Scales samples in place. Allocates nothing.</summary>
    /// <param name="inputs">Any number of samples, <see cref="InputLength"/> floats each.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="InputLength"/>.</exception>
    public void Apply(Span<float> inputs)
    {
        CheckLength(inputs);
        for (int start = 0; start < inputs.Length; start += _run)
        {
            int group = start / _run % _shift.Length;
            var (shift, scale) = (_shift[group], _scale[group]);
            foreach (ref float value in inputs.Slice(start, _run))
                value = (value - shift) * scale;
        }
    }

    /// <summary>Undoes <see cref="Apply"/> in place; features that never changed become the training samples' value.</summary>
    /// <param name="inputs">Any number of scaled samples.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="InputLength"/>.</exception>
    public void Invert(Span<float> inputs)
    {
        CheckLength(inputs);
        for (int start = 0; start < inputs.Length; start += _run)
        {
            int group = start / _run % _shift.Length;
            var (shift, scale) = (_shift[group], _scale[group]);
            foreach (ref float value in inputs.Slice(start, _run))
                value = scale == 0 ? shift : value / scale + shift;
        }
    }

    /// <summary>The scaler as pairs of strings for the metadata of a weights file.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata() => new Dictionary<string, string>
    {
        [ShiftKey] = Text(_shift),
        [ScaleKey] = Text(_scale),
    };

    /// <summary>The scaler that was stored in the metadata of a weights file.</summary>
    /// <param name="metadata">What loading the parameters returned.</param>
    /// <param name="inputLength">The number of floats in one sample's input.</param>
    /// <exception cref="InvalidDataException">The metadata holds no scaler, or one for inputs of another length.</exception>
    public static FeatureScaler FromMetadata(IReadOnlyDictionary<string, string> metadata, int inputLength)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
        float[] shift = Numbers(metadata, ShiftKey);
        float[] scale = Numbers(metadata, ScaleKey);
        if (shift.Length != scale.Length || inputLength % shift.Length != 0)
        {
            throw new InvalidDataException(
                $"The metadata holds {shift.Length} shifts and {scale.Length} scales, which do not fit inputs of {inputLength} floats.");
        }

        return new FeatureScaler(shift, scale, inputLength);
    }

    private static int GroupsOf(Dataset training, bool perChannel)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Count == 0)
            throw new ArgumentException("A scaler is fitted on at least one sample.", nameof(training));

        return perChannel ? training.InputShape[0] : training.InputLength;
    }

    private static void ForEachSample(Dataset data, Action<float[]> action)
    {
        var sample = new float[data.InputLength];
        for (int index = 0; index < data.Count; index++)
        {
            data.ReadCore([index], sample, [], []);
            action(sample);
        }
    }

    // The scale of a feature with a subnormal spread would be infinite, and give NaN for the value in its middle.
    private static float[] Finite(float[] scale) => Array.ConvertAll(scale, value => Math.Min(value, float.MaxValue));

    private static string Text(float[] numbers) =>
        string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    private static float[] Numbers(IReadOnlyDictionary<string, string> metadata, string key)
    {
        if (!metadata.TryGetValue(key, out string? text))
            throw new InvalidDataException($"The metadata has no '{key}': no scaler was saved with these parameters.");

        return Array.ConvertAll(text.Split(' '), number =>
            float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
                ? value
                : throw new InvalidDataException($"The metadata '{key}' holds '{number}', which is no number."));
    }

    private void CheckLength(ReadOnlySpan<float> inputs)
    {
        if (inputs.Length % InputLength != 0)
            throw new ArgumentException($"Samples of {InputLength} floats each are expected, found {inputs.Length} floats.", nameof(inputs));
    }
}
