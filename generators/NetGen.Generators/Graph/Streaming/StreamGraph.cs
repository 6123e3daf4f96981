namespace NetGen.Generators.Graph.Streaming;

/// <summary>A network as a stream: the operations of one step of time, which takes one step of the inputs and gives one of the outputs.</summary>
/// <param name="Operations">The operations, in order.</param>
/// <param name="Inputs">The inputs of one step.</param>
/// <param name="Outputs">The outputs of one step.</param>
/// <param name="Past">
/// The tensors that are rows, of what is remembered or of a table with one for each step: of this step and of those before.
/// </param>
/// <param name="Room">How many steps are remembered beyond those that are read before the present one.</param>
/// <param name="IsBounded">
/// Whether there are no more steps than that, because some operation needs all of them or the step's number; otherwise what is remembered moves
/// back to the beginning when there is no room left.
/// </param>
internal sealed record StreamGraph(
    IReadOnlyList<Operation> Operations,
    IReadOnlyList<InputPoint> Inputs,
    IReadOnlyList<OutputPoint> Outputs,
    IReadOnlyList<StepTensor> Past,
    int Room,
    bool IsBounded);

/// <summary>Why a network cannot run as a stream.</summary>
/// <param name="Layer">The layer that stands in the way, as operations have it; empty where it is the network.</param>
/// <param name="Reason">What it does, as a sentence that follows its name.</param>
internal sealed record StreamObstacle(string Layer, string Reason);
