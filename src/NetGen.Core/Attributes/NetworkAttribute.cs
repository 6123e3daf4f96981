namespace NetGen;

/// <summary>
/// Marks a partial class as a neural network. The attributes that follow, on the class, are its layers in order: an
/// <see cref="InputAttribute"/> first, then layers and activations, then at most one loss. The source generator adds
/// the parameters, prediction and, when there is a loss or <see cref="OutputGradients"/>, training.
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
/// <c>Description</c>, <c>Parameters</c>, <c>Predict</c>, <c>PredictBatch</c>, <c>Save</c>, <c>Load</c>, <c>LoadFrom</c>, <c>ToString</c>
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
public sealed class NetworkAttribute : Attribute
{
    /// <summary>
    /// Whether a training step keeps the activation at each point (<see cref="Layer"/>) and the gradient with respect to it, for
    /// <c>Trainer.ActivationAt</c> and <c>GradientAt</c> to show. That takes memory and time for a copy of each; without it, which is usual, memory
    /// is used again as soon as nothing needs it. False unless set; of no effect without points or without a loss.
    /// </summary>
    public bool KeepPoints { get; set; }

    /// <summary>
    /// Whether outputs without a loss can be trained too, by gradients that the caller computes: a generator by its critic's, a policy by what an
    /// episode was worth (<c>Trainer.StepFromOutputGradient</c>). A network that has no loss at all then carries training code. Outputs with a loss
    /// need no option: the caller's gradient may take the place of theirs in any step. False unless set.
    /// </summary>
    public bool OutputGradients { get; set; }

    /// <summary>
    /// Whether every convolution is computed as the plain sum of products that it is. Otherwise those of 3 × 3 without strides, gaps and groups are
    /// computed tile by tile where that is faster, in prediction and training (Winograd's F(2 × 2, 3 × 3): 16 multiplications in place of 36). That
    /// rounds in other places: <c>docs/kernels.md</c> has the bound of the error. False unless set.
    /// </summary>
    public bool PlainSums { get; set; }

    /// <summary>
    /// How exactly layers compute elementary functions, in prediction and training, where they do not say themselves
    /// (<see cref="LayerAttribute.Precision"/>). Losses are exact in any case. <see cref="Precision.Exact"/> unless set.
    /// </summary>
    public Precision Precision { get; set; }
}

/// <summary>
/// Marks a class as a block: layers that networks use as one, by <see cref="UseAttribute{TBlock}"/> or
/// <see cref="ResidualAttribute{TBody}"/>. Its layers are declared as a network's are, in a chain on the class or as points
/// (<see cref="Layer"/>), but without an input and a loss: its sizes are those of the input it meets. The last point is its output.
/// </summary>
/// <remarks>
/// A block of points is a partial class, and an instance of it is a view of one use's parameters: <c>new Body(model.Stage)</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;

/// <summary>
/// The shape of one sample. One dimension is a vector of features; two are channels over time, three channels, height, width, in
/// that order. On a point (<see cref="Layer"/>) it is one of several inputs, named after the point.
/// </summary>
/// <param name="dimensions">
/// One to three positive sizes; layers that work on images read two dimensions as one channel's height and width.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false, AllowMultiple = true)]
public sealed class InputAttribute(params int[] dimensions) : Attribute
{
    /// <summary>The sizes, outermost (channels) first.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;

    /// <summary>
    /// Whether two sizes are steps of features, time first, for layers that would otherwise take them as channels over time: a dense layer or
    /// a norm then works step by step. Recurrent layers and attention read two sizes so by themselves. False unless set.
    /// </summary>
    public bool Sequence { get; set; }

    /// <summary>
    /// How many different tokens there are, where the input is a sequence of whole numbers from 0 up to below this, for an
    /// <see cref="EmbeddingAttribute"/> to look up; its one size is the number of steps. At most 16,777,216; 0 for numbers, unless set.
    /// </summary>
    public int Vocabulary { get; set; }

    /// <summary>
    /// Whether each sample says how many of the steps it has, from 1 to all of them, as a number behind the steps of this input (an input of its own,
    /// <c>length</c>, or a point's name with <c>Length</c>). Outputs and gradients are those of the shorter sequence alone: what stands behind its
    /// end is not looked at, an output that is a sequence too is zero there, and its loss counts the steps up to the end alone, all steps of all
    /// samples alike. Two sizes are then steps of features, as with <see cref="Sequence"/>. False unless set.
    /// </summary>
    public bool VariableLength { get; set; }
}

/// <summary>The common base of everything that can stand in a chain of layers, on a class or on a point (<see cref="Layer"/>).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false, AllowMultiple = true)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>
    /// The layer's name in weight files, instead of the one that its place gives it: <c>fc1</c> for <c>fc1.weight</c>. It counts from
    /// the class that the layer stands in, and may be a path.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// How exactly the layer computes the elementary functions of its activations and gates, and a block those of its layers; of no effect where
    /// there are none. What the network says (<see cref="NetworkAttribute.Precision"/>) unless set.
    /// </summary>
    public Precision Precision { get; set; }
}

/// <summary>
/// The common base of losses. Each judges the output it stands behind; without one a network only predicts, unless
/// <see cref="NetworkAttribute.OutputGradients"/> says that callers train it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false, AllowMultiple = true)]
public abstract class ObjectiveAttribute : Attribute
{
    /// <summary>The loss's share in the network's loss, which is the weighted sum of all. Positive; 1 unless set.</summary>
    public double Weight { get; set; } = 1;
}
