using System.Text;
using CsvHelper;

namespace NetGen.Data;

/// <summary>The text of a CSV file, row by row, with the lines that the rows began on.</summary>
internal sealed class CsvTable
{
    // A quote that is never closed would make a record of the rest of the file.
    private const int LongestRecord = 1 << 24;

    private CsvTable(string path, bool hasHeader, string[] names, List<string[]> rows, List<int> lines)
    {
        Path = path;
        HasHeader = hasHeader;
        Names = names;
        Rows = rows;
        Lines = lines;
    }

    internal string Path { get; }

    /// <summary>Whether the file names its columns.</summary>
    internal bool HasHeader { get; }

    /// <summary>The columns' names, or their numbers where there is no header.</summary>
    internal string[] Names { get; }

    /// <summary>The columns, for messages.</summary>
    internal string Columns => HasHeader
        ? string.Join(", ", Names.Select(name => $"'{name}'"))
        : $"{Names.Length} without names, as there is no header";

    internal List<string[]> Rows { get; }

    internal List<int> Lines { get; }

    /// <summary>Reads a file whose rows all have the same number of fields.</summary>
    /// <exception cref="InvalidDataException">The file is empty or ragged, its quotes do not match, or it is no text.</exception>
    internal static CsvTable Read(string path, CsvOptions options, CsvNumbers numbers)
    {
        Encoding? marked = MarkedIn(path);
        using var stream = DataFile.Open(path);
        using var text = new StreamReader(stream, marked ?? Strict(options.Encoding), detectEncodingFromByteOrderMarks: false);
        var rows = new List<string[]>();
        var lines = new List<int>();
        try
        {
            for (int i = 0; i < options.SkipLines; i++)
                SkipLine(text);
            ReadRows(path, text, options, rows, lines);
        }
        catch (CsvFormatException exception)
        {
            throw new InvalidDataException(
                $"{path}, line {options.SkipLines + exception.LineNumber}: {exception.Message}", exception);
        }
        catch (DecoderFallbackException exception)
        {
            string encoding = text.CurrentEncoding.WebName;
            throw new InvalidDataException(
                marked is not null ? $"{path} begins with the byte order mark of {encoding}, but is not text in it: it is damaged or truncated."
                : $"{path} is not text in {encoding}: set {nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)} to its encoding, such as "
                    + "Encoding.Latin1.",
                exception);
        }

        if (rows.Count == 0)
            throw new InvalidDataException($"{path} has no rows of data.");
        bool hasHeader = options.HasHeader ?? CsvHeader.IsThere(path, rows, options, numbers);
        string[] names = hasHeader ? rows[0] : [.. rows[0].Select((_, column) => $"column {column}")];
        if (hasHeader)
        {
            rows.RemoveAt(0);
            lines.RemoveAt(0);
        }

        if (rows.Count == 0)
            throw new InvalidDataException($"{path} has no rows of data.");
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw new InvalidDataException(
                $"{path} names two columns alike: {string.Join(", ", names)}. If the first line is data, set "
                + $"{nameof(CsvOptions)}.{nameof(CsvOptions.HasHeader)} = false.");
        }

        return new CsvTable(path, hasHeader, names, rows, lines);
    }

    /// <summary>The place of a field, as it begins an error message.</summary>
    internal string Where(int row, int column) => $"{Path}, line {Lines[row]}, column {column + 1} ({Names[column]})";

    private static void ReadRows(string path, TextReader text, CsvOptions options, List<string[]> rows, List<int> lines)
    {
        bool isAligned = options.Delimiter == ' ';
        // Only the records' fields are asked for; what they mean is decided column by column.
        using var reader = CsvReader.Create(isAligned ? new AlignedText(text, options.Quote) : text, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = isAligned ? AlignedText.Delimiter : options.Delimiter,
            DetectSeparatorHint = false,
            Quote = options.Quote,
            TrimWhitespace = true,
            SkipEmptyLines = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = LongestRecord,
            TrackLineNumbers = true,
        });
        while (reader.Read())
        {
            var fields = new string[reader.FieldCount];
            for (int column = 0; column < fields.Length; column++)
                fields[column] = reader.GetString(column);

            int line = options.SkipLines + (int)reader.LineNumber;
            if (fields.Any(field => field.Contains('\0')))
            {
                throw new InvalidDataException(
                    $"{path}, line {line} contains the character NUL: it is no text, or in UTF-16; set "
                    + $"{nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)} then.");
            }

            if (rows.Count > 0 && fields.Length != rows[0].Length)
            {
                throw new InvalidDataException(
                    $"{path}, line {line}: expected {rows[0].Length} fields as in the first line, found {fields.Length}."
                    + CsvHints.OfRaggedLine(rows[0], fields, rows.Count, options));
            }

            rows.Add(fields);
            lines.Add(line);
        }
    }

    /// <summary>Passes over a line without keeping it, however long it is.</summary>
    private static void SkipLine(StreamReader text)
    {
        int character;
        while ((character = text.Read()) is not ('\n' or '\r' or -1))
        {
        }

        if (character == '\r' && text.Peek() == '\n')
            text.Read();
    }

    /// <summary>
    /// The encoding that a byte order mark names, or null; it throws where bytes are no characters in it instead of replacing them.
    /// </summary>
    private static Encoding? MarkedIn(string path)
    {
        using var stream = DataFile.Open(path);
        return DataFile.Read(stream, 4) switch
        {
            [0xFF, 0xFE, 0, 0] => new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
            [0, 0, 0xFE, 0xFF] => new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
            _ => null,
        };
    }

    /// <summary>The encoding, throwing where bytes are no characters in it instead of replacing them.</summary>
    private static Encoding Strict(Encoding? encoding)
    {
        if (encoding is null)
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }
}
