using NetGen.Generators.Graph;

namespace NetGen.Generators.Differentiation;

/// <summary>What a training step computes: forward, keeping what backward needs, the losses, then backward.</summary>
internal sealed record TrainingGraph
{
    /// <summary>The forward operations, derivatives kept where the outputs do not tell them.</summary>
    public required IReadOnlyList<Operation> Forward { get; init; }

    /// <summary>The losses, each of which computes the gradient of the output it judges, and outputs whose gradient the caller gives.</summary>
    public required IReadOnlyList<Judgement> Judgements { get; init; }

    /// <summary>The backward operations that some parameter's gradient needs.</summary>
    public required IReadOnlyList<Operation> Backward { get; init; }

    /// <summary>The further operations that only the gradients of the inputs need.</summary>
    public required IReadOnlyList<Operation> InputBackward { get; init; }

    /// <summary>The gradient of each input that has one.</summary>
    public required IReadOnlyDictionary<Value, Value> InputGradients { get; init; }

    /// <summary>The losses that operations of the way back compute.</summary>
    public IReadOnlyList<ElementwiseJudgement> Elementwise { get; init; } = [];

    /// <summary>What forward computes for callers alone who ask to see the outputs.</summary>
    public IReadOnlyList<Value> ForOutputs { get; init; } = [];

    /// <summary>The points at which tensors are kept.</summary>
    public IReadOnlyList<PointTensors> Points { get; init; } = [];

    /// <summary>The gradient of each parameter that some trained output depends on.</summary>
    public required IReadOnlyDictionary<Parameter, Value> ParameterGradients { get; init; }
}

/// <summary>The tensors of a training step at a point.</summary>
/// <param name="Point">The point.</param>
/// <param name="Gradient">The gradient of its value; null where no loss depends on it.</param>
internal sealed record PointTensors(NamedPoint Point, Value? Gradient);
