using NetGen.Generators.Graph;

namespace NetGen.Generators.Differentiation;

/// <summary>What a training step computes: forward, keeping what backward needs, then backward.</summary>
internal sealed class TrainingGraph
{
    /// <summary>The forward operations, dropout drawn and derivatives kept where the outputs do not tell them.</summary>
    public required IReadOnlyList<Operation> Forward { get; init; }

    /// <summary>The gradient of the loss with respect to the network's output, which the loss computes.</summary>
    public required Value OutputGradient { get; init; }

    /// <summary>The backward operations that some parameter's gradient needs.</summary>
    public required IReadOnlyList<Operation> Backward { get; init; }

    /// <summary>The further operations that only the gradient of the input needs, and that gradient.</summary>
    public required IReadOnlyList<Operation> InputBackward { get; init; }

    public required Value InputGradient { get; init; }

    /// <summary>The gradient of each parameter.</summary>
    public required IReadOnlyDictionary<Parameter, Value> ParameterGradients { get; init; }
}
