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
}

/// <summary>A line of the network's summary.</summary>
internal sealed record LayerSummary(string Name, string Kind, Shape Output, int Parameters, long Operations);

/// <summary>What is compared with the targets.</summary>
internal abstract record Loss(string Summary);

/// <summary>A mean over elements of a scalar expression in output and target.</summary>
internal sealed record MeanLoss(string Summary, ElementwiseLoss Element) : Loss(Summary);

/// <summary>Softmax and cross-entropy fused into one rule, because apart they lose the small probabilities.</summary>
internal sealed record SoftmaxCrossEntropyLoss(string Summary, double LabelSmoothing, IReadOnlyList<double> ClassWeights)
    : Loss(Summary);
