using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Kernels;

/// <summary>
/// Finds the networks so tiny that one method from input to output, without a loop over what is summed, is fastest:
/// activations pass through a few floats of stack only to be spread over the lanes of the next layer.
/// </summary>
internal static class StraightLines
{
    public const int WidestLayer = 32;

    // Beyond this many multiply-adds (of vectors of 4) loops are as fast and the method grows without a gain.
    private const int MostMultiplyAdds = 800;

    // And beyond this many vectors of exponentials and the like (again of 4) the JIT no longer inlines them.
    private const int MostTranscendentals = 8;

    public static ScheduledStraightLine? Plan(InferencePlan plan)
    {
        if (plan.PerSample.Count > 0 || plan.Block.Count < 2 || !plan.Block.All(step => step is KernelStep { Kernel: var kernel } && IsPlain(kernel)))
            return null;
        KernelStep[] steps = [.. plan.Block.Cast<KernelStep>()];
        if (steps[0].Kernel.Combine != Combine.SumOfProducts || !steps.All(step => ReadsStored(step, plan.Memory)) || !IsChain(steps, plan.Memory) ||
            steps.Sum(step => MultiplyAdds(step.Kernel)) > MostMultiplyAdds ||
            steps.Sum(step => Transcendentals(step.Kernel)) > MostTranscendentals)
        {
            return null;
        }

        // The last step is the copy into the caller's memory, which a vector is stored to at once.
        var layers = new List<StraightLayer>();
        foreach (KernelStep step in steps.Take(steps.Length - 1))
        {
            if (step.Kernel.Combine == Combine.SumOfProducts)
            {
                layers.Add(Product(step, plan.Memory));
                continue;
            }

            StraightLayer before = layers[layers.Count - 1];
            layers[layers.Count - 1] = before with { Maps = [.. before.Maps, MapOf(step.Kernel, step.Kernel.Reads[0].Name)] };
        }

        string count = layers.Count == 1 ? "1 layer" : $"{layers.Count} layers";
        return new ScheduledStraightLine("PredictOne", $"One sample from input to output, through {count}.", Reasons.OfStraightLine, layers);
    }

    private static StraightLayer Product(KernelStep step, MemoryMap memory)
    {
        Kernel kernel = step.Kernel;
        long Place(int operand) => memory[step.Operands[operand]].Place.Offset + step.Offsets[operand];
        return new StraightLayer(
            step.Name, kernel.Axes[ReducedAxis(kernel)].Extent, kernel.Axes[OutputAxis(kernel)].Extent,
            Place(2), kernel.Right!.Strides[ReducedAxis(kernel)], kernel.Start is null ? null : Place(3), [MapOf(kernel, Kernel.Sum)]);
    }

    /// <summary>Whether each step works on what the one before it leaves: no branches, and neither several inputs nor several outputs.</summary>
    private static bool IsChain(KernelStep[] steps, MemoryMap memory)
    {
        // By where it lies: a view is another tensor in the same place.
        return steps.All(step => step.Offsets[1] == 0)
            && Enumerable.Range(1, steps.Length - 1).All(i => memory[steps[i].Operands[1]].Place == memory[steps[i - 1].Operands[0]].Place);
    }

    // What is derived from parameters lies elsewhere, and the method is given the parameters alone.
    private static bool ReadsStored(KernelStep step, MemoryMap memory) => step.Kernel.Combine != Combine.SumOfProducts ||
        step.Operands.Skip(2).All(operand => memory[operand].Place.Space == Space.Parameters);

    private static StraightMap MapOf(Kernel kernel, string variable) => new(variable, kernel.Results[0].Value);

    private static bool IsPlain(Kernel kernel)
    {
        KernelAxis[] inner = [.. kernel.Axes.Where(axis => !axis.IsDynamic)];
        KernelAxis[] parallel = [.. inner.Where(axis => !axis.IsReduced)];
        bool isNarrow = parallel.Length == 1 && parallel[0].Extent <= WidestLayer;
        return isNarrow && kernel.Results.Count == 1 && (kernel.Combine == Combine.SumOfProducts
            ? inner.Length == 2 && kernel.Reads.Count == 0 && kernel.Left!.Strides[ReducedAxis(kernel)] == 1 &&
              kernel.Right!.Strides[OutputAxis(kernel)] == 1
            : kernel.Combine == Combine.None && kernel.Reads.Count == 1);
    }

    private static int MultiplyAdds(Kernel kernel) => kernel.Combine != Combine.SumOfProducts
        ? 0
        : kernel.Axes[ReducedAxis(kernel)].Extent * ((kernel.Axes[OutputAxis(kernel)].Extent + 3) / 4);

    private static int Transcendentals(Kernel kernel) =>
        ExpressionCost.TranscendentalsIn(kernel.Results.Select(result => result.Value)) * ((kernel.Axes[OutputAxis(kernel)].Extent + 3) / 4);

    private static int ReducedAxis(Kernel kernel) => kernel.Axes.ToList().FindIndex(axis => axis.IsReduced);

    private static int OutputAxis(Kernel kernel) => kernel.Axes.ToList().FindIndex(axis => axis is { IsReduced: false, IsDynamic: false });
}
