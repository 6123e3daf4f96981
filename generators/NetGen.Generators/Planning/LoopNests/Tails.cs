using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.LoopNests;

/// <summary>What may happen behind the end of the axis that a kernel's vectors lie along.</summary>
/// <param name="accesses">What the kernel's operands are, in their order.</param>
/// <param name="hasWholeRows">Whether it goes through whole rows, and not through a part beside which stand others.</param>
internal sealed class Tails(IReadOnlyList<LoweredAccess> accesses, bool hasWholeRows)
{
    // What is the same along the vectors may have any value.
    private static readonly double[] s_examples = [0.75, -1.5];

    /// <summary>Whether the kernel goes through whole rows, and not through a part beside which stand others.</summary>
    public bool HasWholeRows => hasWholeRows;

    /// <param name="kernel">The kernel, whose axes may have been cut since its operands were lowered.</param>
    public Tail Of(Kernel kernel)
    {
        if (!HasWholeRows)
            return Tail.Exact;
        int axis = VectorAxes.Of(kernel);
        if (axis < 0)
            return Tail.Free;

        KernelOperand[] operands = [.. kernel.Operands];
        LoweredAccess[] along = [.. accesses.Where((_, i) => operands[i].Strides[axis] != 0)];
        // What is written behind the end would be made of what others wrote there.
        if (kernel.Axes[axis].IsReduced)
            return !kernel.Passing.Any() && AddNothingBehind(kernel, along) && !along.Any(access => access.Layout.IsCallers) ? Tail.Free : Tail.Exact;
        if (along.Any(access => access.Layout.IsCallers) || HasNeighbours(kernel, axis))
            return Tail.Exact;
        return accesses.Take(kernel.Results.Count).Any(access => access.Layout.IsExact || IsOfWholeBatch(access.Value)) || !MakesZeros(kernel, axis)
            ? Tail.Zeros
            : Tail.Free;
    }

    /// <summary>
    /// Whether results are zero where everything is that is read along an axis. Then whole vectors leave zeros behind its end, as they found them:
    /// others multiply what stands there with the zeros behind the end of a weight, and sum it up for that weight's gradient.
    /// </summary>
    private bool MakesZeros(Kernel kernel, int axis)
    {
        KernelOperand[] others = [.. kernel.Operands.Skip(kernel.Results.Count).Where(operand => operand.Strides[axis] == 0)];
        return s_examples.All(example =>
        {
            Dictionary<string, double> values = kernel.Operands.ToDictionary(operand => operand.Name, _ => 0.0);
            foreach (KernelOperand other in others)
                values[other.Name] = example;
            for (int i = 0; i < kernel.SumCount; i++)
                values[Kernel.SumName(i)] = 0;
            // Slopes are multiplied with zeros.
            return Enumerable.Range(0, kernel.Results.Count)
                .All(i => accesses[i].Value.IsSlope || Evaluator.Evaluate(kernel.Results[i].Value, values) == 0);
        });
    }

    /// <summary>Whether what is summed is zero where those are that end in zeros.</summary>
    private static bool AddNothingBehind(Kernel kernel, IEnumerable<LoweredAccess> along)
    {
        Dictionary<string, Expression> zeros = along
            .Where(access => access.Layout.EndsInZeros).ToDictionary(access => access.Name, _ => Functions.Constant(0));
        return zeros.Count > 0 && kernel.SumTerms.All(term => Simplifier.Simplify(term.Substitute(zeros)) is Constant { Value: 0 });
    }

    /// <summary>
    /// Gradients of parameters and the next values of states: norms of gradients and optimizers go through the whole block, so that nothing may stand
    /// behind a tensor's end. Behind the ends of what belongs to samples stands whatever a memory held before.
    /// </summary>
    private static bool IsOfWholeBatch(Value value) => value is { Whole: not null } or { IsPerSample: false, Kind: not ValueKind.Derived };

    /// <summary>
    /// Whether behind the end of the vector axis stand results of another step, which somebody else may have computed
    /// already: a depthwise weight's other groups, where the vector lies along the one output of a group.
    /// </summary>
    private static bool HasNeighbours(Kernel kernel, int vectorAxis) => Enumerable.Range(0, kernel.Axes.Count).Any(a =>
        a != vectorAxis && kernel.Axes[a].Extent != 1 &&
        kernel.Results.Any(result => (result.IsPassing || !kernel.Axes[a].IsReduced)
            && result.Operand.Strides[a] is > 0 and var stride && stride < Layout.RoundUp(kernel.Axes[vectorAxis].Extent)));
}
