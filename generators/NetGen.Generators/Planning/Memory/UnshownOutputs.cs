using NetGen.Generators.Differentiation;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;
using NetGen.Generators.Planning.Fusing;

namespace NetGen.Generators.Planning.Memory;

/// <summary>
/// An output that cheap maps make of what its loss's gradient reads anyway is made there, too, and written for callers alone who ask to see it: a
/// norm before a loss, with or without an activation between them.
/// </summary>
internal static class UnshownOutputs
{
    // A norm with a rectifier behind it. What is longer takes as much to make again as to read.
    private const double MostParts = 16;

    /// <param name="training">A training step.</param>
    public static TrainingGraph Rewrite(TrainingGraph training) =>
        training.Elementwise.Aggregate(training, (graph, judged) => Rewrite(graph, judged.Judgement.Judged));

    private static TrainingGraph Rewrite(TrainingGraph training, Value output)
    {
        var uses = new Uses([.. training.Forward, .. training.Judgements, .. training.Backward, .. training.InputBackward]);
        var back = new HashSet<Operation>(training.Backward.Concat(training.InputBackward));
        var made = new List<Map>();
        if (MapOf(output, uses, back, made) is not { } map || training.Points.Any(point => made.Any(step => step.Output == point.Point.Value)))
            return training;
        Operation[] readers = [.. uses.ReadersOf(output).Where(reader => reader is not Judgement)];
        if (!readers.All(reader => back.Contains(reader) && CanRead(reader, output)))
            return training;

        Operation Inlined(Operation operation) => !readers.Contains(operation) ? operation
            : operation is Reduce sum ? MapInlining.Inline(sum, map)
            : MapInlining.InlineAll((Map)operation, map);
        return training with
        {
            Backward = [.. training.Backward.Select(Inlined)],
            InputBackward = [.. training.InputBackward.Select(Inlined)],
            ForOutputs = [.. training.ForOutputs, .. made.Select(step => step.Output)],
        };
    }

    /// <summary>The map that makes an output of one tensor as large that is read on the way back; null where none does.</summary>
    private static Map? MapOf(Value output, Uses uses, HashSet<Operation> back, List<Map> made)
    {
        if (uses.ProducerOf(output) is not Map map || !ExpressionCost.IsCheap(map.Body))
            return null;
        made.Add(map);
        while (true)
        {
            Value[] large = [.. map.Inputs.Where(input => input.IsPerSample && input.Shape.Equals(output.Shape)).Distinct()];
            if (large.Length != 1 || map.Inputs.Any(input => input.IsPerSample && !large.Contains(input) && input.Shape.HasPositions))
                return null;
            if (large[0].Kind == ValueKind.Input || uses.ReadersOf(large[0]).Any(back.Contains))
                return map.Body.Parts() <= MostParts ? map : null;
            if (uses.ProducerOf(large[0]) is not Map before || !ExpressionCost.IsCheap(before.Body) || !uses.ReadersOf(large[0]).All(made.Contains))
                return null;
            made.Add(before);
            map = MapInlining.InlineAll(map, before);
        }
    }

    private static bool CanRead(Operation reader, Value output) => reader switch
    {
        Map map => map.Output.Shape.Equals(output.Shape),
        Reduce sum => sum.Source.Value == output && sum.Operands.All(operand => operand.Value != output),
        _ => false,
    };
}
