using System.Text;

namespace NetGen.Data;

/// <summary>What happens where a number or a category is missing.</summary>
public enum CsvMissing
{
    /// <summary>The file is refused, with the line and the column.</summary>
    Refuse,

    /// <summary>The row is left out.</summary>
    SkipRow,

    /// <summary>
    /// The column's mean over all rows of the file takes its place; a missing category or target leaves the row out. To
    /// keep test samples out of the mean, read them from a file of their own with <see cref="CsvOptions.EncodingOf"/>.
    /// </summary>
    Mean,
}

/// <summary>How a CSV file becomes samples.</summary>
public sealed class CsvOptions
{
    internal static readonly IReadOnlyList<CsvColumn> LastColumn = [^1];

    /// <summary>
    /// Whether the first line names the columns. Unless set, it does where it has a text above a column of numbers, or where no column has
    /// numbers and its texts do not occur below themselves; a first line that may be either, such as 0, 1, 2, …, is refused.
    /// </summary>
    public bool? HasHeader { get; init; }

    /// <summary>Lines to pass over at the start, before the header.</summary>
    public int SkipLines { get; init; }

    /// <summary>What separates fields, an ASCII character; with a blank, columns are aligned by any number of blanks and tabs.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>What encloses fields that contain delimiters, an ASCII character.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>What stands before the decimals of a number: a point, or a comma as in <c>1,5</c>.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>
    /// The encoding of the text. Unless set, what the byte order mark says, or UTF-8 without one; bytes that are not text in it are refused.
    /// </summary>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// <see cref="TargetKind.Classes"/> (unless set): the target column's distinct texts are the classes, numbers that are equal being one.
    /// <see cref="TargetKind.Values"/>: target columns hold numbers. <see cref="TargetKind.None"/>: there are no targets.
    /// </summary>
    public TargetKind Targets { get; init; } = TargetKind.Classes;

    /// <summary>The target columns; the last column unless set. Classes have exactly one.</summary>
    public IReadOnlyList<CsvColumn> TargetColumns { get; init; } = LastColumn;

    /// <summary>Columns of categories that become one input per category, 1 where it is the row's and 0 elsewhere.</summary>
    public IReadOnlyList<CsvColumn> OneHot { get; init; } = [];

    /// <summary>Columns of categories that become one input, the category's number from 0.</summary>
    public IReadOnlyList<CsvColumn> Ids { get; init; } = [];

    /// <summary>Columns that are left out.</summary>
    public IReadOnlyList<CsvColumn> Ignore { get; init; } = [];

    /// <summary>What happens where something is missing.</summary>
    public CsvMissing Missing { get; init; }

    /// <summary>The texts that mean that something is missing.</summary>
    public IReadOnlyList<string> MissingMarks { get; init; } =
        ["", "?", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", "null", "NULL", "Null", "<NA>"];

    /// <summary>
    /// A file read before, so that training and test files agree: its columns are looked for by their names, in any order, and become
    /// the same inputs, with the same classes, categories and means. A column that is missing, one it does not know, a category or
    /// a class it does not know is refused; without the target columns, samples have no targets.
    /// </summary>
    public CsvData? EncodingOf { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(SkipLines);
        RequirePrintable(Delimiter, nameof(Delimiter));
        RequirePrintable(Quote, nameof(Quote));
        if (Delimiter == Quote)
            throw new ArgumentException($"'{Quote}' cannot both separate fields and enclose them.", nameof(Quote));
    }

    private static void RequirePrintable(char character, string name)
    {
        if (character != '\t' && (!char.IsAscii(character) || char.IsControl(character)))
            throw new ArgumentException($"It must be a printable ASCII character or a tab, found U+{(int)character:X4}.", name);
    }
}
