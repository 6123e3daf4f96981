using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.LoopNests;

/// <summary>Along which axis of a kernel vectors can lie.</summary>
internal static class VectorAxes
{
    /// <summary>
    /// The axis along the vector: a parallel one if there is any, else a reduced one along which both factors are
    /// contiguous, whose partial sums are added up at the end; −1 if there is neither. A long one of these goes before a parallel one that does not
    /// fill half a vector: the gradient of a single filter has its few taps side by side, and the image's columns.
    /// </summary>
    public static int Of(Kernel kernel)
    {
        int parallel = ParallelOf(kernel);
        if (parallel >= 0 && kernel.Axes[parallel].Extent > Layout.Lanes / 2)
            return parallel;
        int reduced = ReducedOf(kernel);
        return parallel < 0 || (reduced >= 0 && kernel.Axes[reduced].Extent >= Layout.Lanes) ? reduced : parallel;
    }

    private static int ReducedOf(Kernel kernel) => Enumerable.Range(0, kernel.Axes.Count)
        .Where(a => kernel.Axes[a] is { IsReduced: true, IsDynamic: false } && kernel.Left is { } left && IsAlong(kernel, left, a) &&
            kernel.Right?.Strides[a] is null or 1 && kernel.Terms.All(term => term.Strides[a] is 0 or 1) &&
            kernel.Passing.All(result => result.Operand.Strides[a] == 1))
        .OrderByDescending(a => kernel.Axes[a].Extent)
        .DefaultIfEmpty(-1)
        .First();

    /// <summary>The parallel axis along which everything that is read or written is contiguous or constant.</summary>
    public static int ParallelOf(Kernel kernel)
    {
        int best = -1;
        IReadOnlyList<KernelOperand> operands = kernel.Operands;
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            KernelAxis axis = kernel.Axes[a];
            bool fits = !axis.IsReduced && !axis.IsDynamic;
            for (int i = 0; fits && i < operands.Count; i++)
                fits = IsAlong(kernel, operands[i], a) || (i >= kernel.Results.Count && operands[i].Strides[a] == 0);
            if (fits && (best < 0 || axis.Extent > kernel.Axes[best].Extent))
                best = a;
        }

        return best;
    }

    // Of the left factor vectors may be made of what is a few apart.
    private static bool IsAlong(Kernel kernel, KernelOperand operand, int axis) =>
        operand.Strides[axis] == 1 || (kernel.LeftStep > 1 && operand == kernel.Left && operand.Strides[axis] == kernel.LeftStep);

    /// <summary>
    /// The axes along which a copy's target and its source are contiguous, where these are two: then it is a transposition.
    /// </summary>
    public static Transposed? TransposedBy(Kernel kernel)
    {
        if (kernel.Combine != Combine.None || kernel.Results.Count != 1 || kernel.Reads.Count != 1 || Of(kernel) >= 0 ||
            kernel.Results[0].Value is not Expressions.Variable)
        {
            return null;
        }

        int Along(KernelOperand operand) => Enumerable.Range(0, kernel.Axes.Count)
            .Where(a => operand.Strides[a] == 1 && kernel.Axes[a] is { IsDynamic: false, IsRanged: false })
            .DefaultIfEmpty(-1)
            .First();
        int target = Along(kernel.Results[0].Operand);
        int source = Along(kernel.Reads[0]);
        return target >= 0 && source >= 0 && target != source ? new Transposed(target, source) : null;
    }
}
