using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning.Placing;

/// <summary>
/// The gradient of a convolution's input adds each term into position i·s + u·d − p. Read the other way round, position y
/// takes its terms from output row (y − u·d + p) / s: a convolution again, over an output gradient whose rows lie s apart
/// with zeros between and around them. Its layout has those zeros, so that nothing is ever tested.
/// </summary>
internal static class ScatterToGather
{
    /// <returns>
    /// The product as one that gathers, and whether the indices of its left factor count the gaps between pixels that are spread apart.
    /// </returns>
    public static (IReadOnlyList<Graph.Index> Target, Access Left, Access Right, bool CountsGaps) Rewrite(Contract contract)
    {
        var target = contract.Target.Indices.ToArray();
        Graph.Index[] left = [.. contract.Left.Indices];
        bool countsGaps = false;
        for (int d = 0; d < target.Length; d++)
        {
            if (FindWindow(contract, d) is not { } window)
                continue;

            var position = new Axis(contract.Target.Value.Shape.IsImage && d == 1 ? "row" : "column", contract.Target.Value.Shape[d]);
            target[d] = Graph.Index.Of(position);
            countsGaps = true;
            // In units of the spread-out rows: y − u·d + p.
            left = [.. left.Select(index => index.CoefficientOf(window.Moving) == 0
                ? index
                : Graph.Index.Sum(window.Pad, (position, 1), (window.Tap, -window.Dilation)))];
        }

        return (target, contract.Left with { Indices = left }, contract.Right, countsGaps);
    }

    /// <summary>The axes of a window if the target's index is one: what moves, by how much, and the tap inside.</summary>
    public static (Axis Moving, int Stride, Axis Tap, int Dilation, int Pad)? FindWindow(Contract contract, int dimension)
    {
        Graph.Index index = contract.Target.Indices[dimension];
        if (index.Terms.Count < 2 || !contract.Target.Value.IsPerSample)
            return null;
        // The moving axis indexes the gradient that flows in; the tap indexes only the weight.
        IndexTerm? moving = index.Terms.FirstOrDefault(term => IsSpatial(contract.Left, term.Axis));
        IndexTerm? tap = index.Terms.FirstOrDefault(term => !ReferenceEquals(term, moving) && IsSpatial(contract.Right, term.Axis));
        return moving is not null && tap is not null
            ? (moving.Axis, moving.Coefficient, tap.Axis, tap.Coefficient, -index.Offset)
            : null;
    }

    private static bool IsSpatial(Access access, Axis axis) =>
        access.Indices.Skip(1).Any(index => index.IsPlain && index.Terms[0].Axis == axis);
}
