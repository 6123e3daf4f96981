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
            Combine.Sum when kernel.Term is null => $"z = {sum}{kernel.Left!.Name}; ",
            Combine.Sum => string.Concat(TermsOf(kernel).Select((term, i) => $"{Kernel.SumName(i)} = {sum}{Formulas.Summand(term)}; ")),
            _ => "",
        };
        string passing = string.Concat(ResultsOf(kernel.Passing).Select(result => $"{result}; "));
        string results = string.Join("; ", ResultsOf(kernel.Results.Where(result => !result.IsPassing)));
        string over = string.Join(" × ", kernel.Axes.Where(axis => !axis.IsReduced).Select(axis => $"{axis.Name} < {Extent(axis)}"));
        return $"Over {over}: {passing}{body}{results}.";
    }

    /// <summary>What is summed, in which results that are written in passing go by their names.</summary>
    public static IEnumerable<Expression> TermsOf(Kernel kernel)
    {
        return kernel.SumTerms.Select(Named);

        Expression Named(Expression part) => kernel.Passing.FirstOrDefault(result => result.Value.Equals(part)) is { } result
            ? new Variable(result.Operand.Name)
            : part.Map(Named);
    }

    private static IReadOnlyList<string> ResultsOf(IEnumerable<KernelResult> results) =>
        Formulas.Write([.. results.Select(result => (result.Operand.Name, result.Value))]);

    private static string Extent(KernelAxis axis) => axis.IsDynamic ? (axis.IsRanged ? "samples" : "count") : $"{axis.Extent}";
}
