using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Kernels;

/// <summary>What a kernel computes, in the short names of its operands.</summary>
internal static class KernelSummary
{
    public static string Of(KernelStep step)
    {
        Kernel kernel = step.Kernel;
        string sum = string.Join(" ", kernel.Axes.Where(axis => axis.IsReduced).Select(axis => $"Σ {axis.Name} < {Extent(axis)}"));
        sum = sum.Length == 0 ? "" : $"{sum}: ";
        string body = kernel.Combine switch
        {
            Combine.SumOfProducts => $"z = {(kernel.Start is null ? "" : "b + ")}{sum}{kernel.Left!.Name} · {kernel.Right!.Name}; ",
            Combine.Sum => $"z = {sum}{(kernel.Term is { } term ? Formulas.Summand(term) : kernel.Left!.Name)}; ",
            _ => "",
        };
        string results = string.Join("; ", Formulas.Write([.. kernel.Results.Select(result => (result.Operand.Name, result.Value))]));
        string over = string.Join(" × ", kernel.Axes.Where(axis => !axis.IsReduced).Select(axis => $"{axis.Name} < {Extent(axis)}"));
        return $"Over {over}: {body}{results}.";
    }

    private static string Extent(KernelAxis axis) => axis.IsDynamic ? (axis.IsRanged ? "samples" : "count") : $"{axis.Extent}";
}
