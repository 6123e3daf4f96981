using NetGen.Generators.Graph;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>
/// Cuts the gradients of large weights into parts, each of which lies in one stretch, so that the optimizer can apply one while the cache has it.
/// </summary>
internal static class GradientParts
{
    // Floats below which the whole gradient stays in the cache until the optimizer goes through it.
    private const int Smallest = 1 << 15;

    /// <summary>The same phases with what can be cut in parts.</summary>
    /// <param name="phases">The phases of a training step, of which the last computes gradients that nobody reads.</param>
    /// <param name="gradients">The gradient of each parameter.</param>
    /// <param name="layouts">Where things lie.</param>
    public static IReadOnlyList<Phase> Cut(IReadOnlyList<Phase> phases, IReadOnlyDictionary<Parameter, Value> gradients, Layouts layouts)
    {
        Phase last = phases[phases.Count - 1];
        Step[] steps = [.. last.OnSamples.Concat(last.Shared).Select(step => step.Step)];
        // A parameter that some worker still reads must stay as it is.
        HashSet<Value> read = [.. steps.SelectMany(step => step.Reads).Select(layouts.RootOf)];
        ILookup<Value, Step> writers = steps
            .SelectMany(step => step.Writes, (step, value) => (Root: layouts.RootOf(value), Step: step))
            .ToLookup(write => write.Root, write => write.Step);
        HashSet<Value> cut = [.. gradients
            .Where(gradient => !read.Contains(layouts.RootOf(gradient.Key)) && writers[layouts.RootOf(gradient.Value)].Count() == 1)
            .Select(gradient => layouts.RootOf(gradient.Value))];

        PhaseStep Replaced(PhaseStep step) =>
            step.Occasion == Occasion.Always && step.Step is KernelStep kernel && cut.Contains(layouts.RootOf(kernel.Operands[0]))
            && PartsOf(kernel, layouts.Of(layouts.RootOf(kernel.Operands[0])).Size) is { } parts
                ? step with { Step = parts }
                : step;
        return [.. phases.Take(phases.Count - 1), last with { Shared = [.. last.Shared.Select(Replaced)] }];
    }

    /// <summary>
    /// The parts of a product: panels, or inputs of a panel, where workers share inputs whose weights lie side by side without a gap: what stands in
    /// one, some instruction sets do not write.
    /// </summary>
    private static PartsStep? PartsOf(KernelStep step, int size)
    {
        Kernel kernel = step.Kernel;
        if (size < Smallest || kernel.Combine != Combine.SumOfProducts || kernel.Results.Count > 1 || kernel.Lines.Count > 0)
            return null;
        EquatableArray<int> strides = kernel.Results[0].Operand.Strides;
        int shared = kernel.Axes.ToList().FindIndex(axis => axis.IsRanged), vector = VectorAxes.Of(kernel);
        int[] outer = [.. Enumerable.Range(0, kernel.Axes.Count).Where(a => !kernel.Axes[a].IsReduced && a != shared && a != vector)];
        if (kernel.Axes[shared].IsDynamic || vector < 0 || outer.Length > 1)
            return null;
        int row = strides[shared];
        if (strides[vector] != 1 || row != kernel.Axes[vector].Extent || row % Layout.Lanes != 0)
            return null;
        if (outer.Length == 0)
            return new PartsStep(step, row, 1, new Dictionary<Value, int>());

        int panel = outer[0];
        return strides[panel] < row * kernel.Axes[shared].Extent || step.Operands.Distinct().Count() < step.Operands.Count
            ? null
            : new PartsStep(
                step with { Kernel = kernel.Without(axis => ReferenceEquals(axis, kernel.Axes[panel])) }, row, kernel.Axes[panel].Extent,
                step.Operands.Zip(kernel.Operands, (value, operand) => (value, Stride: operand.Strides[panel]))
                    .Where(moving => moving.Stride != 0)
                    .ToDictionary(moving => moving.value, moving => moving.Stride));
    }
}
