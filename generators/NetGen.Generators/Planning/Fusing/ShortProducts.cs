using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;

namespace NetGen.Generators.Planning.Fusing;

/// <summary>
/// A product that sums over a single element is a map: nothing has to be added up, and where another map reads it alone, it needs no memory.
/// The input of a recurrent layer on one sensor is taken to its gates where the product of the state is.
/// </summary>
internal static class ShortProducts
{
    /// <param name="operations">Operations in order.</param>
    /// <param name="kept">Tensors that are needed behind them.</param>
    public static IReadOnlyList<Operation> Rewrite(IReadOnlyList<Operation> operations, IEnumerable<Value> kept)
    {
        Operation[] maps = [.. operations.Select(operation => operation is Contract product && MapOf(product) is { } map ? map : operation)];
        return maps.SequenceEqual(operations) ? operations : MapInlining.Apply(maps, kept, ExpressionCost.IsCheap);
    }

    private static Map? MapOf(Contract product)
    {
        Axis[] axes = [.. product.Target.Indices.SelectMany(index => index.Terms).Select(term => term.Axis)];
        return product.Target.Indices.All(index => index.IsPlain) && axes.Distinct().Count() == axes.Length
            && OperandOf("x", product.Left, axes) is { } left && OperandOf("w", product.Right, axes) is { } right
            ? new Map(product.Layer, product.Output, Functions.Variable("x") * Functions.Variable("w"), [left, right])
            : null;
    }

    /// <summary>A factor as the operand of a map: one that follows the target's dimensions, or is one long; null if it does anything else.</summary>
    private static MapOperand? OperandOf(string variable, Access factor, Axis[] axes)
    {
        var dimensions = new int[factor.Indices.Count];
        for (int d = 0; d < dimensions.Length; d++)
        {
            (Graph.Index index, int extent) = (factor.Indices[d], factor.Value.Shape[d]);
            int followed = index.IsPlain ? Array.IndexOf(axes, index.Terms[0].Axis) : -1;
            if (followed < 0 && (extent != 1 || index.Range != (0, 0)))
                return null;
            if (followed >= 0 && extent != axes[followed].Extent)
                return null;
            dimensions[d] = Math.Max(0, followed);
        }

        return new MapOperand(variable, factor.Value, dimensions);
    }
}
