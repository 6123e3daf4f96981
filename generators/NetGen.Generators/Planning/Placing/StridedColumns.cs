using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning.Placing;

/// <summary>
/// Products that compute neighbouring columns of columns that are a few apart: convolutions with a stride, and the gradients of their weights. A
/// vector of those is put together of as many that are read, which costs little where several outputs share it.
/// </summary>
internal static class StridedColumns
{
    // Further apart they share no vector that is read.
    private const int LongestStep = 4;

    /// <summary>Whether vectors can lie along the columns that a product computes, which are so many apart in its left factor.</summary>
    public static bool AreRead(int step, int columns) => step is > 1 and <= LongestStep && columns >= Plans.Layout.Lanes;

    /// <summary>How far apart a product reads columns for neighbouring ones; 1 where it reads none.</summary>
    /// <param name="target">What it writes.</param>
    /// <param name="left">What it reads of the left factor.</param>
    /// <param name="right">What it reads of the right factor, which has the columns where the product is the gradient of a weight.</param>
    public static int StepOf(Access target, Access left, Access right) =>
        ColumnsOf(target, right) is { } columns && left.Value is { IsPerSample: true, Shape.IsImage: true }
        && left.Indices[2].CoefficientOf(columns.Indices[2].Terms[0].Axis) is > 1 and var step
            ? step
            : 1;

    /// <summary>The image whose columns are side by side.</summary>
    public static Access? ColumnsOf(Access target, Access right) =>
        (right.Value.IsPerSample ? right : target) is { Value: { IsPerSample: true, Shape.IsImage: true } } columns && columns.Indices[2].IsPlain
            ? columns
            : null;
}
