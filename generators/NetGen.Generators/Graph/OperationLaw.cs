namespace NetGen.Generators.Graph;

/// <summary>
/// What is legal of a single operation, in a graph and in a gradient graph alike: what must hold, and what is said where it does not.
/// </summary>
internal static class OperationLaw
{
    private static readonly (string Rule, Func<Operation, bool> Holds)[] s_rules =
    [
        ("has one index for each dimension of what it reads and writes", operation => Accesses(operation).All(access =>
            access.Indices.Count == access.Value.Shape.Rank)),
        ("writes within its output", operation => Targets(operation).All(IsInside)),
        ("copies from within its sources", operation => operation is not Move move || move.Pieces.All(piece => IsInside(piece.Source))),
        ("copies no more elements than its output has", operation => operation is not Move move
            || move.Pieces.Sum(piece => piece.Axes.Aggregate(1L, (product, axis) => product * axis.Extent)) <= move.Output.Shape.Length),
        ("keeps the number of elements", operation => operation is not Reshape reshape
            || reshape.Source.Shape.Length == reshape.Output.Shape.Length),
        ("has operands that are as long as the dimensions they follow, or 1 long", operation => operation switch
        {
            Map map => map.Operands.All(operand => Fits(operand, map.Output.Shape)),
            Reduce reduce => reduce.Operands.All(operand =>
                Fits(operand, reduce.Source.Value.Shape) || operand.Value.Shape.Equals(reduce.Output.Shape)),
            _ => true,
        }),
        ("has rows of the shape of their wholes' steps", operation => operation is not Scan scan
            || scan.Tensors.All(tensor => tensor.Whole.Shape[0] == scan.Steps && tensor.Whole.Shape.Row.Equals(tensor.Step.Shape))),
        ("looks at neighbours in an image", operation => operation is not Window window || window.Source.Shape.IsImage),
        ("runs along a vector, the channels of an image, or the last dimension of what has no channels", operation => operation is not Softmax softmax
            || softmax.Source.Shape.IsImage || softmax.Source.Shape.Dimensions.All(dimension => dimension.Role != AxisRole.Channel)),
        ("reads what it writes of the same shape", operation => operation is not (Relayout or Softmax or DropoutMask or Judgement { Given: null })
            || operation.Inputs.All(input => input.Shape.Extents.SequenceEqual(operation.Output.Shape.Extents))),
    ];

    /// <summary>The breaches of an operation, by its layer and output.</summary>
    public static IEnumerable<string> Violations(Operation operation) =>
        s_rules.Where(rule => !rule.Holds(operation)).Select(rule => $"{Name(operation)} breaks the rule that it {rule.Rule}.");

    /// <summary>An operation as messages call it.</summary>
    public static string Name(Operation operation) =>
        $"{operation.GetType().Name} of layer '{operation.Layer}' to {operation.Output}";

    /// <summary>The breaches of a program in order: nothing is read before it is written, and everything is written once.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="program">What the program is called.</param>
    /// <param name="kinds">The kinds of tensors that it may compute.</param>
    /// <param name="known">What is there when it begins; what it writes is added.</param>
    public static IEnumerable<string> Violations(
        IEnumerable<Operation> operations, string program, IReadOnlyCollection<ValueKind> kinds, HashSet<Value> known)
    {
        foreach (Operation operation in operations)
        {
            foreach (Value input in operation.Inputs.Where(input => !known.Contains(input)))
                yield return $"{Name(operation)} reads {input.Name} before it is written.";
            foreach (Value output in operation.Outputs)
            {
                if (!kinds.Contains(output.Kind))
                    yield return $"{Name(operation)} writes a tensor of kind {output.Kind}, which {program} does not.";
                if (!known.Add(output))
                    yield return $"{Name(operation)} is not the first to write it.";
            }

            foreach (string violation in Violations(operation))
                yield return violation;
            if (operation is not Scan scan)
                continue;
            var inBody = new HashSet<Value>(scan.Invariants.Concat(scan.Tensors.Except(scan.Written).Select(tensor => tensor.Step)));
            // The body of a backward scan takes rows of what forward computed again.
            foreach (string violation in Violations(scan.Body, $"the body of {program}", [.. kinds, ValueKind.Activation], inBody))
                yield return violation;
        }
    }

    private static bool Fits(MapOperand operand, Shape whole) => operand.Dimensions.Count == operand.Value.Shape.Rank && operand.Dimensions
        .Select((dimension, d) => operand.Value.Shape[d] == 1 || operand.Value.Shape[d] == whole[dimension]).All(fits => fits);

    private static bool IsInside(Access access) =>
        access.Indices.Select((index, d) => index.Range.First >= 0 && index.Range.Last < access.Value.Shape[d]).All(inside => inside);

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
