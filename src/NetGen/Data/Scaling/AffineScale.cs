using System.Globalization;

namespace NetGen.Data;

/// <summary>Rows of numbers to fit a scale on.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Length">The numbers of a row.</param>
/// <param name="What">What a number of a row is called in messages.</param>
/// <param name="Read">Reads a row.</param>
internal sealed record ScaledRows(int Count, int Length, string What, Action<int, float[]> Read)
{
    /// <summary>Looks at every row.</summary>
    /// <exception cref="ArgumentException">There are none, or one holds what is no finite number.</exception>
    internal void ForEach(Action<float[]> action)
    {
        if (Count == 0)
            throw new ArgumentException("A scaler is fitted on at least one sample.");
        var row = new float[Length];
        for (int index = 0; index < Count; index++)
        {
            Read(index, row);
            int bad = Array.FindIndex(row, value => !float.IsFinite(value));
            if (bad >= 0)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Sample {index} has {row[bad]} as {What} {bad}: a scaler needs finite numbers; leave such samples out or fill them in."));
            }

            action(row);
        }
    }
}

/// <summary>y = (x − shift) · scale, with a shift and a scale for each number of a row, or for runs of neighbours.</summary>
internal sealed class AffineScale
{
    private readonly float[] _shift;
    private readonly float[] _scale;
    private readonly int _run;

    /// <param name="shift">The shifts, finite.</param>
    /// <param name="scale">As many scales, finite.</param>
    /// <param name="length">The numbers of a row, a multiple of that.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a number is not finite.</exception>
    internal AffineScale(float[] shift, float[] scale, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (shift.Length == 0 || shift.Length != scale.Length || length % shift.Length != 0)
            throw new ArgumentException($"{shift.Length} shifts and {scale.Length} scales do not fit rows of {length} numbers.", nameof(shift));
        if (!shift.All(float.IsFinite) || !scale.All(float.IsFinite))
            throw new ArgumentException("Shifts and scales are finite numbers.", nameof(shift));
        _shift = shift;
        _scale = scale;
        // How many neighbours share a number: one, or a channel's pixels.
        _run = length / shift.Length;
        Length = length;
    }

    internal int Length { get; }

    internal ReadOnlySpan<float> Shift => _shift;

    internal ReadOnlySpan<float> Scale => _scale;

    /// <summary>Finds the scale that gives each group the mean 0 and the variance 1; one that never changes becomes 0.</summary>
    internal static AffineScale Standardize(ScaledRows rows, int groups)
    {
        var mean = new double[groups];
        var squares = new double[groups];
        long seen = 0;
        int run = rows.Length / groups;
        // Welford's update (1962): sums of squares would cancel for features far from zero.
        rows.ForEach(row =>
        {
            for (int i = 0; i < row.Length; i++)
            {
                int group = i / run;
                long count = seen * run + i % run + 1;
                double difference = row[i] - mean[group];
                mean[group] += difference / count;
                squares[group] += difference * (row[i] - mean[group]);
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

        return new AffineScale(Array.ConvertAll(mean, value => (float)value), Finite(scale), rows.Length);
    }

    /// <summary>Finds the scale that brings each group's smallest number to 0 and its largest to 1; one that never changes becomes 0.</summary>
    internal static AffineScale MinMax(ScaledRows rows, int groups)
    {
        var smallest = new float[groups];
        var largest = new float[groups];
        Array.Fill(smallest, float.PositiveInfinity);
        Array.Fill(largest, float.NegativeInfinity);
        int run = rows.Length / groups;
        rows.ForEach(row =>
        {
            for (int i = 0; i < row.Length; i++)
            {
                smallest[i / run] = Math.Min(smallest[i / run], row[i]);
                largest[i / run] = Math.Max(largest[i / run], row[i]);
            }
        });

        var scale = new float[groups];
        for (int group = 0; group < groups; group++)
            scale[group] = largest[group] > smallest[group] ? (float)(1 / ((double)largest[group] - smallest[group])) : 0;

        return new AffineScale(smallest, Finite(scale), rows.Length);
    }

    internal void Apply(Span<float> rows)
    {
        CheckLength(rows);
        for (int start = 0; start < rows.Length; start += _run)
        {
            int group = start / _run % _shift.Length;
            var (shift, scale) = (_shift[group], _scale[group]);
            foreach (ref float value in rows.Slice(start, _run))
                value = (value - shift) * scale;
        }
    }

    internal void Invert(Span<float> rows)
    {
        CheckLength(rows);
        for (int start = 0; start < rows.Length; start += _run)
        {
            int group = start / _run % _shift.Length;
            var (shift, scale) = (_shift[group], _scale[group]);
            foreach (ref float value in rows.Slice(start, _run))
                value = scale == 0 ? shift : value / scale + shift;
        }
    }

    /// <summary>Whether another scale does the same.</summary>
    internal bool IsSame(AffineScale other) =>
        Length == other.Length && _shift.AsSpan().SequenceEqual(other._shift) && _scale.AsSpan().SequenceEqual(other._scale);

    internal Dictionary<string, string> ToMetadata(string prefix) => new()
    {
        [prefix + "_shift"] = Text(_shift),
        [prefix + "_scale"] = Text(_scale),
    };

    /// <exception cref="InvalidDataException">The metadata holds no such scale, or one for rows of another length.</exception>
    internal static AffineScale FromMetadata(IReadOnlyDictionary<string, string> metadata, string prefix, int length)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        float[] shift = Numbers(metadata, prefix + "_shift");
        float[] scale = Numbers(metadata, prefix + "_scale");
        return shift.Length == scale.Length && length % shift.Length == 0
            ? new AffineScale(shift, scale, length)
            : throw new InvalidDataException(
                $"The metadata holds {shift.Length} shifts and {scale.Length} scales, which do not fit {prefix}s of {length} floats.");
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

    private void CheckLength(ReadOnlySpan<float> rows)
    {
        if (rows.Length % Length != 0)
            throw new ArgumentException($"Samples of {Length} floats each are expected, found {rows.Length} floats.", nameof(rows));
    }
}
