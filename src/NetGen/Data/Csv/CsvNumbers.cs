using System.Globalization;

namespace NetGen.Data;

/// <summary>How numbers are written in a file.</summary>
internal sealed class CsvNumbers
{
    private readonly NumberFormatInfo _format;

    internal CsvNumbers(char decimalSeparator)
    {
        if (char.IsAsciiLetterOrDigit(decimalSeparator) || decimalSeparator is '-' or '+')
            throw new ArgumentException($"'{decimalSeparator}' stands in numbers for something else than their decimals.", nameof(decimalSeparator));
        _format = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        // Groups of thousands are not read, so that nothing is guessed.
        _format.NumberGroupSeparator = " ";
        _format.NumberDecimalSeparator = decimalSeparator.ToString();
    }

    /// <summary>Reads a finite number.</summary>
    internal bool TryParse(string text, out float value) =>
        float.TryParse(text, NumberStyles.Float, _format, out value) && float.IsFinite(value);

    /// <summary>Reads a number with all its digits, so that large ones that differ do not become equal.</summary>
    internal bool TryParse(string text, out decimal value) => decimal.TryParse(text, NumberStyles.Float, _format, out value);

    internal bool IsNumber(string text) => TryParse(text, out float _);
}
