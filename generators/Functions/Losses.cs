using System;
using NetGen.Maths;
using static System.MathF;

namespace NetGen.Functions;

/// <summary>
/// Every loss that is a mean over elements, defined once, as the loss of a single output o with its target t, in the language of
/// docs/differentiable.md.
/// </summary>
/// <remarks>A function whose name ends in <c>Derivative</c> is a better form of the derivative by the output than the symbolic one.</remarks>
public static partial class Losses
{
    [Differentiable] public static float MeanSquaredError(float o, float t) => (o - t) * (o - t);

    [Differentiable] public static float MeanAbsoluteError(float o, float t) => Abs(o - t);

    /// <summary>
    /// −t ln sigmoid(o) − (1 − t) ln(1 − sigmoid(o)), on logits, in the form that neither overflows nor cancels.
    /// </summary>
    [Differentiable] public static float BinaryCrossEntropy(float o, float t) => Max(o, 0) - o * t + float.LogP1(Exp(Min(-o, o)));

    /// <summary>sigmoid(o) − t, with the sigmoid made of the exponential that the value needs anyway.</summary>
    [Differentiable] public static float BinaryCrossEntropyDerivative(float o, float t)
    {
        float e = Exp(Min(-o, o));
        return (o > 0 ? 1 : e) / (1 + e) - t;
    }

    /// <summary>
    /// ln cosh(o − t). The textbook's |e| + ln(1 + e^(−2|e|)) − ln 2 cancels near 0. With q = e^|e| − 1, cosh e = 1 + q² / (2 (1 + q)), which does
    /// not; and as ln cosh is a line from 16 on, to the last bit of a double, q is taken no further than there and stays finite.
    /// </summary>
    [Differentiable] public static float LogCosh(float o, float t)
    {
        float error = Abs(o - t);
        float bent = Min(16, error);
        float q = float.ExpM1(bent);
        return error - bent + float.LogP1(0.5f * q * q / (1 + q));
    }

    [Differentiable] public static float LogCoshDerivative(float o, float t) => Tanh(o - t);

    /// <summary>eᵒ − t o: the negative log-likelihood of a Poisson count t with the rate eᵒ, less what does not depend on o.</summary>
    [Differentiable] public static float PoissonNll(float o, float t) => Exp(o) - t * o;

    /// <summary>
    /// ½ e² where |e| ≤ delta, delta (|e| − ½ delta) elsewhere, e = o − t (P. J. Huber, 1964). With c = e held within ±delta both cases are
    /// c (e − ½ c), and the derivative is c: no selection, nothing to go wrong at the corners.
    /// </summary>
    [Differentiable] public static float Huber(float o, float t, float delta)
    {
        float held = HuberDerivative(o, t, delta);
        return held * (o - t - 0.5f * held);
    }

    [Differentiable] public static float HuberDerivative(float o, float t, float delta) => Math.Clamp(o - t, -delta, delta);

    /// <summary>Huber's loss divided by its delta: ½ e² / beta where |e| is below beta, |e| − ½ beta elsewhere.</summary>
    [Differentiable] public static float SmoothL1(float o, float t, float beta) => Huber(o, t, beta) / beta;

    [Differentiable] public static float SmoothL1Derivative(float o, float t, float beta) => HuberDerivative(o, t, beta) / beta;

    /// <summary>For targets −1 and 1 (C. Cortes and V. Vapnik, 1995).</summary>
    [Differentiable] public static float BinaryHinge(float o, float t) => Max(1 - t * o, 0);
}
