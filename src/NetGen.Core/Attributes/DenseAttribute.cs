namespace NetGen;

/// <summary>
/// A fully connected layer: <c>y = W x + b</c> with <c>W</c> of shape [units, inputs]. An input of more than one
/// dimension is flattened first, channels outermost, as PyTorch's <c>Flatten</c> does.
/// </summary>
/// <param name="units">The number of outputs, at least 1.</param>
public sealed class DenseAttribute(int units) : WeightedLayerAttribute
{
    /// <summary>The number of outputs.</summary>
    public int Units { get; } = units;
}
