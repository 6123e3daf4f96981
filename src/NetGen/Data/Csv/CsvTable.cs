using CsvHelper;

namespace NetGen.Data;

/// <summary>The text of a CSV file, row by row, with the lines that the rows began on.</summary>
internal sealed class CsvTable
{
    private CsvTable(string path, string[] names, List<string[]> rows, List<int> lines)
    {
        Path = path;
        Names = names;
        Rows = rows;
        Lines = lines;
    }

    internal string Path { get; }

    /// <summary>The columns' names, or their numbers where there is no header.</summary>
    internal string[] Names { get; }

    internal List<string[]> Rows { get; }

    internal List<int> Lines { get; }

    /// <summary>Reads a file whose rows all have the same number of fields.</summary>
    /// <exception cref="InvalidDataException">The file is empty or ragged, or its quotes do not match.</exception>
    internal static CsvTable Read(string path, CsvOptions options)
    {
        using var stream = DataFile.Open(path);
        using var text = new StreamReader(stream);
        for (int i = 0; i < options.SkipLines; i++)
            text.ReadLine();

        // Only the records' fields are asked for; what they mean is decided here, column by column.
        using var reader = CsvReader.Create(text, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = options.Delimiter,
            DetectSeparatorHint = false,
            Quote = options.Quote,
            TrimWhitespace = true,
            SkipEmptyLines = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            TrackLineNumbers = true,
        });

        string[]? names = null;
        var rows = new List<string[]>();
        var lines = new List<int>();
        try
        {
            while (reader.Read())
            {
                var fields = new string[reader.FieldCount];
                for (int column = 0; column < fields.Length; column++)
                    fields[column] = reader.GetString(column);

                int line = options.SkipLines + (int)reader.LineNumber;
                if (names is null)
                {
                    names = options.HasHeader ? fields : [.. fields.Select((_, column) => $"column {column}")];
                    if (options.HasHeader)
                        continue;
                }

                if (fields.Length != names.Length)
                    throw new InvalidDataException($"{path}, line {line}: expected {names.Length} fields as in the first line, found {fields.Length}.");

                rows.Add(fields);
                lines.Add(line);
            }
        }
        catch (CsvFormatException exception)
        {
            throw new InvalidDataException(
                $"{path}, line {options.SkipLines + exception.LineNumber}: {exception.Message}", exception);
        }

        if (names is null || rows.Count == 0)
            throw new InvalidDataException($"{path} has no rows of data.");
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
            throw new InvalidDataException($"{path} names two columns alike: {string.Join(", ", names)}.");

        return new CsvTable(path, names, rows, lines);
    }

    /// <summary>The place of a field, as it begins an error message.</summary>
    internal string Where(int row, int column) => $"{Path}, line {Lines[row]}, column {column + 1} ({Names[column]})";
}
