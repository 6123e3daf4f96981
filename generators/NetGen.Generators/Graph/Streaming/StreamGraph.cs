namespace NetGen.Generators.Graph.Streaming;

/// <summary>A network as a stream: the operations of one step of time, which takes one step of the inputs and gives one of the outputs.</summary>
/// <param name="Operations">The operations, in order. Whatever one reads and writes has the same clock.</param>
/// <param name="Inputs">The inputs of one step.</param>
/// <param name="Outputs">The outputs of one step.</param>
/// <param name="Past">
/// The tensors that are rows, of what is remembered or of a table with one for each step: of this step and of those before.
/// </param>
/// <param name="Clocks">When each tensor of a step is there.</param>
/// <param name="OutputClock">When there is a step of the outputs.</param>
/// <param name="Warm">The number of the input's step from which on all are alike.</param>
/// <param name="Room">The number of the input's step at which there is no room left.</param>
/// <param name="IsBounded">
/// Whether there are no more steps than that, because some operation needs all of them or the step's number; otherwise what is remembered moves
/// back, to where the first step stands from which on all are alike.
/// </param>
internal sealed record StreamGraph(
    IReadOnlyList<Operation> Operations,
    IReadOnlyList<InputPoint> Inputs,
    IReadOnlyList<OutputPoint> Outputs,
    IReadOnlyList<StreamRow> Past,
    IReadOnlyDictionary<Value, Clock> Clocks,
    Clock OutputClock,
    int Warm,
    int Room,
    bool IsBounded);

/// <summary>What is a row of what is remembered, or of a table.</summary>
/// <param name="Tensor">The row, or the rows, at the first step of the input.</param>
/// <param name="Period">The steps of the input from one row to the next.</param>
internal sealed record StreamRow(StepTensor Tensor, int Period);

/// <summary>Why a network cannot run as a stream.</summary>
/// <param name="Layer">The layer that stands in the way, as operations have it; empty where it is the network.</param>
/// <param name="Reason">What it does, as a sentence that follows its name.</param>
internal sealed record StreamObstacle(string Layer, string Reason);
