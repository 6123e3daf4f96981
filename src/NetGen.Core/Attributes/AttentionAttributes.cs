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
/// Adds to each step what tells its number: the feature 2i of step t gets <c>sin(t / base^(2i / features))</c> and the one behind it the cosine
/// (A. Vaswani et al., "Attention Is All You Need", 2017). Nothing is trained and nothing stored.
/// </summary>
public sealed class SinusoidalPositionsAttribute : LayerAttribute
{
    /// <summary>How much longer the longest wave is than the shortest, nearly; above 1. 10000 unless set.</summary>
    public double Base { get; set; } = 10000;
}

/// <summary>Which features of a head make a pair that rotary positions turn.</summary>
public enum RotaryPositions
{
    /// <summary>None: there are no rotary positions.</summary>
    None,

    /// <summary>Neighbours, 2i and 2i + 1: as J. Su et al. write it, "RoFormer: Enhanced Transformer with Rotary Position Embedding", 2021.</summary>
    Neighbours,

    /// <summary>Those half a head apart, i and i + d/2: as GPT-NeoX has it, and weights of Llama in the form of Hugging Face.</summary>
    Halves,
}

/// <summary>
/// The common base of layers with attention. Rotary positions turn pairs of each query's and each key's features, at step t, by the angle
/// <c>t / base^(2i / d)</c> of their pair i of a head of d features: (x, y) becomes (x cos − y sin, y cos + x sin).
/// </summary>
/// <param name="heads">The number of heads, a divisor of the features.</param>
public abstract class AttentionAttribute(int heads) : WeightedLayerAttribute
{
    /// <summary>The number of heads.</summary>
    public int Heads { get; } = heads;

    /// <summary>Whether a step looks at itself and earlier ones alone, so that the layer can run as a stream. False unless set.</summary>
    public bool Causal { get; set; }

    /// <summary>Which features of a head are turned by rotary positions; a head then has an even number. None unless set.</summary>
    public RotaryPositions Rotary { get; set; }

    /// <summary>How much more slowly the last pair turns than the first, nearly; above 1. 10000 unless set.</summary>
    public double RotaryBase { get; set; } = 10000;
}

/// <summary>
/// Attention of several heads over the steps of a sequence, [time, features] (A. Vaswani et al., "Attention Is All You Need", 2017):
/// <c>softmax(Q Kᵀ / √d) V</c> for each head. PyTorch's <c>MultiheadAttention</c>; <c>in_proj_weight</c> holds the projections to queries, keys and
/// values of a sequence with itself.
/// </summary>
/// <remarks>
/// Keys and values of other points have projections of their own, <c>q_proj_weight</c>, <c>k_proj_weight</c> and <c>v_proj_weight</c> as PyTorch
/// calls them where keys or values have another number of features, with <c>q_proj_bias</c>, <c>k_proj_bias</c> and <c>v_proj_bias</c>: the thirds,
/// in this order, of PyTorch's <c>in_proj_bias</c> and, where all have the same number of features, of its <c>in_proj_weight</c>.
/// </remarks>
/// <param name="heads">The number of heads, a divisor of the features.</param>
public sealed class MultiHeadAttentionAttribute(int heads) : AttentionAttribute(heads)
{
    /// <summary>The name of a point, [time, features], whose steps are looked at; those of what comes before unless set.</summary>
    public string? KeysFrom { get; set; }

    /// <summary>The name of a point, of as many steps as the keys, whose values are taken; that of the keys unless set.</summary>
    public string? ValuesFrom { get; set; }

    /// <summary>
    /// Whether queries, keys and values have projections of their own even where all are of one sequence: <c>q_proj_weight</c> and so on. False
    /// unless set.
    /// </summary>
    public bool Separate { get; set; }
}

/// <summary>
/// A block of a transformer, over [time, features]: attention and two dense layers, each with a shortcut around it and a layer norm. PyTorch's
/// <c>TransformerEncoderLayer</c>, whose names it has: <c>self_attn</c>, <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>.
/// </summary>
/// <param name="heads">The number of heads, a divisor of the features.</param>
/// <param name="feedForward">The width between the two dense layers, at least 1.</param>
public sealed class TransformerBlockAttribute(int heads, int feedForward) : AttentionAttribute(heads)
{
    /// <summary>The width between the two dense layers.</summary>
    public int FeedForward { get; } = feedForward;

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
