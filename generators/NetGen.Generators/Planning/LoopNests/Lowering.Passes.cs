using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.LoopNests;

/// <summary>Several sums of the same steps, and maps beside them, as one loop nest.</summary>
internal sealed partial class Lowering
{
    /// <summary>Sums of one pass, and what maps write in it.</summary>
    private LoweredKernel LowerPass(FusedOperation fused)
    {
        Graph.Index[] steps = [.. Axis.Along(fused.Steps!).Select(Graph.Index.Of)];
        Graph.Index[] target = [.. SumPass.KeptBy(fused.Sums[0].Operation)!.Select(d => d < 0 ? Graph.Index.Sum(0) : steps[d])];
        bool IsSum(Value result) => fused.Sums.Any(sum => sum.Operation.Output == result);
        var accesses = new List<LoweredAccess>(fused.Results.Select(result =>
            Access(Roles.OfResult(result, fused.Results), new Access(result, IsSum(result) ? target : steps))));
        // The first factor is one that steps go through from end to end.
        MapOperand[] reads = [.. fused.Reads.OrderBy(read => !read.Value.Shape.Equals(fused.Steps))];
        accesses.AddRange(reads.Select(read => Access(read.Variable, new Access(read.Value, [.. read.Dimensions.Select((d, own) =>
            read.Value.Shape[own] == 1 && fused.Steps![d] != 1 ? Graph.Index.Sum(0) : steps[d])]))));

        IReadOnlyList<KernelAxis> axes = BuildAxes(target, accesses, out List<KernelOperand> operands);
        Expression[] terms = [.. fused.Sums.Select(sum => sum.Term)];
        var kernel = new Kernel
        {
            Axes = axes.ToEquatableArray(),
            Combine = Combine.Sum,
            Left = operands[fused.Results.Count],
            Term = terms.Length == 1 && terms[0].Equals(Functions.Variable(operands[fused.Results.Count].Name)) && fused.Results.Count == 1
                ? null
                : terms[0],
            Terms = operands.Skip(fused.Results.Count + 1).ToEquatableArray(),
            Further = terms.Skip(1).ToEquatableArray(),
            Results = fused.Results.Select((result, i) => new KernelResult(operands[i], fused.Computed[result]) { IsPassing = !IsSum(result) })
                .ToEquatableArray(),
        };
        return Complete(kernel, accesses, target);
    }
}
