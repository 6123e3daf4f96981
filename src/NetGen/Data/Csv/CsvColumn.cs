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
    internal int Find(CsvTable table)
    {
        int count = table.Names.Length;
        int place = _name is null ? _index.GetOffset(count) : table.HasHeader ? Array.IndexOf(table.Names, _name) : -1;
        return place >= 0 && place < count
            ? place
            : throw new InvalidDataException($"{table.Path} has no column {this}; its columns are {table.Columns}.");
    }
}
