using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Rewriting;

/// <summary>
/// What only one map reads is computed there, instead of being written and read again: shares of a gradient are maps, and so is their sum.
/// What a product could compute in passing stays apart.
/// </summary>
internal static class MapInlining
{
    /// <param name="operations">Operations in order.</param>
    /// <param name="kept">Tensors that others read, too.</param>
    /// <param name="suits">The bodies that may move into another map; null for all.</param>
    public static List<Operation> Apply(
        IReadOnlyList<Operation> operations, IEnumerable<Value> kept, Func<Expression, bool>? suits = null)
    {
        var result = operations.ToList();
        var results = new HashSet<Value>(kept);
        var uses = new Uses(result);
        for (int i = 0; i < result.Count; i++)
        {
            if (result[i] is not Map map)
                continue;
            while (map.Operands.FirstOrDefault(operand => IsInlined(operand, map, uses, results, suits)) is { } inlined)
            {
                var source = (Map)uses.ProducerOf(inlined.Value)!;
                uses.Remove(map);
                map = Inline(map, inlined, source);
                result[i] = map;
                result.Remove(source);
                uses.Remove(source);
                uses.Add(map);
                i--;
            }
        }

        return result;
    }

    private static bool IsInlined(MapOperand operand, Map map, Uses uses, HashSet<Value> kept, Func<Expression, bool>? suits)
    {
        if (kept.Contains(operand.Value) || !operand.Value.Shape.Equals(map.Output.Shape) || operand.Value.IsPerSample != map.Output.IsPerSample ||
            uses.ProducerOf(operand.Value) is not Map { Activation: null } source || suits?.Invoke(source.Body) == false ||
            uses.ReadersOf(operand.Value).Count != 1 ||
            map.Operands.Count(other => other.Value == operand.Value) != 1 ||
            map.Body.Parts(variable => variable == operand.Variable ? source.Body.Parts() : 1) > Expression.MostParts)
        {
            return false;
        }

        return source.Operands.All(read => uses.ProducerOf(read.Value) is not (Contract or Reduce)
            || !read.Value.IsPerSample
            || uses.ReadersOf(read.Value).Count > 1);
    }

    /// <summary>A map with what another one computes in place of an operand.</summary>
    public static Map Inline(Map map, MapOperand inlined, Map source)
    {
        List<MapOperand> operands = [.. map.Operands.Where(operand => operand != inlined)];
        var bindings = new Dictionary<string, Expression>();
        foreach (MapOperand read in source.Operands)
        {
            MapOperand? known = operands.FirstOrDefault(operand => operand.Value == read.Value && operand.Dimensions.SequenceEqual(read.Dimensions));
            if (known is null)
            {
                string name = read.Variable;
                for (char letter = 'b'; operands.Any(operand => operand.Variable == name) || name == inlined.Variable; letter++)
                    name = $"{read.Variable}{char.ToUpperInvariant(letter)}";
                operands.Add(known = read with { Variable = name });
            }

            bindings[read.Variable] = Functions.Variable(known.Variable);
        }

        Expression body = map.Body.Substitute(new Dictionary<string, Expression> { [inlined.Variable] = source.Body.Substitute(bindings) });
        return new Map(map.Layer, map.Output, Simplifier.Simplify(body), operands);
    }
}
