using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning;

/// <summary>Which block of memory a tensor lies in.</summary>
internal enum Space
{
    Inputs,
    Outputs,
    Parameters,
    Gradient,
    InputGradient,

    /// <summary>Scratch memory of a prediction, or the workspace of a training step.</summary>
    Workspace,
}

/// <summary>
/// Where a tensor begins: Offset floats into its space, or, where every sample of a batch has its own, Offset · capacity
/// floats behind the part of the workspace that does not depend on the batch; capacity is the most samples there is room for.
/// </summary>
internal readonly record struct Placement(Space Space, long Offset, bool IsPerSample = false);

/// <summary>A program and the memory its tensors lie in.</summary>
internal sealed class MemoryMap
{
    public Dictionary<Value, Placement> Placements { get; } = [];

    /// <summary>Floats of workspace that do not depend on the batch.</summary>
    public long FixedLength { get; set; }

    /// <summary>Floats of workspace per sample of capacity.</summary>
    public long PerSampleLength { get; set; }
}

/// <summary>Prediction: steps done sample by sample, then steps done on all samples of a block together.</summary>
/// <param name="PerSample">The steps on images, in a loop over samples.</param>
/// <param name="Block">The steps on vectors, behind the loop.</param>
/// <param name="Moving">The tensors in the loop that every sample has its own of, with the distance from one to the next.</param>
/// <param name="Memory">Where everything lies.</param>
/// <param name="BlockSize">The most samples of a block.</param>
internal sealed record InferencePlan(
    IReadOnlyList<Step> PerSample, IReadOnlyList<Step> Block, IReadOnlyDictionary<Value, int> Moving, MemoryMap Memory, int BlockSize);

/// <summary>A training step, in phases between which the workers wait for each other.</summary>
internal sealed record TrainingPlan(
    IReadOnlyList<Step> Packing,
    IReadOnlyList<Step> InputPacking,
    IReadOnlyList<Step> Forward,
    LossStep Loss,
    IReadOnlyList<Step> Backward,
    IReadOnlyList<Step> InputBackward,
    IReadOnlyList<Step> ParameterGradients,
    MemoryMap Memory);

/// <summary>Everything that is decided about a network before a line is written.</summary>
internal sealed record NetworkPlan(
    NetworkGraph Graph,
    IReadOnlyList<(Parameter Parameter, Layout Layout)> Parameters,
    int ParameterBlockLength,
    InferencePlan Inference,
    TrainingPlan? Training);
