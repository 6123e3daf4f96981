namespace NetGen.Data;

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
