namespace NetGen;

/// <summary>The mean over all elements of (output − target)².</summary>
public sealed class MeanSquaredErrorAttribute : LossAttribute;

/// <summary>The mean over all elements of |output − target|.</summary>
public sealed class MeanAbsoluteErrorAttribute : LossAttribute;

/// <summary>
/// The mean over all elements of ½ e² where |e| ≤ delta, delta · (|e| − ½ delta) elsewhere, e = output − target
/// (P. J. Huber, 1964).
/// </summary>
/// <param name="delta">Where the square turns into a line, positive.</param>
public sealed class HuberAttribute(float delta = 1f) : LossAttribute
{
    /// <summary>Where the square turns into a line.</summary>
    public float Delta { get; } = delta;
}

/// <summary>
/// The mean over all elements of −t ln p − (1 − t) ln(1 − p) with p = sigmoid(output): the outputs are logits, and no
/// <see cref="SigmoidAttribute"/> stands before this loss.
/// </summary>
public sealed class BinaryCrossEntropyAttribute : LossAttribute;

/// <summary>
/// The mean over samples of −Σ t ln softmax(output): the outputs are logits, and no <see cref="SoftmaxAttribute"/> stands
/// before this loss. Targets are class ids, or probabilities that sum to one.
/// </summary>
public sealed class SoftmaxCrossEntropyAttribute : LossAttribute
{
    /// <summary>The share of the target's mass spread evenly over all classes, at least 0 and below 1.</summary>
    public float LabelSmoothing { get; set; }

    /// <summary>
    /// A positive weight per class; the mean then divides by the sum of the samples' weights, as PyTorch does.
    /// </summary>
    public float[]? ClassWeights { get; set; }
}
