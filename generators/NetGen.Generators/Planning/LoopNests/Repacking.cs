using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.LoopNests;

/// <summary>
/// The gradient of a product's input has the inputs along its vectors, where the weight has its outputs. Transposing the
/// weight once per step is cheap next to the product; it is stored in panels, in the very order in which the kernel reads it.
/// </summary>
internal static class Repacking
{
    /// <param name="lowered">The kernel.</param>
    /// <param name="layer">The layer that it serves.</param>
    /// <returns>The repacked kernel with the steps that pack its weight, or null where the weight serves as it lies.</returns>
    public static Repacked? Repack(LoweredKernel lowered, string layer)
    {
        Kernel kernel = lowered.Kernel;
        if (kernel.Right is not { } right || VectorAxes.ParallelOf(kernel) >= 0 ||
            lowered.Bindings[kernel.Results.Count + 1].Kind is not (ValueKind.Parameter or ValueKind.Derived))
        {
            return null;
        }

        int vector = Enumerable.Range(0, kernel.Axes.Count)
            .Where(a => !kernel.Axes[a].IsReduced && !kernel.Axes[a].IsDynamic && right.Strides[a] > 1 &&
                kernel.Results.All(result => result.Operand.Strides[a] == 1) &&
                kernel.Left!.Strides[a] is 0 or 1 && kernel.Reads.All(read => read.Strides[a] is 0 or 1))
            .OrderByDescending(a => kernel.Axes[a].Extent)
            .DefaultIfEmpty(-1)
            .First();
        if (vector < 0)
            return null;

        // The vector axis is cut into panels; the weight then lies as the loops run: panels, reduced axes, lanes.
        int extent = kernel.Axes[vector].Extent;
        int panel = PanelOf(extent);
        bool isSplit = extent > panel;
        kernel = isSplit ? Split(kernel, vector, panel) : kernel;
        int lane = isSplit ? vector + 1 : vector;
        right = kernel.Right!;

        int[] order = [.. Enumerable.Range(0, kernel.Axes.Count)
            .Where(a => a != lane && right.Strides[a] != 0)
            .OrderBy(a => kernel.Axes[a].IsReduced)];
        var strides = new int[kernel.Axes.Count];
        strides[lane] = 1;
        int size = panel;
        foreach (int a in order.Reverse())
        {
            strides[a] = size;
            size *= kernel.Axes[a].Extent;
        }

        Value source = lowered.Bindings[kernel.Results.Count + 1];
        var packed = new Value($"{source.Name}Packed", source.Shape, ValueKind.Derived);
        var target = new KernelOperand("wt", strides.ToEquatableArray(), 0);
        int[] used = [.. order, lane];

        // Lanes behind the last input stay zero, so an incomplete last panel is packed by itself.
        int whole = extent / panel;
        int rest = extent % panel;
        var steps = new List<Step>();
        if (!isSplit || rest == 0)
            steps.Add(PackingStep(layer, kernel, used, target, right, source, packed));
        if (isSplit && rest != 0)
        {
            steps.Add(PackingStep(layer, WithExtent(kernel, vector, whole), used, target, right, source, packed));
            Kernel last = WithExtent(WithExtent(kernel, vector, 1), lane, rest);
            steps.Add(PackingStep(layer, last, used,
                target with { Offset = whole * strides[vector] },
                right with { Offset = right.Offset + whole * right.Strides[vector] }, source, packed));
        }

        kernel = kernel with { Right = target };
        return new Repacked(steps, packed, size, lowered with
        {
            Kernel = kernel with { Tail = lowered.Tails.Of(kernel) },
            Bindings = [.. lowered.Bindings.Select(value => value == source ? packed : value)],
        });
    }

    private static Step PackingStep(
        string layer, Kernel kernel, int[] used, KernelOperand target, KernelOperand source, Value weight, Value packed)
    {
        KernelOperand Narrow(KernelOperand operand, string name) =>
            new(name, used.Select(a => operand.Strides[a]).ToEquatableArray(), operand.Offset);
        var copy = new Kernel
        {
            Axes = used.Select(a => kernel.Axes[a] with { IsReduced = false }).ToEquatableArray(),
            Combine = Combine.None,
            Reads = new[] { Narrow(source, "x") }.ToEquatableArray(),
            Results = new[] { new KernelResult(Narrow(target, "y"), Functions.Variable("x")) }.ToEquatableArray(),
            Tail = Tail.Exact,
        };
        return KernelStep.Of(layer, $"{packed.Name}: {weight.Name} with its inputs along the lanes", $"Pack{layer}",
            Ranged.ByLargestAxis(copy), [packed, weight]);
    }

    // A width that either divides the axis or is the one its tensor is padded to.
    private static int PanelOf(int extent)
    {
        int width = Panels.WidthFor(extent);
        return extent % Layout.Lanes != 0 || extent % width == 0 ? width
            : extent % (3 * Layout.Lanes) == 0 ? 3 * Layout.Lanes
            : Layout.Lanes;
    }

    private static Kernel WithExtent(Kernel kernel, int axis, int extent) => kernel with
    {
        Axes = kernel.Axes.Select((a, i) => i == axis ? a with { Extent = extent } : a).ToEquatableArray(),
    };

    private static Kernel Split(Kernel kernel, int axis, int panel)
    {
        int extent = kernel.Axes[axis].Extent;
        KernelAxis whole = kernel.Axes[axis];
        KernelOperand Cut(KernelOperand operand) => operand with
        {
            Strides = operand.Strides.SelectMany((stride, a) => a == axis ? new[] { stride * panel, stride } : [stride]).ToEquatableArray(),
        };
        return kernel with
        {
            Axes = kernel.Axes.SelectMany((a, i) => i == axis
                ? new[] { whole with { Name = whole.Name + "p", Extent = (extent + panel - 1) / panel }, whole with { Extent = panel } }
                : [a]).ToEquatableArray(),
            Left = Cut(kernel.Left!),
            Right = Cut(kernel.Right!),
            Start = kernel.Start is null ? null : Cut(kernel.Start),
            Reads = kernel.Reads.Select(Cut).ToEquatableArray(),
            Results = kernel.Results.Select(result => result with { Operand = Cut(result.Operand) }).ToEquatableArray(),
        };
    }
}

/// <summary>A kernel whose weight is packed anew, the steps that pack it, and the packed tensor with its floats.</summary>
internal sealed record Repacked(IReadOnlyList<Step> Packing, Value Packed, int Size, LoweredKernel Kernel);
