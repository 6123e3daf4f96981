using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;
using NetGen.Generators.Planning.Fusing;

namespace NetGen.Generators.Planning.Summing;

/// <summary>
/// What elements differ by from a mean waits for all that is averaged, is as large as what it is computed of, and takes a single subtraction. It is
/// made where it is read, in sums and in maps, instead of going through memory: Σ (x − μ)², Σ (x − μ) · dy.
/// </summary>
internal static class TermsOfSums
{
    private const string Factor = "d";

    /// <param name="operations">The operations of a program in order.</param>
    /// <param name="kept">The tensors that are wanted as they are.</param>
    public static IReadOnlyList<Operation> Rewrite(IReadOnlyList<Operation> operations, ICollection<Value> kept)
    {
        var uses = new Uses(operations);
        var made = new Dictionary<Value, Map>();
        foreach (Map map in operations.OfType<Map>().Where(map => IsMade(map, uses, kept) && !map.Inputs.Any(made.ContainsKey)))
            made.Add(map.Output, map);
        return made.Count == 0
            ? operations
            : [.. operations.Where(operation => !made.ContainsKey(operation.Output)).Select(operation => Rewrite(operation, made, uses))];
    }

    // Of a single large tensor, and numbers that are known when all samples have gone by, or a mean of the sample's own.
    private static bool IsMade(Map map, Uses uses, ICollection<Value> kept)
    {
        if (kept.Contains(map.Output) || !map.Output.IsPerSample || map.Activation is not null || !ExpressionCost.IsCheap(map.Body))
            return false;
        MapOperand[] whole = [.. map.Operands.Where(operand => IsWhole(operand, map))];
        IReadOnlyList<Operation> readers = uses.ReadersOf(map.Output);
        return whole.Length == 1 && readers.Count > 0 && readers.All(reader => CanMake(reader, map))
            && (IsOfBatch(map, whole[0]) ? readers.Any(reader => reader is Contract) : IsDifference(map, whole[0], uses));
    }

    private static bool IsOfBatch(Map map, MapOperand whole) =>
        map.Operands.All(operand => operand == whole || !operand.Value.IsPerSample)
        && map.Operands.Any(operand => operand.Value.Kind == ValueKind.BatchStatistic);

    // Of what is in memory anyway, as others read it.
    private static bool IsDifference(Map map, MapOperand whole, Uses uses) => map.Operands.Count == 2 && uses.ReadersOf(whole.Value).Count > 1
        && map.Operands.Single(operand => operand != whole) is { Value: { IsPerSample: true, Shape.Rank: 1 } } mean
        && map.Body.Equals(Functions.Variable(whole.Variable) - Functions.Variable(mean.Variable));

    private static bool CanMake(Operation reader, Map map) => reader switch
    {
        Map other => other.Activation is null && other.Operands.Where(operand => operand.Value == map.Output).All(operand => IsWhole(operand, other))
            && other.Body.Parts(variable => other.Operands.First(operand => operand.Variable == variable).Value == map.Output ? map.Body.Parts() : 1)
                <= Expression.MostParts,
        Contract product => product.Left.Value == map.Output && product.Left.Indices.All(IsWalk)
            && product.Left.Indices.SequenceEqual(product.Right.Indices) && product.Right.Value.Shape.Equals(map.Output.Shape),
        _ => false,
    };

    // From a dimension's beginning to its end, through groups of it maybe.
    private static bool IsWalk(Graph.Index index) => index.Offset == 0 && index.Terms.All(term => term.Coefficient > 0)
        && index.Terms.Aggregate(1, (product, term) => product * term.Axis.Extent) == index.Range.Last + 1;

    private static bool IsWhole(MapOperand operand, Map map) =>
        operand.Value.IsPerSample && operand.Value.Shape.Equals(map.Output.Shape);

    private static Operation Rewrite(Operation operation, Dictionary<Value, Map> made, Uses uses) => operation switch
    {
        Map map => map.Operands.FirstOrDefault(operand => made.ContainsKey(operand.Value)) is { } operand
            ? Rewrite(MapInlining.Inline(map, operand, made[operand.Value]), made, uses)
            : map,
        Contract product when made.TryGetValue(product.Left.Value, out Map? map) => SumOf(product, map, uses),
        _ => operation,
    };

    private static Reduce SumOf(Contract product, Map map, Uses uses)
    {
        var names = new Dictionary<string, Expression>();
        var operands = new List<MapOperand>();
        Value source = product.Left.Value;
        foreach (MapOperand operand in map.Operands)
        {
            bool isWhole = IsWhole(operand, map);
            if (isWhole)
                source = operand.Value;
            string name = isWhole ? Reduce.Summed : NameOf(operands.Count);
            names[operand.Variable] = Functions.Variable(name);
            if (!isWhole)
                operands.Add(operand with { Variable = name, Value = OfGroup(operand.Value, product, uses) });
        }

        Expression left = map.Body.Substitute(names), right = left;
        if (product.Right.Value != product.Left.Value)
        {
            right = product.Right.Value == source ? Functions.Variable(Reduce.Summed) : Functions.Variable(Factor);
            if (product.Right.Value != source)
                operands.Add(MapOperand.Same(Factor, product.Right.Value));
        }

        return new Reduce(product.Layer, product.Target, product.Left with { Value = source }, 1) { Term = left * right, Operands = operands };
    }

    // Of what is repeated for each element of a group, a sum over the group reads the one.
    private static Value OfGroup(Value value, Contract product, Uses uses) =>
        uses.ProducerOf(value) is Move { Pieces: [var piece] } && product.Target.Indices.SequenceEqual(piece.Source.Indices)
        && piece.Source.Value.Shape.Equals(product.Output.Shape) && product.Left.Indices.Any(index => index.Equals(piece.Target[0]))
            ? piece.Source.Value
            : value;

    // None of them is what loops count by.
    private static string NameOf(int number) => number == 0 ? "mean" : "mean" + (char)('A' + number);
}
