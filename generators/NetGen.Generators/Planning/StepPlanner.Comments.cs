using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Kernels;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>What steps compute, in words.</summary>
internal sealed partial class StepPlanner
{
    /// <summary>What a kernel computes, in the names of the tensors it is called with.</summary>
    private static string Describe(LoweredKernel lowered)
    {
        Kernel kernel = lowered.Kernel;
        Dictionary<string, Value> tensors = kernel.Operands
            .Zip(lowered.Bindings, (operand, tensor) => (operand, tensor))
            .ToDictionary(pair => pair.operand.Name, pair => pair.tensor);
        string Name(KernelOperand operand) => tensors[operand.Name].Name;

        if (kernel.SumCount > 1 || kernel.Passing.Any())
            return DescribePass(kernel, Name);
        string start = kernel.Start is null ? "" : $"{Name(kernel.Start)} + ";
        string sum = kernel.Combine switch
        {
            Combine.SumOfProducts => $"{start}Σ {Name(kernel.Left!)} · {Name(kernel.Right!)}",
            Combine.Sum when kernel.Term is { } term => $"{start}Σ {Formulas.Summand(term.Substitute(kernel.Factors.ToDictionary(
                factor => factor.Name, factor => (Expression)new Variable(Name(factor)))))}",
            Combine.Sum => $"{start}Σ {Name(kernel.Left!)}",
            _ => "",
        };
        if (kernel.Results.Count == 1 && kernel.Results[0].Value is Variable(Kernel.Sum))
            return $"{Name(kernel.Results[0].Operand)} = {sum}";

        Dictionary<string, Expression> reads = kernel.Reads.ToDictionary(
            read => read.Name, read => (Expression)new Variable(Name(read)));
        string results =
            string.Join("; ", Formulas.Write([.. kernel.Results.Select(result => (Name(result.Operand), result.Value.Substitute(reads)))]));
        return sum.Length == 0 ? results : $"{results}, where {Kernel.Sum} = {sum}";
    }

    // What is written in passing, and the sums.
    private static string DescribePass(Kernel kernel, Func<KernelOperand, string> name)
    {
        Dictionary<string, Expression> names = kernel.Operands.ToDictionary(
            operand => operand.Name, operand => (Expression)new Variable(name(operand)));
        string[] sums = [.. KernelSummary.TermsOf(kernel).Select(term => $"Σ {Formulas.Summand(term.Substitute(names))}")];
        IEnumerable<string> passing = Formulas.Write([.. kernel.Passing.Select(result => (name(result.Operand), result.Value.Substitute(names)))]);
        IEnumerable<string> results = kernel.Results.Where(result => !result.IsPassing).Select(result =>
        {
            int number = Enumerable.Range(0, sums.Length).First(i => result.Value.Occurrences(Kernel.SumName(i)) > 0);
            return result.Value is Variable
                ? $"{name(result.Operand)} = {sums[number]}"
                : $"{Formulas.Write([(name(result.Operand), result.Value)])[0]}, where {Kernel.SumName(number)} = {sums[number]}";
        });
        return string.Join("; ", passing.Concat(results));
    }

    private static string DescriptionOf(PositionTable table) => table.Function switch
    {
        PositionFunction.Sinusoidal => "sines and cosines of each step",
        PositionFunction.RotaryCosines => "cosines of the angles by which each step is turned",
        _ => "sines of the angles by which each step is turned",
    };
}
