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
        Expression made = Read(source, operands, inlined.Variable);
        return new Map(map.Layer, map.Output, Substituted(map.Body, inlined.Variable, made), operands);
    }

    /// <summary>A map with what another one computes in place of each operand that reads that.</summary>
    public static Map InlineAll(Map map, Map source)
    {
        while (map.Operands.FirstOrDefault(operand => operand.Value == source.Output) is { } operand)
            map = Inline(map, operand, source);
        return map;
    }

    /// <summary>A sum with what a map computes of one tensor of its shape in place of its source: it goes through that tensor then.</summary>
    public static Reduce Inline(Reduce sum, Map source)
    {
        MapOperand through = source.Operands.First(operand => operand.Value.IsPerSample && operand.Value.Shape.Equals(source.Output.Shape));
        List<MapOperand> operands = [through with { Variable = Reduce.Summed }, .. sum.Operands];
        Expression made = Read(source, operands, Reduce.Summed);
        return new Reduce(sum.Layer, sum.Target, sum.Source with { Value = through.Value }, sum.Scale)
        {
            Term = Substituted(sum.Term, Reduce.Summed, made),
            Operands = [.. operands.Skip(1)],
        };
    }

    private static Expression Substituted(Expression body, string variable, Expression made) =>
        Simplifier.Simplify(body.Substitute(new Dictionary<string, Expression> { [variable] = made }));

    /// <summary>What a map computes, of operands among which its own are, or are added under names that nobody has.</summary>
    private static Expression Read(Map source, List<MapOperand> operands, string taken)
    {
        var bindings = new Dictionary<string, Expression>();
        foreach (MapOperand read in source.Operands)
        {
            MapOperand? known = operands.FirstOrDefault(operand => operand.Value == read.Value && operand.Dimensions.SequenceEqual(read.Dimensions));
            if (known is null)
            {
                string name = read.Variable;
                for (char letter = 'b'; operands.Any(operand => operand.Variable == name) || name == taken; letter++)
                    name = $"{read.Variable}{char.ToUpperInvariant(letter)}";
                operands.Add(known = read with { Variable = name });
            }

            bindings[read.Variable] = Functions.Variable(known.Variable);
        }

        return source.Body.Substitute(bindings);
    }
}
