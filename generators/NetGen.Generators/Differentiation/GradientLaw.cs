using NetGen.Generators.Graph;

namespace NetGen.Generators.Differentiation;

/// <summary>
/// What is legal in a gradient graph: checked in tests and in debug builds, so that a rule of differentiation that breaks it fails here, by
/// the name of its operation.
/// </summary>
internal static class GradientLaw
{
    private static readonly ValueKind[] s_forward = [ValueKind.Activation, ValueKind.Derived, ValueKind.BatchStatistic, ValueKind.Constant];
    private static readonly ValueKind[] s_backward = [ValueKind.Gradient];

    /// <summary>What must hold of each tensor and its gradient.</summary>
    private static readonly (string Rule, Func<Value, Value, bool> Holds)[] s_rules =
    [
        ("has a gradient of another tensor", (value, gradient) => gradient.Primal == value),
        ("has a gradient of another shape", (value, gradient) => gradient.Shape.Extents.SequenceEqual(value.Shape.Extents)),
    ];

    /// <summary>Every breach, with the operation's layer and output.</summary>
    public static IEnumerable<string> Violations(NetworkGraph graph, TrainingGraph training)
    {
        var known = new HashSet<Value>(
            graph.Inputs.Select(input => input.Value).Concat(graph.Stored).Concat(training.Elementwise.Select(judged => judged.Target)));
        string[] inOrder =
        [
            .. OperationLaw.Violations(training.Forward, "forward", s_forward, known),
            .. OperationLaw.Violations(training.Judgements, "a loss", s_backward, known),
            .. OperationLaw.Violations(training.Backward, "backward", s_backward, known),
            .. OfResults(training.ParameterGradients.Select(pair => ((Value)pair.Key, pair.Value)), known),
            .. OperationLaw.Violations(training.InputBackward, "backward", s_backward, known),
            .. OfResults(training.InputGradients.Select(pair => (pair.Key, pair.Value)), known),
        ];
        foreach (string violation in inOrder)
            yield return violation;

        foreach (ElementwiseJudgement judged in training.Elementwise.Where(judged => !known.Contains(judged.Loss)))
            yield return $"The loss of {judged.Judgement.Judged.Name} is never written.";

        // A slope that forward read would be no slope of its own, and could not be dropped where nothing is trained.
        foreach (Operation operation in training.Forward.Where(operation => operation.Inputs.Any(input => input.IsSlope)))
            yield return $"{OperationLaw.Name(operation)} reads a slope, which is kept for backward.";
        foreach (StateUpdate update in graph.StateUpdates.Where(update => !known.Contains(update.Next)))
            yield return $"The next value of {update.State.Name} is never written.";
    }

    private static IEnumerable<string> OfResults(IEnumerable<(Value Value, Value Gradient)> gradients, HashSet<Value> known)
    {
        foreach ((Value value, Value gradient) in gradients)
        {
            if (!known.Contains(gradient))
                yield return $"The gradient of {value.Name} is never written.";
            foreach ((string rule, _) in s_rules.Where(rule => !rule.Holds(value, gradient)))
                yield return $"{value.Name} {rule}.";
        }
    }
}
