using System.Diagnostics;

namespace NetGen.Generators.Graph;

/// <summary>
/// What is legal in a graph, as a table: checked in tests and in debug builds, so that a layer that breaks it fails here, by the name
/// of its operation, and not three rooms later in the numbers.
/// </summary>
internal static class GraphLaw
{
    /// <summary>The kinds of tensors that each program may compute.</summary>
    private static readonly IReadOnlyDictionary<Programs, ValueKind[]> s_written = new Dictionary<Programs, ValueKind[]>
    {
        [Programs.Prediction] = [ValueKind.Activation, ValueKind.Derived],
        [Programs.Training] = [ValueKind.Activation, ValueKind.Derived, ValueKind.BatchStatistic, ValueKind.Constant],
    };

    /// <summary>The rules of single operations: what must hold, and what is said where it does not.</summary>
    private static readonly (string Rule, Func<Operation, bool> Holds)[] s_rules =
    [
        ("has one index for each dimension of what it reads and writes", operation => Accesses(operation).All(access =>
            access.Indices.Count == access.Value.Shape.Rank)),
        ("writes within its output", operation => Targets(operation).All(access =>
            access.Indices.Select((index, d) => index.Range.First >= 0 && index.Range.Last < access.Value.Shape[d]).All(inside => inside))),
        ("copies from within its sources", operation => operation is not Move move || move.Pieces.All(piece =>
            piece.Source.Indices.Select((index, d) => index.Range.First >= 0 && index.Range.Last < piece.Source.Value.Shape[d]).All(inside => inside))),
        ("copies no more elements than its output has", operation => operation is not Move move
            || move.Pieces.Sum(piece => piece.Axes.Aggregate(1L, (product, axis) => product * axis.Extent)) <= move.Output.Shape.Length),
        ("keeps the number of elements", operation => operation is not Reshape reshape
            || reshape.Source.Shape.Length == reshape.Output.Shape.Length),
        ("has operands that are as long as the dimensions they follow, or 1 long", operation => operation is not Map map
            || map.Operands.All(operand => operand.Dimensions.Count == operand.Value.Shape.Rank && operand.Dimensions
                .Select((dimension, d) => operand.Value.Shape[d] == 1 || operand.Value.Shape[d] == map.Output.Shape[dimension]).All(fits => fits))),
        ("has rows of the shape of their wholes' steps", operation => operation is not Scan scan
            || scan.Tensors.All(tensor => tensor.Whole.Shape[0] == scan.Steps && tensor.Whole.Shape.Row.Equals(tensor.Step.Shape))),
        ("reads what it writes of the same shape", operation => operation is not (Relayout or Softmax or DropoutMask)
            || operation.Inputs.All(input => input.Shape.Extents.SequenceEqual(operation.Output.Shape.Extents))),
    ];

    /// <summary>Throws in debug builds where a graph breaks the law.</summary>
    [Conditional("DEBUG")]
    public static void Check(NetworkGraph graph)
    {
        if (Violations(graph).FirstOrDefault() is { } violation)
            throw new InvalidOperationException(violation);
    }

    /// <summary>Every breach, with the operation's layer and output.</summary>
    public static IEnumerable<string> Violations(NetworkGraph graph) => InProgram(graph, graph.Prediction, Programs.Prediction)
        .Concat(InProgram(graph, graph.Training, Programs.Training))
        .Distinct();

    private static IEnumerable<string> InProgram(NetworkGraph graph, IReadOnlyList<Operation> operations, Programs program)
    {
        var known = new HashSet<Value>(graph.Inputs.Select(input => input.Value).Concat(graph.Stored));
        foreach (string breach in InOrder(operations, known, s_written[program], $"{program}"))
            yield return breach;
        foreach (OutputPoint output in graph.Outputs.Where(output => !known.Contains(output.Value)))
            yield return $"The output {output.Name} is never written in {program}.";
    }

    /// <summary>The breaches of some operations, done in their order where some tensors are known; what they write is known behind them.</summary>
    private static IEnumerable<string> InOrder(IReadOnlyList<Operation> operations, HashSet<Value> known, ValueKind[] written, string program)
    {
        foreach (Operation operation in operations)
        {
            foreach (Value input in operation.Inputs.Where(input => !known.Contains(input)))
                yield return $"{Name(operation)} reads {input.Name} before it is written.";
            foreach ((string rule, _) in s_rules.Where(rule => !rule.Holds(operation)))
                yield return $"{Name(operation)} breaks the rule that it {rule}.";
            foreach (Value output in operation.Outputs)
            {
                if (!written.Contains(output.Kind))
                    yield return $"{Name(operation)} writes a tensor of kind {output.Kind}, which {program} does not.";
                if (!known.Add(output))
                    yield return $"{Name(operation)} is not the first to write it.";
            }

            if (operation is not Scan scan)
                continue;
            var inBody = new HashSet<Value>(scan.Invariants.Concat(scan.Tensors.Except(scan.Written).Select(tensor => tensor.Step)));
            foreach (string breach in InOrder(scan.Body, inBody, written, $"the body of {program}"))
                yield return breach;
        }
    }

    private static string Name(Operation operation) =>
        $"{operation.GetType().Name} of layer '{operation.Layer}' to {operation.Output}";

    private static IEnumerable<Access> Accesses(Operation operation) => operation switch
    {
        Contract contract => [contract.Target, contract.Left, contract.Right],
        Reduce reduce => [reduce.Target, reduce.Source],
        Move move => [.. Targets(move), .. move.Pieces.Select(piece => piece.Source)],
        _ => [],
    };

    // The product of a transposed convolution scatters, and what falls outside is cropped.
    private static IEnumerable<Access> Targets(Operation operation) => operation switch
    {
        Contract contract when contract.Target.Indices.All(index => index.Terms.Count <= 1) => [contract.Target],
        Reduce reduce => [reduce.Target],
        Move move => move.Pieces.Select(piece => new Access(move.Output, piece.Target)),
        _ => [],
    };
}
