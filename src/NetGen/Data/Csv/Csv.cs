namespace NetGen.Data;

/// <summary>Reads tables of text: files with comma-separated values, compressed with gzip or not.</summary>
public static class Csv
{
    /// <summary>Reads a file into memory.</summary>
    /// <remarks>
    /// Columns that are neither targets nor categories nor ignored hold numbers, written as in English: <c>-1.5e3</c>.
    /// Classes and categories are numbered in order: as numbers if all of them are, as texts otherwise.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">What the columns mean.</param>
    /// <exception cref="InvalidDataException">
    /// A column does not exist, a row has too many or too few fields, a number is none, or something is missing. The message
    /// names the line and the column.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvData Read(string path, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        return new CsvReading(CsvTable.Read(path, options), options).Read();
    }
}
