namespace NetGen.Data;

/// <summary>Finds out whether a file's first line names its columns.</summary>
internal static class CsvHeader
{
    /// <summary>
    /// A text above a column of numbers is a name. Where there is none, a number above numbers is data. Where no column has numbers, the
    /// first line is taken for names, as is usual, unless each of its texts occurs again below itself.
    /// </summary>
    /// <exception cref="InvalidDataException">The first line may be either.</exception>
    internal static bool IsThere(string path, List<string[]> rows, CsvOptions options, CsvNumbers numbers)
    {
        if (rows.Count == 1)
            return !rows[0].Any(numbers.IsNumber);

        bool hasNumbers = false;
        for (int column = 0; column < rows[0].Length; column++)
        {
            if (!rows.Skip(1).All(row => numbers.IsNumber(row[column]) || IsMissing(row[column]))
                || rows.Skip(1).All(row => IsMissing(row[column])))
            {
                continue;
            }

            string first = rows[0][column];
            if (!numbers.IsNumber(first) && !IsMissing(first))
                return true;
            hasNumbers |= numbers.IsNumber(first);
        }

        if (!hasNumbers)
            return !rows[0].Select((text, column) => rows.Skip(1).Any(row => row[column] == text)).All(occursAgain => occursAgain);
        if (!IsAmbiguous(rows, numbers))
            return false;
        throw new InvalidDataException(
            $"{path} begins with the line {string.Join(options.Delimiter, rows[0])}, which may be data or names of columns: "
            + $"set {nameof(CsvOptions)}.{nameof(CsvOptions.HasHeader)}.{CsvHints.OfAny(rows[0], options)}");

        bool IsMissing(string text) => options.MissingMarks.Contains(text);
    }

    /// <summary>
    /// Whether a first line with numbers may be names after all: it is 0, 1, 2, …, as programs number columns, or it has a text in a column of
    /// categories that is none of them, as in <c>2001,2002,class</c>.
    /// </summary>
    private static bool IsAmbiguous(List<string[]> rows, CsvNumbers numbers)
    {
        string[] first = rows[0];
        if (first.Length > 1 && first.Select((text, column) => text == $"{column}").All(isPlace => isPlace))
            return true;
        for (int column = 0; column < first.Length; column++)
        {
            var others = rows.Skip(1).Select(row => row[column]).ToHashSet(StringComparer.Ordinal);
            bool isOfCategories = 2 * others.Count <= rows.Count && !others.Any(numbers.IsNumber);
            if (isOfCategories && !others.Contains(first[column]))
                return true;
        }

        return false;
    }
}
