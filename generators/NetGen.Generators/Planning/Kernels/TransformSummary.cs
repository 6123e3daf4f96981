using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Kernels;

/// <summary>What a transform computes, in the short names of its operands.</summary>
internal static class TransformSummary
{
    public static string Of(TransformKernel kernel)
    {
        string start = kernel.Start is { } bias ? $"{bias.Name} + " : "";
        string results = string.Join("; ", Formulas.Write([.. kernel.Results.Select(result => (result.Operand.Name, result.Value))]));
        string over = string.Join(" × ", kernel.Axes.Select(axis => $"{axis.Name} < {(axis.IsDynamic ? "samples" : $"{axis.Extent}")}"));
        return $"Over {over}: {Kernel.Sum} = {start}M {kernel.Source.Name} Mᵀ, with M = {MatrixOf(kernel)}; {results}.";
    }

    private static string MatrixOf(TransformKernel kernel) => "[" + string.Join("; ", Enumerable.Range(0, kernel.Matrix.Rows).Select(row =>
        string.Join(" ", Enumerable.Range(0, kernel.Matrix.Columns).Select(column => $"{kernel.Matrix[row, column]}")))) + "]";
}
