using System.Numerics;

namespace NetGen;

/// <summary>
/// A scale for rows of numbers: y = (x − shift) · scale, with a shift and a scale for each number of a row, or for runs of neighbours, such as
/// the pixels of a channel. It cannot be changed, and any number of threads may use it.
/// </summary>
public sealed class Scaling
{
    private readonly float[] _shift;
    private readonly float[] _scale;

    // How many neighbours share a number: one, or a channel's pixels.
    private readonly int _run;

    /// <summary>A scale of known numbers.</summary>
    /// <param name="shift">What is subtracted, for each number of a row or each run of neighbours; finite.</param>
    /// <param name="scale">What the difference is multiplied by, as many; finite. 0 makes a number 0 whatever it is.</param>
    /// <param name="length">The numbers of a row, a multiple of that.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a number is not finite.</exception>
    public Scaling(ReadOnlySpan<float> shift, ReadOnlySpan<float> scale, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (shift.Length == 0 || shift.Length != scale.Length || length % shift.Length != 0)
            throw new ArgumentException($"{shift.Length} shifts and {scale.Length} scales do not fit rows of {length} numbers.", nameof(shift));
        CheckFinite(shift, "shift", nameof(shift));
        CheckFinite(scale, "scale", nameof(scale));
        _shift = shift.ToArray();
        _scale = scale.ToArray();
        _run = length / shift.Length;
        Length = length;
    }

    /// <summary>The numbers of a row.</summary>
    public int Length { get; }

    /// <summary>What is subtracted, for each number of a row or each run of neighbours.</summary>
    public ReadOnlySpan<float> Shift => _shift;

    /// <summary>What the difference is multiplied by.</summary>
    public ReadOnlySpan<float> Scale => _scale;

    /// <summary>Scales rows in place. Allocates nothing.</summary>
    /// <param name="rows">Any number of rows, <see cref="Length"/> floats each.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="Length"/>.</exception>
    public void Apply(Span<float> rows) => Apply(rows, rows);

    /// <summary>Scales rows into other memory. Allocates nothing.</summary>
    /// <param name="rows">Any number of rows, <see cref="Length"/> floats each.</param>
    /// <param name="scaled">Room for as many floats, overwritten: <paramref name="rows"/> itself, or memory apart from it.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Apply(ReadOnlySpan<float> rows, Span<float> scaled)
    {
        CheckLength(rows, nameof(rows));
        if (scaled.Length < rows.Length)
            throw new ArgumentException($"{rows.Length} scaled floats do not fit {scaled.Length}.", nameof(scaled));

        for (int start = 0; start < rows.Length; start += Length)
        {
            ReadOnlySpan<float> row = rows.Slice(start, Length);
            Span<float> result = scaled.Slice(start, Length);
            if (_run == 1)
                ApplyEach(row, result);
            else
                ApplyRuns(row, result);
        }
    }

    /// <summary>Undoes <see cref="Apply(Span{float})"/> in place; what is multiplied by 0 becomes its shift.</summary>
    /// <param name="rows">Any number of scaled rows.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="Length"/>.</exception>
    public void Invert(Span<float> rows)
    {
        CheckLength(rows, nameof(rows));
        for (int start = 0; start < rows.Length; start += Length)
        {
            for (int group = 0; group < _shift.Length; group++)
            {
                var (shift, scale) = (_shift[group], _scale[group]);
                foreach (ref float value in rows.Slice(start + group * _run, _run))
                    value = scale == 0 ? shift : value / scale + shift;
            }
        }
    }

    private void ApplyEach(ReadOnlySpan<float> row, Span<float> result)
    {
        ReadOnlySpan<float> shift = _shift;
        ReadOnlySpan<float> scale = _scale;
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            ((new Vector<float>(row[i..]) - new Vector<float>(shift[i..])) * new Vector<float>(scale[i..])).CopyTo(result[i..]);
        for (; i < row.Length; i++)
            result[i] = (row[i] - shift[i]) * scale[i];
    }

    private void ApplyRuns(ReadOnlySpan<float> row, Span<float> result)
    {
        for (int group = 0; group < _shift.Length; group++)
        {
            var (shift, scale) = (_shift[group], _scale[group]);
            for (int i = group * _run; i < (group + 1) * _run; i++)
                result[i] = (row[i] - shift) * scale;
        }
    }

    private static void CheckFinite(ReadOnlySpan<float> numbers, string what, string parameter)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!float.IsFinite(numbers[i]))
                throw new ArgumentException(FormattableString.Invariant($"The {what} {i} is {numbers[i]}; it must be a finite number."), parameter);
        }
    }

    private void CheckLength(ReadOnlySpan<float> rows, string parameter)
    {
        if (rows.Length % Length != 0)
            throw new ArgumentException($"Samples of {Length} floats each are expected, found {rows.Length} floats.", parameter);
    }
}
