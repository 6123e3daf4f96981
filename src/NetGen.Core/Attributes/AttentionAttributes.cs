namespace NetGen;

/// <summary>
/// Looks up a vector for each token: from the steps of an <see cref="InputAttribute"/> with a vocabulary to [time, features]. PyTorch's
/// <c>Embedding</c>; its <c>weight</c> is [vocabulary, features] and begins normal with deviation 1.
/// </summary>
/// <param name="features">The length of a vector, at least 1.</param>
public sealed class EmbeddingAttribute(int features) : LayerAttribute
{
    /// <summary>The length of a vector.</summary>
    public int Features { get; } = features;
}

/// <summary>
/// Adds a trained vector to each step, so that attention can tell one from another: <c>weight</c> is [time, features] and begins normal with
/// deviation 0.02.
/// </summary>
public sealed class PositionsAttribute : LayerAttribute;

/// <summary>
/// Attention of several heads over the steps of a sequence, [time, features] (A. Vaswani et al., "Attention Is All You Need", 2017):
/// <c>softmax(Q Kᵀ / √d) V</c> for each head. PyTorch's <c>MultiheadAttention</c> of a sequence with itself; <c>in_proj_weight</c> holds the
/// projections to queries, keys and values.
/// </summary>
/// <param name="heads">The number of heads, a divisor of the features.</param>
public sealed class MultiHeadAttentionAttribute(int heads) : WeightedLayerAttribute
{
    /// <summary>The number of heads.</summary>
    public int Heads { get; } = heads;

    /// <summary>Whether a step looks at itself and earlier ones alone. False unless set.</summary>
    public bool Causal { get; set; }
}

/// <summary>
/// A block of a transformer, over [time, features]: attention and two dense layers, each with a shortcut around it and a layer norm. PyTorch's
/// <c>TransformerEncoderLayer</c>, whose names it has: <c>self_attn</c>, <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>.
/// </summary>
/// <param name="heads">The number of heads, a divisor of the features.</param>
/// <param name="feedForward">The width between the two dense layers, at least 1.</param>
public sealed class TransformerBlockAttribute(int heads, int feedForward) : WeightedLayerAttribute
{
    /// <summary>The number of heads.</summary>
    public int Heads { get; } = heads;

    /// <summary>The width between the two dense layers.</summary>
    public int FeedForward { get; } = feedForward;

    /// <summary>Whether a step looks at itself and earlier ones alone. False unless set.</summary>
    public bool Causal { get; set; }

    /// <summary>
    /// Whether the norms stand before attention and dense layers, which trains deep networks more easily, instead of behind the sums as in the
    /// original. False unless set.
    /// </summary>
    public bool PreNorm { get; set; }

    /// <summary>Whether the activation between the dense layers is gelu instead of relu. False unless set.</summary>
    public bool Gelu { get; set; }

    /// <summary>What is added to variances. 1e-5 unless set.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>The share of numbers that training sets to zero behind attention, activation and dense layers. 0 unless set.</summary>
    public double Dropout { get; set; }
}
