namespace NetGen;

/// <summary>Makes one dimension of all, channels outermost. Implied before <see cref="DenseAttribute"/>.</summary>
public sealed class FlattenAttribute : LayerAttribute;

/// <summary>
/// In training, sets each element to zero with the given probability and scales the others by 1 / (1 − rate); in
/// prediction, does nothing (N. Srivastava et al., "Dropout", 2014).
/// </summary>
/// <param name="rate">The probability, at least 0 and below 1.</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability of an element being dropped.</summary>
    public double Rate { get; } = rate;
}
