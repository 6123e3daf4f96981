using System.ComponentModel;

namespace NetGen;

/// <summary>What the generator makes of every <see cref="NetworkAttribute"/> class.</summary>
/// <typeparam name="TSelf">The network's own class.</typeparam>
public interface INetwork<TSelf> where TSelf : class, INetwork<TSelf>
{
    /// <summary>The number of floats in one input sample.</summary>
    static abstract int InputLength { get; }

    /// <summary>The number of floats in one output sample.</summary>
    static abstract int OutputLength { get; }

    /// <summary>Shapes, layers and parameters.</summary>
    static abstract NetworkDescription Description { get; }

    /// <summary>Makes a network, so that code that is generic in its type can: <c>TNetwork.Create(seed: 42)</c>.</summary>
    /// <param name="seed">Any number; equal seeds give equal parameters.</param>
    /// <returns>A network whose parameters are drawn from the seed.</returns>
    /// <exception cref="NotSupportedException">
    /// The class has constructors of its own, and none takes nothing or <c>int seed</c> alone: only its author knows how to make one.
    /// </exception>
    static abstract TSelf Create(int seed = 0);

    /// <summary>All parameters, in one block.</summary>
    ParameterBlock Parameters { get; }

    /// <summary>Predicts one sample. Thread-safe; allocates nothing.</summary>
    /// <param name="input"><see cref="InputLength"/> floats.</param>
    /// <param name="output"><see cref="OutputLength"/> floats, overwritten; memory apart from the input's.</param>
    void Predict(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Predicts many samples. Thread-safe; allocates nothing once warm.</summary>
    /// <param name="inputs">Samples one after the other, <see cref="InputLength"/> floats each.</param>
    /// <param name="outputs">Room for as many outputs, <see cref="OutputLength"/> floats each, overwritten.</param>
    /// <param name="threads">How many threads may share the work; 0 means one per processor core.</param>
    void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int threads = 0);

    /// <summary>
    /// Stands for the code that runs over the parameters: <see cref="NetworkDescription.CodeStamp"/> of the description, unless hot reload has
    /// replaced the code since.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual ulong CodeStamp => 0;

    /// <summary>The floats of scratch memory that <see cref="InferBlock"/> needs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract int InferenceScratchLength { get; }

    /// <summary>The largest number of samples <see cref="InferBlock"/> takes at once.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract int InferenceBlock { get; }

    /// <summary>
    /// Predicts a block of samples on the calling thread: the generated code itself, without checks. The scratch memory is
    /// zero when it is first used and is kept for this network type alone.
    /// </summary>
    /// <param name="parameters">The start of the parameter block.</param>
    /// <param name="inputs">The first input.</param>
    /// <param name="outputs">The first output.</param>
    /// <param name="scratch">The start of <see cref="InferenceScratchLength"/> floats.</param>
    /// <param name="count">The number of samples, 1 to <see cref="InferenceBlock"/>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void InferBlock(
        ref readonly float parameters, ref readonly float inputs, ref float outputs, ref float scratch, int count);
}

/// <summary>What the generator adds to a network that has a loss, or is trained by gradients that callers compute of its outputs.</summary>
/// <typeparam name="TSelf">The network's own class.</typeparam>
public interface ITrainableNetwork<TSelf> : INetwork<TSelf> where TSelf : class, ITrainableNetwork<TSelf>
{
    /// <summary>The floats of workspace that a training step on <paramref name="capacity"/> samples needs.</summary>
    /// <param name="capacity">The largest batch.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract int TrainingWorkspaceLength(int capacity);

    /// <summary>
    /// Runs the batch forward, computes each sample's share of the loss, and runs backward to the gradient of the mean
    /// loss with respect to every parameter. All workers of a team call it with the same frame and meet at barriers
    /// between layers, and once more when it has returned; the bits of the result do not depend on how many they are. The frame may ask for a
    /// part of it, up to the outputs or from there on, and may have the gradient of the outputs, which then takes the place of the loss's.
    /// </summary>
    /// <param name="frame">The batch and the memory to work in.</param>
    /// <param name="worker">The calling worker.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void Backpropagate(TrainingFrame frame, Worker worker);

    /// <summary>
    /// Computes each sample's share of the mean loss of outputs that have been predicted already, as validation does:
    /// into the <see cref="LossTerm.SampleLosses"/> of the frame or, where several outputs are judged, of its terms.
    /// </summary>
    /// <param name="frame">The batch's targets.</param>
    /// <param name="outputs">
    /// The first sample's outputs, one sample after the other; where several outputs are judged, all samples of the first, then of the next.
    /// </param>
    /// <param name="scratch">As many floats of scratch memory as there are outputs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void EvaluateLoss(TrainingFrame frame, ref readonly float outputs, ref float scratch);
}
