using NetGen.Generators.Declarations;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using Index = NetGen.Generators.Graph.Index;

namespace NetGen.Generators.Tests.Harness;

/// <summary>Graphs as short text: one line per operation, so that what a declaration means can be read and reviewed.</summary>
internal static class GraphText
{
    /// <summary>The graph of the last network in a source, which must be without mistakes.</summary>
    public static NetworkGraph Build(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Reading<NetworkDeclaration> reading = run.Result.TrackedSteps[NetworkGenerator.DeclarationsStage]
            .SelectMany(step => step.Outputs)
            .Select(output => (Reading<NetworkDeclaration>)output.Value)
            .Last();
        Assert.Empty(reading.Mistakes.Select(mistake => mistake.ToDiagnostic(run.Compilation).ToString()));
        (NetworkGraph? graph, IReadOnlyList<Generators.Diagnostics.Mistake> mistakes) = GraphBuilder.Build(reading.Declaration!);
        Assert.Empty(mistakes.Select(mistake => mistake.At(reading.Places).ToDiagnostic(run.Compilation).ToString()));
        Assert.Empty(GraphLaw.Violations(graph!));
        return graph!;
    }

    public static string Of(NetworkGraph graph)
    {
        var lines = new List<string>();
        lines.AddRange(graph.Inputs.Select(input => $"input  {input.Name}: {Typed(input.Value)}"));
        lines.AddRange(graph.Stored.Select(stored =>
            $"{stored.Kind.ToString().ToLowerInvariant()}  {stored.FileName}: {Typed(stored)}, {stored.Initialisation.Initializer}"
            + (stored is Parameter { Decays: false } ? "" : stored is Parameter ? ", decays" : "")));
        lines.Add("");
        foreach (Operation operation in Merged(graph))
        {
            bool predicts = graph.Prediction.Contains(operation), trains = graph.Training.Contains(operation);
            lines.Add($"{(predicts && trains ? "" : predicts ? "predict: " : "train: ")}{Of(operation)}");
        }

        lines.Add("");
        lines.AddRange(graph.StateUpdates.Select(update => $"after a step  {update.State.Name} = {update.Next.Name}"));
        lines.AddRange(graph.Points.Select(point =>
            $"point  {point.Name}: {point.Value.Name}{string.Concat(point.Stored.Select(stored => $" {stored.FileName}"))}"));
        lines.AddRange(graph.Outputs.Select(output =>
            $"output  {output.Name}: {Typed(output.Value)}, {output.Meaning}"
            + (output.Loss is { } loss ? $", {(output.Weight == 1 ? "" : $"{output.Weight} · ")}{loss.Summary}" : "")));
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Both programs in one order: what only one of them does stands where that one does it.</summary>
    private static IEnumerable<Operation> Merged(NetworkGraph graph)
    {
        int trained = 0;
        foreach (Operation operation in graph.Prediction)
        {
            int found = graph.Training.ToList().IndexOf(operation);
            for (; trained < found; trained++)
                yield return graph.Training[trained];
            trained = Math.Max(trained, found + 1);
            yield return operation;
        }

        for (; trained < graph.Training.Count; trained++)
            yield return graph.Training[trained];
    }

    public static string Of(Operation operation) => operation switch
    {
        Contract contract => $"{Of(contract.Target)} += {Of(contract.Left)} · {Of(contract.Right)}{Extents(contract.Target, contract.Left, contract.Right)}",
        Map map => $"{Typed(map.Output)} = {map.Body} of {string.Join(", ", map.Operands.Select(Of))}",
        Reduce reduce => $"{Of(reduce.Target)} += {reduce.Scale:R} · {Summand(reduce)}{Extents(reduce.Target, reduce.Source)}",
        Window window => $"{Typed(window.Output)} = {window.Kind} of {window.Source.Name}, {window.Geometry}",
        _ => $"{Typed(operation.Output)} = {operation.GetType().Name} of {string.Join(", ", operation.Inputs.Select(input => input.Name))}",
    };

    private static string Summand(Reduce reduce) => reduce.Term is Variable
        ? Of(reduce.Source)
        : $"({reduce.Term}) of {Reduce.Summed}: {Of(reduce.Source)}{string.Concat(reduce.Operands.Select(operand => ", " + Of(operand)))}";

    private static string Of(MapOperand operand)
    {
        bool isWhole = operand.Dimensions.SequenceEqual(Enumerable.Range(0, operand.Value.Shape.Rank));
        return $"{operand.Variable}: {operand.Value.Name}{(isWhole ? "" : $" along {string.Join(", ", operand.Dimensions)}")}"
            + (operand.IsConstant ? " (constant)" : "");
    }

    private static string Of(Access access) => $"{access.Value.Name}[{string.Join(", ", access.Indices.Select(Of))}]";

    private static string Of(Index index)
    {
        IEnumerable<string> terms = index.Terms.Select(term => (term.Coefficient == 1 ? "" : $"{term.Coefficient}") + term.Axis.Name);
        if (index.Offset != 0 || index.Terms.Count == 0)
            terms = terms.Append($"{index.Offset}");
        return string.Join(" + ", terms).Replace("+ -", "- ");
    }

    private static string Extents(params Access[] accesses) => ", " + string.Join(" ", accesses
        .SelectMany(access => access.Indices).SelectMany(index => index.Terms)
        .Select(term => $"{term.Axis.Name}:{term.Axis.Extent}").Distinct());

    private static string Typed(Value value) => $"{value.Name} [{value.Shape}]";
}
