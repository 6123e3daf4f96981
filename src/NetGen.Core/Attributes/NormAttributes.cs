namespace NetGen;

/// <summary>
/// Normalises each channel over the batch (and over an image's pixels): <c>y = (x − mean) / √(variance + epsilon) · weight + bias</c>
/// (S. Ioffe and C. Szegedy, "Batch normalization", 2015), as PyTorch's <c>BatchNorm1d</c> and <c>BatchNorm2d</c> do.
/// </summary>
/// <remarks>
/// <para>A training step normalises with the mean and variance of its batch, and moves the running statistics towards them. A prediction
/// normalises with the running statistics, which are then two numbers per channel; behind a layer with a weight they become part of it and cost
/// nothing.</para>
/// <para>The shape stays. Trainable: <c>weight</c> and <c>bias</c>, one number per channel, at first 1 and 0, without weight decay. Stored beside
/// them: <c>running_mean</c>, <c>running_var</c> and <c>num_batches_tracked</c>.</para>
/// </remarks>
public sealed class BatchNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance; at least 0 and finite.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>The share of a batch's statistics in the running ones: above 0, at most 1.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>Whether there are a weight and a bias to be trained.</summary>
    public bool Affine { get; set; } = true;
}

/// <summary>
/// Normalises each sample over all of its elements, or each step of a sequence over its features:
/// <c>y = (x − mean) / √(variance + epsilon) · weight + bias</c> (J. L. Ba, J. R. Kiros and G. E. Hinton, "Layer normalization", 2016).
/// </summary>
/// <remarks>
/// The shape stays. Trainable: <c>weight</c> and <c>bias</c>, one number per element normalised, at first 1 and 0, without weight decay.
/// </remarks>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance; at least 0 and finite.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether there are a weight and a bias to be trained.</summary>
    public bool Affine { get; set; } = true;

    /// <summary>Whether there is a bias, where there is a weight.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary>
/// Divides each sample, or each step of a sequence, by the root of its mean square: <c>y = x / √(mean(x²) + epsilon) · weight</c>
/// (B. Zhang and R. Sennrich, "Root mean square layer normalization", 2019).
/// </summary>
/// <remarks>The shape stays. Trainable: <c>weight</c>, one number per element normalised, at first 1, without weight decay.</remarks>
public sealed class RmsNormAttribute : LayerAttribute
{
    /// <summary>What is added to the mean square; at least 0 and finite.</summary>
    public double Epsilon { get; set; } = 1e-6;

    /// <summary>Whether there is a weight to be trained.</summary>
    public bool Affine { get; set; } = true;
}

/// <summary>
/// Normalises each sample over groups of channels and all of their pixels (Y. Wu and K. He, "Group normalization", 2018).
/// </summary>
/// <remarks>The shape stays. Trainable: <c>weight</c> and <c>bias</c>, one number per channel, at first 1 and 0, without weight decay.</remarks>
/// <param name="groups">The number of groups, a divisor of the number of channels.</param>
public sealed class GroupNormAttribute(int groups) : LayerAttribute
{
    /// <summary>The number of groups.</summary>
    public int Groups { get; } = groups;

    /// <summary>What is added to the variance; at least 0 and finite.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether there are a weight and a bias to be trained.</summary>
    public bool Affine { get; set; } = true;
}

/// <summary>
/// Normalises each channel of each sample over its pixels (D. Ulyanov, A. Vedaldi and V. Lempitsky, "Instance normalization", 2016).
/// </summary>
/// <remarks>
/// The shape stays. Trainable: <c>weight</c> and <c>bias</c>, one number per channel, at first 1 and 0, without weight decay. PyTorch's has them
/// only with <c>affine=True</c>: write <c>Affine = false</c> for its default.
/// </remarks>
public sealed class InstanceNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance; at least 0 and finite.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether there are a weight and a bias to be trained.</summary>
    public bool Affine { get; set; } = true;
}
