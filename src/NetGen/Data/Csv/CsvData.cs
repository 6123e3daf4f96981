namespace NetGen.Data;

/// <summary>The samples of a CSV file, and what its texts became.</summary>
public sealed class CsvData
{
    internal CsvData(MemoryDataset samples, CsvSchema schema)
    {
        Samples = samples;
        Schema = schema;
        InputNames = [.. schema.Inputs.SelectMany(input => input.Names)];
        ClassNames = schema.Classes?.Texts ?? [];
    }

    /// <summary>The samples, in the order of the file.</summary>
    public MemoryDataset Samples { get; }

    /// <summary>What each input is: the column's name, and <c>column=category</c> for one-hot inputs.</summary>
    public IReadOnlyList<string> InputNames { get; }

    /// <summary>The classes' texts in the order of their ids; empty where targets are values.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>What each column became.</summary>
    internal CsvSchema Schema { get; }
}
