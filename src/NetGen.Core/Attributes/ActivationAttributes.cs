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

/// <summary>min(max(x, minimum), maximum), as PyTorch's <c>Hardtanh</c>.</summary>
/// <param name="minimum">The smallest output.</param>
/// <param name="maximum">The largest output, above the smallest.</param>
public sealed class HardTanhAttribute(double minimum = -1, double maximum = 1) : LayerAttribute
{
    /// <summary>The smallest output.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>The largest output.</summary>
    public double Maximum { get; } = maximum;
}

/// <summary>min(max(x, 0), ceiling).</summary>
/// <param name="ceiling">The largest output, positive.</param>
public sealed class ClippedReluAttribute(double ceiling) : LayerAttribute
{
    /// <summary>The largest output.</summary>
    public double Ceiling { get; } = ceiling;
}

/// <summary>
/// x for x > 0, alpha · (e^(x / alpha) − 1) otherwise (J. T. Barron, "Continuously Differentiable Exponential Linear Units", 2017).
/// </summary>
/// <param name="alpha">The negative of the limit for very negative inputs, positive.</param>
public sealed class CeluAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>The negative of the limit for very negative inputs.</summary>
    public double Alpha { get; } = alpha;
}

/// <summary>x where |x| > reach, 0 elsewhere, as PyTorch's <c>Hardshrink</c>.</summary>
/// <param name="reach">How far from 0 inputs are taken for it, at least 0.</param>
public sealed class HardShrinkAttribute(double reach = 0.5) : LayerAttribute
{
    /// <summary>How far from 0 inputs are taken for it.</summary>
    public double Reach { get; } = reach;
}

/// <summary>x − reach for x > reach, x + reach for x &lt; −reach, 0 between, as PyTorch's <c>Softshrink</c>.</summary>
/// <param name="reach">By how much inputs are moved towards 0, at least 0.</param>
public sealed class SoftShrinkAttribute(double reach = 0.5) : LayerAttribute
{
    /// <summary>By how much inputs are moved towards 0.</summary>
    public double Reach { get; } = reach;
}

/// <summary>x − tanh x.</summary>
public sealed class TanhShrinkAttribute : LayerAttribute;

/// <summary>x where x > threshold, value elsewhere.</summary>
/// <param name="threshold">What inputs must exceed to pass.</param>
/// <param name="value">What takes the place of the others.</param>
public sealed class ThresholdAttribute(double threshold, double value) : LayerAttribute
{
    /// <summary>What inputs must exceed to pass.</summary>
    public double Limit { get; } = threshold;

    /// <summary>What takes the place of the others.</summary>
    public double Value { get; } = value;
}

/// <summary>ln(sigmoid x), exact for large negative inputs too.</summary>
public sealed class LogSigmoidAttribute : LayerAttribute;

/// <summary>
/// x for x > 0, w · x otherwise, with a trained w that starts at 1/4 (K. He et al., "Delving Deep into Rectifiers", 2015; PyTorch's
/// <c>PReLU</c>).
/// </summary>
public sealed class PReluAttribute : LayerAttribute
{
    /// <summary>Whether each channel, or element of a vector, has a w of its own, as <c>num_parameters</c> says there. False unless set.</summary>
    public bool PerChannel { get; set; }
}

/// <summary>
/// The gated linear unit a · sigmoid b of the two halves of its input (Y. Dauphin et al., 2016; PyTorch's <c>GLU</c>). It halves the
/// dimension.
/// </summary>
public sealed class GluAttribute : LayerAttribute
{
    /// <summary>The dimension that is halved; negative numbers count from the last. 0, the channels or features, unless set.</summary>
    public int Axis { get; set; }
}

/// <summary>
/// The lengths of complex numbers, √(a² + b²) of the two halves of its input: of the real parts and the imaginary ones behind them, as a
/// <see cref="Conv1DAttribute"/> leaves them whose kernels are the sines and cosines of a short-time Fourier transform. It halves the dimension. The
/// slope at 0 is 0.
/// </summary>
public sealed class MagnitudeAttribute : LayerAttribute
{
    /// <summary>The dimension that is halved; negative numbers count from the last. 0, the channels or features, unless set.</summary>
    public int Axis { get; set; }
}

/// <summary>
/// The gated feed-forward layer of transformers, down(silu(gate x) · up x), as long as its input (N. Shazeer, "GLU Variants Improve
/// Transformer", 2020). Its parameters are <c>gate</c>, <c>up</c> and <c>down</c>, each with weight and bias.
/// </summary>
/// <param name="hidden">The number of units between, at least 1.</param>
public sealed class SwiGluAttribute(int hidden) : WeightedLayerAttribute
{
    /// <summary>The number of units between.</summary>
    public int Hidden { get; } = hidden;
}

/// <summary>x · Φ(x), with Φ the distribution function of the standard normal (D. Hendrycks and K. Gimpel, 2016).</summary>
public sealed class GeluAttribute : LayerAttribute
{
    /// <summary>Whether Φ is approximated through tanh, as PyTorch's <c>approximate="tanh"</c>. False unless set.</summary>
    public bool Approximate { get; set; }
}

/// <summary>eˣ / Σ eˣ over all elements of a one-dimensional output, or over the channels of each pixel.</summary>
public sealed class SoftmaxAttribute : LayerAttribute;

/// <summary>ln(eˣ / Σ eˣ), finite where the softmax itself would be 0; over the same elements as <see cref="SoftmaxAttribute"/>.</summary>
public sealed class LogSoftmaxAttribute : LayerAttribute;
