namespace NetGen.Generators.Graph;

/// <summary>
/// What is legal in a graph: checked in tests and in debug builds, so that a layer that breaks it fails here, by the name
/// of its operation, and not three rooms later in the numbers. What is legal of an operation says <see cref="OperationLaw"/>.
/// </summary>
internal static class GraphLaw
{
    /// <summary>The kinds of tensors that each program may compute.</summary>
    private static readonly IReadOnlyDictionary<Programs, ValueKind[]> s_written = new Dictionary<Programs, ValueKind[]>
    {
        [Programs.Prediction] = [ValueKind.Activation, ValueKind.Derived],
        [Programs.Training] = [ValueKind.Activation, ValueKind.Derived, ValueKind.BatchStatistic, ValueKind.Constant],
    };

    /// <summary>Every breach, with the operation's layer and output.</summary>
    public static IEnumerable<string> Violations(NetworkGraph graph) => InProgram(graph, graph.Prediction, Programs.Prediction)
        .Concat(InProgram(graph, graph.Training, Programs.Training))
        .Distinct();

    private static IEnumerable<string> InProgram(NetworkGraph graph, IReadOnlyList<Operation> operations, Programs program)
    {
        var known = new HashSet<Value>(graph.Inputs.Select(input => input.Value).Concat(graph.Stored));
        foreach (string violation in OperationLaw.Violations(operations, $"{program}", s_written[program], known))
            yield return violation;
        foreach (OutputPoint output in graph.Outputs.Where(output => !known.Contains(output.Value)))
            yield return $"The output {output.Name} is never written in {program}.";
    }
}
