using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Expressions;

/// <summary>
/// Every activation, defined once. Semantics and names are PyTorch's, at the kinks too. Definitions avoid |x| where the
/// function is smooth at 0 and write min(−x, x) for −|x|: its derivative there belongs to one of the branches, as does that
/// of the max(x, 0) it is paired with, and so the sum of both is right even at exactly 0.
/// </summary>
internal static class Activations
{
    private static readonly Variable x = Activation.Input;

    /// <summary>The activation that has this formula, with constants that stand in it; null where it is none of these.</summary>
    /// <param name="value">The formula, in <see cref="Activation.Input"/>.</param>
    public static Activation? OfFormula(Expression value)
    {
        var formula = Simplifier.Simplify(value);
        double[] constants = [.. Constants.In(formula)];
        IEnumerable<Activation> plain =
        [
            Relu, Relu6, Sigmoid, Tanh, Selu, Silu, Gelu, GeluTanh, Mish, Softplus, Softsign, HardSigmoid, HardSwish, TanhShrink, LogSigmoid,
        ];
        var ofOne = constants.SelectMany(a => new[] { LeakyRelu(a), Elu(a) });
        var ofPositive = constants.Where(a => a > 0).SelectMany(a => new[] { ClippedRelu(a), Celu(a), Celu(1 / a), HardShrink(a), SoftShrink(a) });
        var ofTwo = constants.SelectMany(a => constants.SelectMany(b => a < b ? new[] { Threshold(a, b), HardTanh(a, b) } : [Threshold(a, b)]));
        return plain.Concat(ofOne).Concat(ofPositive).Concat(ofTwo).FirstOrDefault(activation => activation.Value.Equals(formula));
    }

    /// <summary>max(x, 0).</summary>
    public static Activation Relu { get; } = new("relu", Max(x, 0))
    {
        IsMonotone = true, PreservesPositivity = true, IsRectifier = true,
    };

    /// <summary>min(max(x, 0), 6).</summary>
    public static Activation Relu6 { get; } = new("relu6", Clamp(x, 0, 6))
    {
        IsMonotone = true, PreservesPositivity = true, IsRectifier = true,
    };

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Activation Sigmoid { get; } = new("sigmoid", Functions.Sigmoid(x)) { IsMonotone = true };

    /// <summary>1 / (1 + e⁻ˣ) to an absolute precision, for the gates of recurrent layers.</summary>
    public static Activation Gate { get; } = new("gate", Functions.Gate(x)) { IsMonotone = true };

    /// <summary>tanh x.</summary>
    public static Activation Tanh { get; } = new("tanh", Functions.Tanh(x)) { IsMonotone = true, PreservesPositivity = true };

    /// <summary>λ x for x > 0, λ α (eˣ − 1) otherwise (G. Klambauer et al., 2017).</summary>
    /// <remarks>Not a rectifier here: its fixed point assumes weights of variance 1 / fan-in, to which Glorot's is closer.</remarks>
    public static Activation Selu { get; } = ScaledElu("selu", 1.0507009873554804934193349852946, 1.6732632423543772848170429916717) with
    {
        IsRectifier = false,
    };

    /// <summary>x · sigmoid x.</summary>
    public static Activation Silu { get; } = new("silu", x * Functions.Sigmoid(x)) { PreservesPositivity = true, IsRectifier = true };

    /// <summary>x · Φ(x) (D. Hendrycks and K. Gimpel, 2016).</summary>
    public static Activation Gelu { get; } = new("gelu", 0.5 * x * (1 + Erf(x * Math.Sqrt(0.5))))
    {
        PreservesPositivity = true, IsRectifier = true,
    };

    /// <summary>Gelu with Φ approximated through tanh.</summary>
    public static Activation GeluTanh { get; } = new(
        "gelu_tanh", 0.5 * x * (1 + Functions.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))))
    {
        PreservesPositivity = true, IsRectifier = true,
    };

    /// <summary>x · tanh(ln(1 + eˣ)) (D. Misra, 2019).</summary>
    public static Activation Mish { get; } = CreateMish();

    /// <summary>ln(1 + eˣ).</summary>
    /// <remarks>Written so that e is never raised to a positive power; the derivative is a sigmoid, said directly.</remarks>
    public static Activation Softplus { get; } = new(
        "softplus", Max(x, 0) + Log1p(Exp(Min(-x, x))), derivative: Functions.Sigmoid(x))
    {
        IsMonotone = true, IsRectifier = true,
    };

    /// <summary>x / (1 + |x|).</summary>
    /// <remarks>The symbolic derivative contains 1 − |x| / (1 + |x|), which cancels for large x; 1 / (1 + |x|)² does not.</remarks>
    public static Activation Softsign { get; } = new(
        "softsign", x / (1 + Abs(x)), derivative: 1 / ((1 + Abs(x)) * (1 + Abs(x))))
    {
        IsMonotone = true, PreservesPositivity = true,
    };

    /// <summary>min(max(x / 6 + 1/2, 0), 1), written so that the kinks lie at exactly ±3.</summary>
    public static Activation HardSigmoid { get; } = new("hardsigmoid", Clamp(x + 3, 0, 6) / 6) { IsMonotone = true };

    /// <summary>x · min(max(x + 3, 0), 6) / 6 (A. Howard et al., 2019).</summary>
    /// <remarks>The derivative is PyTorch's, which counts both kinks, −3 and 3, to the curved part between them.</remarks>
    public static Activation HardSwish { get; } = new(
        "hardswish",
        x * Clamp(x + 3, 0, 6) / 6,
        derivative: Select(x < -3, 0, Select(x > 3, 1, (x / 3) + 0.5)))
    {
        PreservesPositivity = true, IsRectifier = true,
    };

    /// <summary>x for x > 0, slope · x otherwise.</summary>
    public static Activation LeakyRelu(double slope) => new("leaky_relu", Select(x > 0, x, slope * x))
    {
        IsMonotone = slope >= 0, PreservesPositivity = slope >= 0, IsRectifier = true,
    };

    /// <summary>min(max(x, minimum), maximum).</summary>
    public static Activation HardTanh(double minimum, double maximum) => new("hardtanh", Clamp(x, minimum, maximum))
    {
        IsMonotone = true, PreservesPositivity = minimum <= 0 && maximum > 0,
    };

    /// <summary>min(max(x, 0), ceiling).</summary>
    public static Activation ClippedRelu(double ceiling) => new("clipped_relu", Clamp(x, 0, ceiling))
    {
        IsMonotone = true, PreservesPositivity = true, IsRectifier = true,
    };

    /// <summary>x − tanh x.</summary>
    /// <remarks>The derivative is tanh² x, said directly: 1 − (1 − tanh² x) cancels near 0.</remarks>
    public static Activation TanhShrink { get; } = new(
        "tanhshrink", x - Functions.Tanh(x), derivative: Functions.Tanh(x) * Functions.Tanh(x))
    {
        IsMonotone = true, PreservesPositivity = true,
    };

    /// <summary>ln(sigmoid x).</summary>
    /// <remarks>Written so that e is never raised to a positive power; the derivative is a sigmoid, said directly.</remarks>
    public static Activation LogSigmoid { get; } = new(
        "logsigmoid", Min(x, 0) - Log1p(Exp(Min(-x, x))), derivative: Functions.Sigmoid(-x))
    {
        IsMonotone = true,
    };

    /// <summary>x where |x| > reach, 0 elsewhere.</summary>
    public static Activation HardShrink(double reach) => new("hardshrink", Select(x <= reach, Select(x >= -reach, 0, x), x))
    {
        IsMonotone = true, PreservesPositivity = reach == 0,
    };

    /// <summary>x moved towards 0 by reach, and 0 where it would cross.</summary>
    public static Activation SoftShrink(double reach) => new(
        "softshrink", Select(x <= reach, Select(x >= -reach, 0, x + reach), x - reach))
    {
        IsMonotone = true, PreservesPositivity = reach == 0,
    };

    /// <summary>x where x > threshold, value elsewhere.</summary>
    public static Activation Threshold(double threshold, double value) => new("threshold", Select(x <= threshold, value, x))
    {
        IsMonotone = value <= threshold, PreservesPositivity = threshold == 0 && value <= 0, IsRectifier = true,
    };

    /// <summary>x for x > 0, alpha · (e^(x / alpha) − 1) otherwise: smooth for every alpha (J. T. Barron, 2017).</summary>
    public static Activation Celu(double alpha) => new("celu", Select(x > 0, x, alpha * Expm1(x / alpha)))
    {
        IsMonotone = true, PreservesPositivity = true, IsRectifier = true,
    };

    /// <summary>x for x > 0, alpha · (eˣ − 1) otherwise.</summary>
    public static Activation Elu(double alpha) => ScaledElu("elu", 1, alpha);

    private static Activation ScaledElu(string name, double scale, double alpha) =>
        new(name, Select(x > 0, scale * x, scale * alpha * Expm1(x)))
        {
            IsMonotone = alpha >= 0, PreservesPositivity = alpha >= 0, IsRectifier = true,
        };

    // tanh(ln(1 + eˣ)) is (n² + 2n) / (n² + 2n + 2) with n = eˣ. With e = e^−|x| instead, numerator and denominator divided by
    // n² for positive x, nothing overflows, and one exponential replaces three functions. The derivative is
    // t + x (1 − t²) sigmoid x, where sigmoid x is (x > 0 ? 1 : e) / (1 + e), and 1 − t² is (1 − t)(1 + t) with 1 − t free of
    // cancellation.
    private static Activation CreateMish()
    {
        var e = Exp(Min(-x, x));
        var numerator = Select(x > 0, 1 + (2 * e), e * (e + 2));
        var rest = Select(x > 0, 2 * e * e, 2);
        var t = numerator / (numerator + rest);
        var sigmoid = Select(x > 0, 1, e) / (1 + e);
        return new Activation("mish", x * t, derivative: t + (x * sigmoid * (rest / (numerator + rest)) * (1 + t)))
        {
            PreservesPositivity = true, IsRectifier = true,
        };
    }
}
