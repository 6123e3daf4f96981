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
    /// <param name="lowered">The kernel, or what the kernels of a product have in common that compute some positions each.</param>
    /// <param name="layer">The layer that it serves.</param>
    /// <returns>The weight packed anew, or null where it serves as it lies.</returns>
    public static Repacked? Repack(LoweredKernel lowered, string layer)
    {
        Kernel kernel = lowered.Kernel;
        if (kernel.Right is null || VectorAxes.ParallelOf(kernel) >= 0 ||
            lowered.Bindings[kernel.Results.Count + 1].Kind is not (ValueKind.Parameter or ValueKind.Derived))
        {
            return null;
        }

        int vector = VectorOf(kernel);
        if (vector < 0 || SumsLanes(kernel, vector))
            return null;

        // The vector axis is cut into panels; the weight then lies as the loops run: panels, reduced axes, lanes.
        int extent = kernel.Axes[vector].Extent;
        int panel = PanelOf(extent, lowered.Tails);
        (kernel, int lane) = Split(kernel, vector, panel);
        bool isSplit = lane != vector;
        KernelOperand right = kernel.Right!;

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

        return new Repacked(
            steps, source, packed, size, right.Offset,
            [
                .. used.Where(a => kernel.Axes[a].Extent > 1).Select(a => new MovedAxis(right.Strides[a], strides[a]))
                    .OrderByDescending(axis => axis.Before),
            ]);
    }

    /// <summary>The kernel cut into panels along the axis that vectors lie along if its weight is packed, and the axis of their lanes.</summary>
    public static (Kernel Kernel, int Lane) Cut(LoweredKernel lowered)
    {
        int vector = VectorOf(lowered.Kernel);
        return Split(lowered.Kernel, vector, PanelOf(lowered.Kernel.Axes[vector].Extent, lowered.Tails));
    }

    // Where the results are few, vectors lie along what is summed, and the weight serves as it lies.
    private static bool SumsLanes(Kernel kernel, int vector) => VectorAxes.Of(kernel) is >= 0 and var summed
        && InputLanes.Pay(kernel.Axes[vector].Extent, TermsOf(kernel), kernel.Axes[summed].Extent);

    private static int TermsOf(Kernel kernel) =>
        kernel.Axes.Where(axis => axis is { IsReduced: true, IsDynamic: false }).Aggregate(1, (product, axis) => product * axis.Extent);

    private static int VectorOf(Kernel kernel) => Enumerable.Range(0, kernel.Axes.Count)
        .Where(a => !kernel.Axes[a].IsReduced && !kernel.Axes[a].IsDynamic && kernel.Right!.Strides[a] > 1 &&
            kernel.Results.All(result => result.Operand.Strides[a] == 1) &&
            kernel.Left!.Strides[a] is 0 or 1 && kernel.Reads.All(read => read.Strides[a] is 0 or 1))
        .OrderByDescending(a => kernel.Axes[a].Extent)
        .DefaultIfEmpty(-1)
        .First();

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

    // A width that either divides the axis or is the one its tensor is padded to. Where somebody else's results stand behind the end, as those of
    // another group do, a last panel that is not whole would be written over them: there all is one panel.
    private static int PanelOf(int extent, Tails tails)
    {
        int width = Panels.WidthFor(extent);
        if (!tails.HasWholeRows && extent % width != 0)
            return Layout.RoundUp(extent);
        return extent % Layout.Lanes != 0 || extent % width == 0 ? width
            : extent % (3 * Layout.Lanes) == 0 ? 3 * Layout.Lanes
            : Layout.Lanes;
    }

    private static Kernel WithExtent(Kernel kernel, int axis, int extent) => kernel with
    {
        Axes = kernel.Axes.Select((a, i) => i == axis ? a with { Extent = extent } : a).ToEquatableArray(),
    };

    private static (Kernel Kernel, int Lane) Split(Kernel kernel, int axis, int panel)
    {
        int extent = kernel.Axes[axis].Extent;
        if (extent <= panel)
            return (kernel, axis);
        KernelAxis whole = kernel.Axes[axis];
        KernelOperand Cut(KernelOperand operand) => operand with
        {
            Strides = operand.Strides.SelectMany((stride, a) => a == axis ? new[] { stride * panel, stride } : [stride]).ToEquatableArray(),
        };
        Kernel split = kernel with
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
        return (split, axis + 1);
    }
}

/// <summary>A weight that is packed anew.</summary>
/// <param name="Packing">The steps that pack it.</param>
/// <param name="Source">The weight.</param>
/// <param name="Packed">What it is packed into.</param>
/// <param name="Size">The floats of that.</param>
/// <param name="Offset">Where its first element lies in the weight.</param>
/// <param name="Axes">The axes along which its elements lie elsewhere than before, from the longest way to the shortest.</param>
internal sealed record Repacked(
    IReadOnlyList<Step> Packing, Value Source, Value Packed, int Size, int Offset, IReadOnlyList<MovedAxis> Axes)
{
    /// <summary>A kernel that reads the packed weight, all of it or some of its taps.</summary>
    public LoweredKernel Reading(LoweredKernel lowered)
    {
        if (lowered.Kernel.Right is null)
            return lowered;
        (Kernel kernel, int lane) = Repacking.Cut(lowered);
        KernelOperand right = kernel.Right!;
        int[] strides = [.. right.Strides.Select((way, a) => a == lane ? 1 : WayOf(way))];
        kernel = kernel with { Right = new KernelOperand("wt", strides.ToEquatableArray(), WayOf(right.Offset - Offset)) };
        return lowered with
        {
            Kernel = kernel with { Tail = lowered.Tails.Of(kernel) },
            Bindings = [.. lowered.Bindings.Select(value => value == Source ? Packed : value)],
        };
    }

    // A way in the weight goes so far along each axis, beginning with those along which elements are furthest apart.
    private int WayOf(int way)
    {
        int moved = 0;
        foreach (MovedAxis axis in Axes)
        {
            moved += way / axis.Before * axis.After;
            way %= axis.Before;
        }

        return moved;
    }
}

/// <summary>How far apart the elements of a weight lie along an axis.</summary>
/// <param name="Before">In the weight.</param>
/// <param name="After">Where it is packed.</param>
internal readonly record struct MovedAxis(int Before, int After);
