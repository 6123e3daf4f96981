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
    /// <summary>Whether the first line names the columns. True unless set.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Lines to pass over at the start, before the header.</summary>
    public int SkipLines { get; init; }

    /// <summary>What separates fields, an ASCII character.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>What encloses fields that contain delimiters, an ASCII character.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>
    /// <see cref="TargetKind.Classes"/> (unless set): the target column's distinct texts are the classes.
    /// <see cref="TargetKind.Values"/>: target columns hold numbers.
    /// </summary>
    public TargetKind Targets { get; init; } = TargetKind.Classes;

    /// <summary>The target columns; the last column unless set. Classes have exactly one.</summary>
    public IReadOnlyList<CsvColumn> TargetColumns { get; init; } = [^1];

    /// <summary>Columns of categories that become one input per category, 1 where it is the row's and 0 elsewhere.</summary>
    public IReadOnlyList<CsvColumn> OneHot { get; init; } = [];

    /// <summary>Columns of categories that become one input, the category's number from 0.</summary>
    public IReadOnlyList<CsvColumn> Ids { get; init; } = [];

    /// <summary>Columns that are left out.</summary>
    public IReadOnlyList<CsvColumn> Ignore { get; init; } = [];

    /// <summary>What happens where something is missing.</summary>
    public CsvMissing Missing { get; init; }

    /// <summary>The texts that mean that something is missing.</summary>
    public IReadOnlyList<string> MissingMarks { get; init; } = ["", "?", "NA", "N/A", "NaN", "nan", "null"];

    /// <summary>
    /// A file read before, whose classes, categories and means are used again, so that training and test files agree. A
    /// category or class it does not know is refused.
    /// </summary>
    public CsvData? EncodingOf { get; init; }
}
