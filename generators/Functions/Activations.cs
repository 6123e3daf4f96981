using System;
using NetGen.Maths;
using static System.MathF;

namespace NetGen.Functions;

/// <summary>
/// Every activation, defined once, in the language of docs/differentiable.md. Semantics and names are PyTorch's, at the kinks too. Definitions
/// avoid |x| where the function is smooth at 0 and write min(−x, x) for −|x|: its derivative there belongs to one of the branches, as does that
/// of the max(x, 0) it is paired with, and so the sum of both is right even at exactly 0.
/// </summary>
/// <remarks>
/// A function whose name ends in <c>Derivative</c> is a better form of a derivative than the symbolic one, for the reason it states.
/// </remarks>
public static partial class Activations
{
    [Differentiable] public static float Relu(float x) => Max(x, 0);

    [Differentiable] public static float Relu6(float x) => Math.Clamp(x, 0, 6);

    [Differentiable] public static float ClippedRelu(float x, float ceiling) => Math.Clamp(x, 0, ceiling);

    [Differentiable] public static float LeakyRelu(float x, float slope) => x > 0 ? x : slope * x;

    [Differentiable] public static float Threshold(float x, float threshold, float value) => x <= threshold ? value : x;

    [Differentiable] public static float HardTanh(float x, float minimum, float maximum) => Math.Clamp(x, minimum, maximum);

    /// <summary>min(max(x / 6 + 1/2, 0), 1), written so that the kinks lie at exactly ±3.</summary>
    [Differentiable] public static float HardSigmoid(float x) => Math.Clamp(x + 3, 0, 6) / 6;

    /// <summary>A. Howard et al., 2019.</summary>
    [Differentiable] public static float HardSwish(float x) => x * Math.Clamp(x + 3, 0, 6) / 6;

    /// <summary>PyTorch's, which counts both kinks, −3 and 3, to the curved part between them.</summary>
    [Differentiable] public static float HardSwishDerivative(float x) => x < -3 ? 0 : x > 3 ? 1 : x / 3 + 0.5f;

    [Differentiable] public static float HardShrink(float x, float reach) => x <= reach ? x >= -reach ? 0 : x : x;

    /// <summary>x moved towards 0 by reach, and 0 where it would cross.</summary>
    [Differentiable] public static float SoftShrink(float x, float reach) => x <= reach ? x >= -reach ? 0 : x + reach : x - reach;

    [Differentiable] public static float Sigmoid(float x) => VectorMath.Sigmoid(x);

    /// <summary>The sigmoid to an absolute precision, for the gates of recurrent layers.</summary>
    [Differentiable] public static float Gate(float x) => VectorMath.Gate(x);

    [Differentiable] public static float Tanh(float x) => MathF.Tanh(x);

    [Differentiable] public static float TanhShrink(float x) => x - MathF.Tanh(x);

    /// <summary>tanh² x: 1 − (1 − tanh² x) cancels near 0.</summary>
    [Differentiable] public static float TanhShrinkDerivative(float x) => MathF.Tanh(x) * MathF.Tanh(x);

    /// <summary>ln(sigmoid x), written so that e is never raised to a positive power.</summary>
    [Differentiable] public static float LogSigmoid(float x) => Min(x, 0) - float.LogP1(Exp(Min(-x, x)));

    /// <summary>sigmoid −x, of the exponential that the value takes.</summary>
    [Differentiable] public static float LogSigmoidDerivative(float x)
    {
        float e = Exp(Min(-x, x));
        return (x > 0 ? e : 1) / (1 + e);
    }

    /// <summary>ln(1 + eˣ), written so that e is never raised to a positive power.</summary>
    [Differentiable] public static float Softplus(float x) => Max(x, 0) + float.LogP1(Exp(Min(-x, x)));

    /// <summary>sigmoid x, of the exponential that the value takes.</summary>
    [Differentiable] public static float SoftplusDerivative(float x)
    {
        float e = Exp(Min(-x, x));
        return (x > 0 ? 1 : e) / (1 + e);
    }

    [Differentiable] public static float Softsign(float x) => x / (1 + Abs(x));

    /// <summary>The symbolic derivative contains 1 − |x| / (1 + |x|), which cancels for large x; 1 / (1 + |x|)² does not.</summary>
    [Differentiable] public static float SoftsignDerivative(float x) => 1 / ((1 + Abs(x)) * (1 + Abs(x)));

    [Differentiable] public static float Elu(float x, float alpha) => x > 0 ? x : alpha * float.ExpM1(x);

    /// <summary>Elu that is smooth for every alpha (J. T. Barron, 2017).</summary>
    [Differentiable] public static float Celu(float x, float alpha) => x > 0 ? x : alpha * float.ExpM1(x / alpha);

    /// <summary>λ x for x > 0, λ α (eˣ − 1) otherwise (G. Klambauer et al., 2017).</summary>
    [Differentiable] public static float Selu(float x) =>
        x > 0 ? (float)1.0507009873554805 * x : (float)(1.0507009873554805 * 1.6732632423543772) * float.ExpM1(x);

    [Differentiable] public static float Silu(float x) => x * VectorMath.Sigmoid(x);

    /// <summary>x · Φ(x) (D. Hendrycks and K. Gimpel, 2016).</summary>
    [Differentiable] public static float Gelu(float x) => x * VectorMath.NormalCdf(x);

    /// <summary>Gelu with Φ approximated through tanh: ½ (1 + tanh u) is the sigmoid of 2u.</summary>
    [Differentiable] public static float GeluTanh(float x) => x * VectorMath.Gate(2 * Sqrt(2 / PI) * (x + 0.044715f * x * x * x));

    /// <summary>x · tanh(ln(1 + eˣ)) (D. Misra, 2019).</summary>
    [Differentiable] public static float Mish(float x) => x * MishTanh(x);

    /// <summary>
    /// t + x (1 − t²) sigmoid x, where sigmoid x is the slope of softplus, and 1 − t² is (1 − t)(1 + t) with 1 − t free of cancellation.
    /// </summary>
    [Differentiable] public static float MishDerivative(float x) =>
        MishTanh(x) + x * SoftplusDerivative(x) * (MishRest(x) / (MishPart(x) + MishRest(x))) * (1 + MishTanh(x));

    /// <summary>
    /// tanh(ln(1 + eˣ)) is (n² + 2n) / (n² + 2n + 2) with n = eˣ. With e = e^−|x| instead, numerator and denominator divided by n² for positive x,
    /// nothing overflows, and one exponential replaces three functions.
    /// </summary>
    [Differentiable] public static float MishTanh(float x) => MishPart(x) / (MishPart(x) + MishRest(x));

    [Differentiable] public static float MishPart(float x)
    {
        float e = Exp(Min(-x, x));
        return x > 0 ? 1 + 2 * e : e * (e + 2);
    }

    [Differentiable] public static float MishRest(float x)
    {
        float e = Exp(Min(-x, x));
        return x > 0 ? 2 * e * e : 2;
    }
}
