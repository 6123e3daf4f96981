using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Streaming;

namespace NetGen.Generators.Plans;

/// <summary>Which block of memory a tensor lies in.</summary>
internal enum Space
{
    Inputs,
    Outputs,

    /// <summary>What is stored and, in predictions, what is derived from it, behind it.</summary>
    Parameters,
    Gradient,
    InputGradient,

    /// <summary>The targets of a training step or, where the caller gives that instead, the gradient of the outputs.</summary>
    Targets,

    /// <summary>A number for each sample of a training step.</summary>
    Losses,

    /// <summary>Scratch memory of a prediction, or the workspace of a training step.</summary>
    Workspace,

    /// <summary>What a stream remembers.</summary>
    State,
}

/// <summary>
/// Where a tensor begins: Offset floats into its space, or, where every sample of a batch has its own, Offset · capacity
/// floats behind the part of the workspace that does not depend on the batch; capacity is the most samples there is room for.
/// </summary>
internal readonly record struct Placement(Space Space, long Offset, bool IsPerSample = false);

/// <summary>The memory of a tensor and of those that are views of it.</summary>
/// <param name="Tensor">The tensor that decides how it lies.</param>
/// <param name="Place">Where it begins.</param>
/// <param name="Length">Its floats: those of a sample, where each has its own.</param>
/// <param name="Rows">How many samples' tensors lie there, one after the other; 1 where that is the batch's affair.</param>
internal sealed record Allocation(Value Tensor, Placement Place, int Length, int Rows = 1)
{
    /// <summary>Whether there are zeros around and between its elements that others count on, so that nobody else may write there.</summary>
    public bool KeepsZeros { get; init; }

    /// <summary>
    /// Whether the samples of a worker take turns in the rows of its first ones, because each is done with when the next begins. Every sample has its
    /// own rows yet, for steps that are cut in two at the outputs.
    /// </summary>
    public bool TakesTurns { get; init; }

    /// <summary>The end of it, in the terms of <see cref="Placement.Offset"/>.</summary>
    public long End => Place.Offset + (long)Length * Rows;

    /// <summary>Whether two have some floats in common.</summary>
    public bool Overlaps(Allocation other) => Place.Space == other.Place.Space && Place.IsPerSample == other.Place.IsPerSample
        && Place.Offset < other.End && other.Place.Offset < End;
}

/// <summary>A program's memory: where its tensors lie.</summary>
internal sealed class MemoryMap
{
    private readonly Dictionary<Value, Allocation> _allocations = [];

    /// <summary>The allocations, each once, in the order in which they were made.</summary>
    public IReadOnlyList<Allocation> Allocations => [.. _allocations.Values.Distinct()];

    public Allocation this[Value tensor]
    {
        get => _allocations[tensor];
        set => _allocations[tensor] = value;
    }

    public bool Holds(Value value) => _allocations.ContainsKey(value);

    /// <summary>Floats of workspace that do not depend on the batch.</summary>
    public long FixedLength { get; set; }

    /// <summary>Floats of workspace per sample of capacity.</summary>
    public long PerSampleLength { get; set; }
}

/// <summary>What is computed of parameters and states alone, whenever they have changed, for predictions to read.</summary>
/// <param name="Length">The floats that it takes.</param>
internal sealed record PreparePlan(IReadOnlyList<Step> Steps, MemoryMap Memory, int Length)
{
    public bool IsEmpty => Steps.Count == 0;
}

/// <summary>Prediction: steps done sample by sample, or a few samples at a time, then steps done on all samples of a block together.</summary>
/// <param name="PerSample">The steps on images, in a loop over samples.</param>
/// <param name="Block">The steps on vectors, behind the loop.</param>
/// <param name="Moving">The tensors in the loop that every sample has its own of, with the distance from one to the next.</param>
/// <param name="Memory">Where everything lies.</param>
/// <param name="BlockSize">The most samples of a block.</param>
/// <param name="ShortBlockSize">The same where there are 16 registers.</param>
/// <param name="SamplesAtATime">How many samples each turn of the loop over samples takes.</param>
internal sealed record InferencePlan(
    IReadOnlyList<Step> PerSample, IReadOnlyList<Step> Block, IReadOnlyDictionary<Value, int> Moving, MemoryMap Memory, int BlockSize,
    int ShortBlockSize, int SamplesAtATime)
{
    /// <summary>All steps in their order.</summary>
    public IEnumerable<Step> Steps => PerSample.Concat(Block);
}

/// <summary>One step of a stream.</summary>
/// <param name="Turns">What is done, in order.</param>
/// <param name="Moving">The rows of what is remembered.</param>
/// <param name="Memory">Where everything lies.</param>
/// <param name="Past">What is remembered.</param>
/// <param name="StateLength">The floats of all that is remembered.</param>
/// <param name="Graph">The network as a stream.</param>
internal sealed record StreamPlan(
    IReadOnlyList<StreamTurn> Turns,
    IReadOnlyDictionary<Value, RowMotion> Moving,
    MemoryMap Memory,
    IReadOnlyList<PastRows> Past,
    int StateLength,
    StreamGraph Graph)
{
    /// <summary>All steps in their order.</summary>
    public IEnumerable<Step> Steps => Turns.SelectMany(turn => turn.Steps);
}

/// <summary>What a stream does at the steps of the input that a clock tells.</summary>
internal sealed record StreamTurn(Clock Clock, IReadOnlyList<Step> Steps);

/// <summary>How a row moves on.</summary>
/// <param name="Distance">The floats from one row to the next.</param>
/// <param name="Period">The steps of the input from one row to the next.</param>
internal readonly record struct RowMotion(int Distance, int Period);

/// <summary>Rows that a stream remembers.</summary>
/// <param name="Offset">Where they begin.</param>
/// <param name="RowLength">The floats from one to the next.</param>
/// <param name="Lag">How many rows before the present one are read.</param>
/// <param name="Period">The steps of the input from one to the next.</param>
internal sealed record PastRows(int Offset, int RowLength, int Lag, int Period);

/// <summary>A training step: phases between which the workers wait for each other.</summary>
/// <param name="Losses">The losses among the steps, in the order of the outputs that they judge.</param>
/// <param name="Points">What is there when the step is over.</param>
/// <param name="SamplesAtATime">How many samples go through layers of images together; shares of workers are multiples of it.</param>
internal sealed record TrainingPlan(
    IReadOnlyList<Phase> Phases, IReadOnlyList<LossStep> Losses, MemoryMap Memory, IReadOnlyList<PointPlan> Points, int SamplesAtATime)
{
    /// <summary>All steps in their order.</summary>
    public IEnumerable<Step> Steps => Phases.SelectMany(phase => phase.OnSamples.Concat(phase.Shared)).Select(step => step.Step);
}

/// <summary>Where a training step leaves what it computes at a point: each sample's row-major, one sample after the other.</summary>
internal sealed record PointPlan(NamedPoint Point, Allocation Activation, Allocation? Gradient);

/// <summary>Everything that is decided about a network before a line is written.</summary>
internal sealed record NetworkPlan(
    NetworkGraph Graph,
    IReadOnlyList<(Stored Tensor, Layout Layout)> Stored,
    int ParameterBlockLength,
    PreparePlan Prepare,
    InferencePlan Inference,
    StreamPlan? Stream,
    StreamObstacle? StreamObstacle,
    TrainingPlan? Training,
    KernelLibrary Kernels);
