namespace NetGen.Data;

/// <summary>A column of a CSV file: by its name in the header or by its place. <c>^1</c> is the last.</summary>
public readonly struct CsvColumn
{
    private readonly string? _name;
    private readonly Index _index;

    private CsvColumn(string? name, Index index)
    {
        _name = name;
        _index = index;
    }

    /// <summary>A column by its name.</summary>
    /// <param name="name">The name in the header, as it is written there.</param>
    public static implicit operator CsvColumn(string name) => new(name, default);

    /// <summary>A column by its place.</summary>
    /// <param name="index">From 0, or from the end.</param>
    public static implicit operator CsvColumn(Index index) => new(null, index);

    /// <summary>A column by its place.</summary>
    /// <param name="index">From 0.</param>
    public static implicit operator CsvColumn(int index) => new(null, index);

    /// <inheritdoc/>
    public override string ToString() => _name is null ? $"{_index}" : $"'{_name}'";

    /// <summary>The column's place.</summary>
    /// <exception cref="InvalidDataException">There is no such column.</exception>
    internal int Find(string path, string[] names, bool hasHeader)
    {
        int place = _name is null ? _index.GetOffset(names.Length) : hasHeader ? Array.IndexOf(names, _name) : -1;
        if (place >= 0 && place < names.Length)
            return place;

        string columns = hasHeader ? string.Join(", ", names.Select(name => $"'{name}'")) : $"{names.Length} without names, as there is no header";
        throw new InvalidDataException($"{path} has no column {this}; its columns are {columns}.");
    }
}

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

/// <summary>The samples of a CSV file, and what its texts became.</summary>
public sealed class CsvData
{
    internal CsvData(
        MemoryDataset samples, string[] inputNames, string[] classNames, Dictionary<string, string[]> categories, Dictionary<string, float> means)
    {
        Samples = samples;
        InputNames = inputNames;
        ClassNames = classNames;
        Categories = categories;
        Means = means;
    }

    /// <summary>The samples, in the order of the file.</summary>
    public MemoryDataset Samples { get; }

    /// <summary>What each input is: the column's name, and <c>column=category</c> for one-hot inputs.</summary>
    public IReadOnlyList<string> InputNames { get; }

    /// <summary>The classes' texts in the order of their ids; empty where targets are values.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The categories of each one-hot or id column, in the order of their numbers.</summary>
    internal Dictionary<string, string[]> Categories { get; }

    /// <summary>The mean of each column of numbers.</summary>
    internal Dictionary<string, float> Means { get; }
}
