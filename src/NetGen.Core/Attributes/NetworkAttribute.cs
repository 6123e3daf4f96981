namespace NetGen;

/// <summary>
/// Marks a partial class as a neural network. The attributes that follow, on the class, are its layers in order: an
/// <see cref="InputAttribute"/> first, then layers and activations, then at most one loss. The source generator adds
/// the parameters, prediction and, when there is a loss, training.
/// </summary>
/// <remarks>
/// All layer attributes must stand on one declaration of the class: the order of attributes that are spread over several
/// partial declarations is not defined.
/// <para>
/// The generated constructor takes a seed, from which the first parameters are drawn. A class that declares a constructor of
/// its own gets none: its parameters are drawn from seed 0 before the constructor runs, which may draw them again
/// (<c>Parameters.Initialize(seed)</c>) or load them (<c>Load(path)</c>).
/// </para>
/// <para>
/// Other generated members: <c>InputLength</c>, <c>OutputLength</c>, <c>InputShape</c>, <c>OutputShape</c>,
/// <c>Description</c>, <c>Parameters</c>, <c>Predict</c>, <c>PredictBatch</c>, <c>Save</c>, <c>Load</c>, <c>ToString</c>
/// and, where the outputs are scores of classes, <c>Classify</c>. Predictions may run on any number of threads at once;
/// nothing may change the parameters meanwhile.
/// </para>
/// <para>
/// The compiled program picks the widest vectors of the processor it runs on. Compiled ahead of time (NativeAOT), it uses
/// those that the property <c>IlcInstructionSet</c> of the project names, <c>native</c> for all that the compiling machine
/// has; without it, 128-bit vectors.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute;

/// <summary>
/// The shape of one sample. One dimension is a vector of features; three are channels, height, width, in that order.
/// </summary>
/// <param name="dimensions">One to three positive sizes; two dimensions are read as one channel's height and width.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class InputAttribute(params int[] dimensions) : Attribute
{
    /// <summary>The sizes, outermost (channels) first.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;
}

/// <summary>The common base of everything that can stand in a network's chain of layers.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public abstract class LayerAttribute : Attribute;

/// <summary>The common base of losses. A network has at most one, after its last layer; without one it only predicts.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public abstract class LossAttribute : Attribute;
