using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.LoopNests;

/// <summary>
/// Splits the axes of an operation where the layouts of its operands are split, so that afterwards every operand has one
/// stride along every axis.
/// </summary>
/// <remarks>
/// A dense layer behind an image runs over one axis k; its input lies as channels, rows and columns, and its weight is
/// stored to match. Cutting k into those three leaves a plain loop nest, and <see cref="AxisMerger"/> joins again what turns
/// out to be contiguous everywhere.
/// </remarks>
internal sealed class AxisSplitter
{
    private readonly Dictionary<Axis, SortedSet<int>> _cuts = [];

    /// <summary>Notes where an operand's layout cuts the axes that index it.</summary>
    public void Observe(IReadOnlyList<Graph.Index> indices, Layout layout)
    {
        for (int d = 0; d < indices.Count; d++)
        {
            foreach (int boundary in Boundaries(layout.Dimensions[d]))
            {
                foreach (IndexTerm term in indices[d].Terms)
                {
                    if (term.Axis.Extent <= 1)
                        continue;
                    int reach = term.Coefficient * term.Axis.Extent;
                    if (boundary > term.Coefficient && boundary < reach && boundary % term.Coefficient == 0)
                        CutsOf(term.Axis).Add(boundary / term.Coefficient);
                }
            }
        }
    }

    /// <summary>The parts of an axis, outermost first, each with the step it makes along the whole.</summary>
    public IReadOnlyList<(Axis Part, int Step)> Parts(Axis axis)
    {
        if (!_cuts.TryGetValue(axis, out SortedSet<int>? cuts))
            return [(axis, 1)];

        var parts = new List<(Axis, int)>();
        int step = 1;
        foreach (int cut in cuts)
        {
            if (cut % step != 0)
                throw new NotSupportedException($"Axis {axis.Name} is cut at {step} and at {cut}, which is no multiple.");
            parts.Add((new Axis($"{axis.Name}{parts.Count}", cut / step), step));
            step = cut;
        }

        parts.Add((new Axis($"{axis.Name}{parts.Count}", (axis.Extent + step - 1) / step), step));
        parts.Reverse();
        return parts;
    }

    /// <summary>How far a step of <paramref name="step"/> along <paramref name="axis"/> moves in an operand.</summary>
    public static int StrideOf(IReadOnlyList<Graph.Index> indices, Layout layout, Axis axis, int step)
    {
        int stride = 0;
        for (int d = 0; d < indices.Count; d++)
        {
            int distance = indices[d].CoefficientOf(axis) * step;
            if (distance != 0)
                stride += StrideOf(layout.Dimensions[d], distance);
        }

        return stride;
    }

    private static int StrideOf(LayoutDimension dimension, int distance)
    {
        int inner = 1;
        for (int f = dimension.Factors.Count - 1; f > 0; f--)
        {
            LayoutFactor factor = dimension.Factors[f];
            if (Math.Abs(distance) < inner * factor.Extent)
                return factor.Stride * (distance / inner);
            inner *= factor.Extent;
        }

        return dimension.Factors[0].Stride * (distance / inner);
    }

    /// <summary>Where a step is another one than before; factors that lie one behind the other without room are one.</summary>
    private static IEnumerable<int> Boundaries(LayoutDimension dimension)
    {
        int boundary = 1;
        for (int f = dimension.Factors.Count - 1; f > 0; f--)
        {
            LayoutFactor inner = dimension.Factors[f];
            boundary *= inner.Extent;
            if (dimension.Factors[f - 1].Stride != inner.Extent * inner.Stride)
                yield return boundary;
        }
    }

    private SortedSet<int> CutsOf(Axis axis)
    {
        if (!_cuts.TryGetValue(axis, out SortedSet<int>? cuts))
            _cuts[axis] = cuts = [];
        return cuts;
    }
}
