using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>A network as a typed graph: every shape known, every name resolved.</summary>
internal sealed class NetworkGraph
{
    public required string Name { get; init; }

    public required Value Input { get; init; }

    public required Value Output { get; init; }

    public required IReadOnlyList<LayerSummary> Layers { get; init; }

    public required IReadOnlyList<Parameter> Parameters { get; init; }

    /// <summary>The operations in an order in which each finds its inputs computed.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>The loss, or null for a network that only predicts.</summary>
    public required Loss? Loss { get; init; }

    /// <summary>What the outputs are: the loss's to say or, where it takes them as they come, the last layer's.</summary>
    public required OutputMeaning Outputs { get; init; }

    /// <summary>Whether the outputs decide between classes, so that the network has a <c>Classify</c>.</summary>
    public bool Classifies => Output.Shape.Length == 1
        ? Outputs is OutputMeaning.Logits or OutputMeaning.Probabilities or OutputMeaning.Margins
        : Output.Shape.Rank == 1 && (Loss is null
            || Outputs is OutputMeaning.ClassLogits or OutputMeaning.ClassProbabilities or OutputMeaning.ClassScores);
}

/// <summary>A line of the network's summary.</summary>
internal sealed record LayerSummary(string Name, string Kind, Shape Output, int Parameters, long Operations);

/// <summary>What is compared with the targets.</summary>
internal abstract record Loss(string Summary, LossTargets Targets)
{
    /// <summary>What the loss reads outputs as, or null where it takes them as they come.</summary>
    public OutputMeaning? Reads { get; init; }

    /// <summary>A weight per class, or none.</summary>
    public IReadOnlyList<double> ClassWeights { get; init; } = [];
}

/// <summary>What a loss is told about a sample; the names are those of the runtime's <c>TargetKind</c>.</summary>
internal enum LossTargets
{
    Values,
    Classes,
}

/// <summary>A mean over elements of a scalar expression in output and target.</summary>
internal sealed record MeanLoss(string Summary, ElementwiseLoss Element) : Loss(Summary, LossTargets.Values);

/// <summary>
/// A loss that looks at all outputs of a sample together, by the runtime library: nothing in it depends on the shape. Softmax
/// and what follows it are one rule there, because apart they lose the small probabilities.
/// </summary>
/// <param name="RuntimeClass">The class whose <c>Run</c> computes it.</param>
internal sealed record RowLoss(string Summary, string RuntimeClass, LossTargets Targets) : Loss(Summary, Targets)
{
    /// <summary>The method's number behind the range of samples, or null if it has none.</summary>
    public double? Setting { get; init; }
}
