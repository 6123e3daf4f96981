using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Fusing;

/// <summary>A sum of a pass.</summary>
/// <param name="Operation">The sum.</param>
/// <param name="Term">What is summed, in what the pass reads.</param>
internal sealed record PassSum(Reduce Operation, Expression Term);

/// <summary>
/// Sums over the positions of a sample that read the same are taken in one pass, and so is what maps make of what they read: a norm's way back
/// wants the sums of a gradient and of its products, behind the map that computes it.
/// </summary>
internal static class SumPass
{
    private const int MostSums = 3;

    // Sums that stay in registers while a map goes from one end of its memory to the other: of more it would go through all pixels for some
    // channels after the others, whose pixels meet in few lines of the first cache.
    private const int MostBesideMap = 64;

    // What a step reads; of more the sums would not stay in registers.
    private const int MostReads = 8;

    /// <summary>Whether a sum can be taken in the pass of what is open: it goes through as much, and leaves as much.</summary>
    public static bool CanTake(this FusedOperation pass, Reduce sum)
    {
        if (pass.Sums.Count == MostSums || !pass.Head.Output.IsPerSample || pass.Start is not null
            || sum.Output is not { IsPerSample: true, Whole: null, Shape.HasPositions: false } || !sum.Source.IsWhole
            || (pass.Steps ?? ShapeOf(pass)) is not { } shape || !sum.Source.Value.Shape.Equals(shape)
            || KeptBy(sum) is not { } kept || (pass.Head is Map && !CanGoBesideMap(sum, kept)))
        {
            return false;
        }

        MapOperand[] operands = [.. OperandsOf(sum)];
        Reduce? first = pass.Sums.Count > 0 ? pass.Sums[0].Operation : pass.Head as Reduce;
        return (first is null || (KeptBy(first) is { } own && own.SequenceEqual(kept) && first.Output.Shape.Equals(sum.Output.Shape)))
            && operands.All(operand => !pass.IsSum(operand.Value))
            && operands.Concat(pass.Reads).All(operand => Follows(operand, shape))
            && operands.Concat(pass.Reads).Select(operand => operand.Value).Where(read => !pass.Computed.ContainsKey(read)).Distinct().Count()
                <= MostReads;
    }

    private static bool CanGoBesideMap(Reduce sum, int[] kept) => sum.Output.Shape.Length <= MostBesideMap
        && kept.All(d => d < 0 || sum.Source.Value.Shape.Dimensions[d].Role == AxisRole.Channel);

    /// <summary>Takes a sum in the pass.</summary>
    public static void Take(this FusedOperation pass, Reduce sum)
    {
        bool isFirst = !pass.IsPass;
        pass.Steps = sum.Source.Value.Shape;
        if (isFirst && pass.Head is Reduce first)
            pass.Add(first);
        pass.Add(sum);
    }

    /// <summary>The dimensions of what is summed that each dimension of a sum follows, −1 for those that follow none.</summary>
    public static int[]? KeptBy(Reduce sum)
    {
        var kept = new List<int>();
        foreach (Graph.Index index in sum.Target.Indices)
        {
            int d = index.Terms.Count == 0 ? -1 : sum.Source.Indices.ToList().FindIndex(index.Equals);
            if (d < 0 && (index.Terms.Count > 0 || index.Offset != 0))
                return null;
            kept.Add(d);
        }

        return [.. kept];
    }

    // Maps behind a sum are its epilogue. What is the same for all positions has nothing that vectors could lie along.
    private static Shape? ShapeOf(FusedOperation fused) => fused.Head switch
    {
        Map map when fused.Computed.Keys.All(value => value.Shape.Equals(map.Output.Shape))
            && fused.Reads.Any(read => read.Value.Shape.Equals(map.Output.Shape))
            && ExpressionCost.TranscendentalsIn(fused.Computed.Values) == 0 => map.Output.Shape,
        Reduce { Source.IsWhole: true } sum when fused.Computed.Count == 1 => sum.Source.Value.Shape,
        _ => null,
    };

    private static bool IsSum(this FusedOperation pass, Value value) =>
        pass.Sums.Any(sum => sum.Operation.Output == value) || (pass.Head is Reduce && value == pass.Head.Output);

    private static IEnumerable<MapOperand> OperandsOf(Reduce sum) => sum.Operands.Prepend(MapOperand.Same(Reduce.Summed, sum.Source.Value));

    // Tensors have the dimensions of the steps, or one element along them.
    private static bool Follows(MapOperand operand, Shape shape)
    {
        for (int own = 0; own < operand.Dimensions.Count; own++)
        {
            int d = operand.Dimensions[own], extent = operand.Value.Shape[own];
            if (d >= shape.Rank || (extent != 1 && extent != shape[d]))
                return false;
        }

        return true;
    }

    private static void Add(this FusedOperation pass, Reduce sum)
    {
        Dictionary<string, Expression> variables = OperandsOf(sum).ToDictionary(
            operand => operand.Variable,
            operand => pass.Computed.TryGetValue(operand.Value, out Expression? computed) ? computed : pass.Read(operand));
        Expression term = sum.Term.Substitute(variables);
        pass.Sums.Add(new PassSum(sum, sum.Inputs.Any(pass.Computed.ContainsKey) ? Simplifier.Simplify(term) : term));
        Variable name = Functions.Variable(Kernel.SumName(pass.Sums.Count - 1));
        pass.Computed[sum.Output] = sum.Scale == 1 ? name : name * sum.Scale;
    }
}
