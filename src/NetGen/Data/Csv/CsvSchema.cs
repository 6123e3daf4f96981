namespace NetGen.Data;

/// <summary>What a column of inputs holds.</summary>
internal enum CsvInputKind
{
    /// <summary>Numbers, one input each.</summary>
    Number,

    /// <summary>Categories, one input for each of them.</summary>
    OneHot,

    /// <summary>Categories, one input with their number.</summary>
    Id,
}

/// <summary>A column of inputs, and how its texts become numbers.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Categories">Its categories, or null for numbers.</param>
/// <param name="Mean">The mean of its numbers, NaN for categories.</param>
internal sealed record CsvInput(string Column, CsvInputKind Kind, CsvCategories? Categories, float Mean)
{
    /// <summary>The inputs that it becomes.</summary>
    internal IEnumerable<string> Names =>
        Kind == CsvInputKind.OneHot ? Categories!.Texts.Select(category => $"{Column}={category}") : [Column];
}

/// <summary>What the columns of a file became: all that another file needs in order to become the same.</summary>
/// <param name="Inputs">The columns of inputs, in the order of the inputs.</param>
/// <param name="TargetKind">What the targets are.</param>
/// <param name="TargetColumns">The names of the target columns.</param>
/// <param name="Classes">The classes, or null where targets are none.</param>
/// <param name="Ignored">The names of the columns that were left out.</param>
internal sealed record CsvSchema(
    IReadOnlyList<CsvInput> Inputs, TargetKind TargetKind, IReadOnlyList<string> TargetColumns,
    CsvCategories? Classes, IReadOnlyList<string> Ignored);
