namespace NetGen.Data;

/// <summary>Reads tables of text: files with comma-separated values, compressed with gzip or not.</summary>
public static class Csv
{
    /// <summary>Reads a file into memory.</summary>
    /// <remarks>
    /// Columns that are neither targets nor categories nor ignored hold numbers, written as in English unless
    /// <see cref="CsvOptions.DecimalSeparator"/> says otherwise: <c>-1.5e3</c>. Classes and categories are numbered in order: as numbers
    /// if all of them are, as texts otherwise; numbers that are equal are one class, however they are written, and so are <c>True</c>, <c>true</c>
    /// and <c>TRUE</c>. Other words are told apart letter by letter.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">What the columns mean.</param>
    /// <exception cref="InvalidDataException">
    /// A column does not exist, a row has too many or too few fields, a number is none, something is missing, the text is in another encoding,
    /// or the compression is damaged. The message names the file, the line and the column.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvData Read(string path, CsvOptions? options = null) => new CsvReading(path, options ?? new CsvOptions()).Read();
}
