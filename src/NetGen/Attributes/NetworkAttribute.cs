namespace NetGen;

/// <summary>
/// Marks a partial class as a neural network. The attributes that follow, on the class, are its layers in order: an
/// <see cref="InputAttribute"/> first, then layers and activations, then at most one loss. The source generator adds
/// the parameters, prediction and, when there is a loss, training.
/// </summary>
/// <remarks>
/// All layer attributes must stand on one declaration of the class: the order of attributes that are spread over several
/// partial declarations is not defined.
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
