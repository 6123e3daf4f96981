namespace NetGen;

/// <summary>max(x, 0).</summary>
public sealed class ReluAttribute : LayerAttribute;

/// <summary>min(max(x, 0), 6).</summary>
public sealed class Relu6Attribute : LayerAttribute;

/// <summary>1 / (1 + e⁻ˣ).</summary>
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary>tanh x.</summary>
public sealed class TanhAttribute : LayerAttribute;

/// <summary>λ x for x > 0, λ α (eˣ − 1) otherwise, with the constants of G. Klambauer et al., "Self-Normalizing Neural Networks", 2017.</summary>
public sealed class SeluAttribute : LayerAttribute;

/// <summary>x · sigmoid x, also called Swish.</summary>
public sealed class SiluAttribute : LayerAttribute;

/// <summary>x · tanh(ln(1 + eˣ)), D. Misra, 2019.</summary>
public sealed class MishAttribute : LayerAttribute;

/// <summary>ln(1 + eˣ).</summary>
public sealed class SoftplusAttribute : LayerAttribute;

/// <summary>x / (1 + |x|).</summary>
public sealed class SoftsignAttribute : LayerAttribute;

/// <summary>min(max(x / 6 + 1/2, 0), 1), as PyTorch's <c>Hardsigmoid</c>.</summary>
public sealed class HardSigmoidAttribute : LayerAttribute;

/// <summary>x · min(max(x + 3, 0), 6) / 6, A. Howard et al., "Searching for MobileNetV3", 2019.</summary>
public sealed class HardSwishAttribute : LayerAttribute;

/// <summary>x for x > 0, slope · x otherwise.</summary>
/// <param name="slope">The slope for negative inputs.</param>
public sealed class LeakyReluAttribute(double slope = 0.01) : LayerAttribute
{
    /// <summary>The slope for negative inputs.</summary>
    public double Slope { get; } = slope;
}

/// <summary>x for x > 0, alpha · (eˣ − 1) otherwise.</summary>
/// <param name="alpha">The negative of the limit for very negative inputs.</param>
public sealed class EluAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>The negative of the limit for very negative inputs.</summary>
    public double Alpha { get; } = alpha;
}

/// <summary>x · Φ(x), with Φ the distribution function of the standard normal (D. Hendrycks and K. Gimpel, 2016).</summary>
public sealed class GeluAttribute : LayerAttribute
{
    /// <summary>Whether Φ is approximated through tanh, as PyTorch's <c>approximate="tanh"</c>. False unless set.</summary>
    public bool Approximate { get; set; }
}

/// <summary>eˣ / Σ eˣ over all elements of a one-dimensional output, or over the channels of each pixel.</summary>
public sealed class SoftmaxAttribute : LayerAttribute;
