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
