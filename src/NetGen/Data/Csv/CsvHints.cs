namespace NetGen.Data;

/// <summary>What may be behind a mistake in a file, as a sentence to put after the message, or nothing.</summary>
internal static class CsvHints
{
    private static readonly (char Character, string Name)[] s_delimiters = [(';', "';'"), ('\t', "'\\t'"), ('|', "'|'"), (',', "','")];

    /// <summary>What a field says about the options it was read with.</summary>
    internal static string Of(string field, CsvOptions options)
    {
        if (options.DecimalSeparator == '.' && IsNumberWithComma(field))
            return $" If the comma stands before decimals, set {Option(nameof(CsvOptions.DecimalSeparator))} = ','.";
        foreach ((char character, string name) in s_delimiters)
        {
            if (character != options.Delimiter && character != options.DecimalSeparator && field.Contains(character))
                return $" If {name} separates the fields, set {Option(nameof(CsvOptions.Delimiter))} = {name}.";
        }

        if (IsNumberWithGroups(field, options.DecimalSeparator))
            return " Numbers have no separators between groups of digits: take them out.";
        return options.Delimiter != ' ' && field.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } parts && parts.Any(IsNumber)
            ? $" If blanks separate the fields, set {Option(nameof(CsvOptions.Delimiter))} = ' '."
            : "";
    }

    /// <summary>What the first of some fields says that says anything.</summary>
    internal static string OfAny(IEnumerable<string> fields, CsvOptions options) =>
        fields.Select(field => Of(field, options)).FirstOrDefault(text => text.Length > 0, "");

    /// <summary>What a line with another number of fields than the first may mean.</summary>
    internal static string OfRaggedLine(string[] first, string[] fields, int rowsBefore, CsvOptions options)
    {
        // The first lines tell about the whole file; further down it is the line that is odd.
        const int Beginning = 20;
        string hint = OfAny(first.Concat(fields), options);
        if (hint.Length > 0)
            return hint;
        return rowsBefore < Beginning
            ? $" If other lines stand before the table, {Option(nameof(CsvOptions.SkipLines))} passes over them."
            : " A field that contains the delimiter stands in quotes.";
    }

    private static string Option(string name) => $"{nameof(CsvOptions)}.{name}";

    private static bool IsNumberWithComma(string field) =>
        field.Count(character => character == ',') == 1 && field[0] != ',' && field[^1] != ',' && IsNumber(field.Replace(',', '.'));

    /// <summary>Whether it is a number whose digits stand in groups of three, such as <c>1,234.5</c>.</summary>
    private static bool IsNumberWithGroups(string field, char decimalSeparator)
    {
        string[] parts = field.Split(decimalSeparator);
        string[] groups = parts[0].Split(parts.Length > 1 ? [',', '.', '\'', ' ', '\u00A0', '\u202F'] : [',', '.', '\'']);
        return groups.Length > 1 && parts.Length <= 2 && groups.Skip(1).All(group => group.Length == 3)
            && IsNumber(string.Concat(groups) + (parts.Length > 1 ? "." + parts[1] : ""));
    }

    private static bool IsNumber(string text) =>
        float.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
}
