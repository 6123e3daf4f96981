using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Expressions;

/// <summary>Every elementwise loss, defined once, as the loss of a single element o with target t.</summary>
internal static class ElementwiseLosses
{
    private static readonly Variable o = ElementwiseLoss.Output;
    private static readonly Variable t = ElementwiseLoss.Target;

    /// <summary>The loss that has this formula, with constants that stand in it; null where it is none of these.</summary>
    /// <param name="value">The formula, in <see cref="ElementwiseLoss.Output"/> and <see cref="ElementwiseLoss.Target"/>.</param>
    public static ElementwiseLoss? OfFormula(Expression value)
    {
        var formula = Simplifier.Simplify(value);
        ElementwiseLoss[] plain = [MeanSquaredError, MeanAbsoluteError, BinaryCrossEntropy, LogCosh, PoissonNll, BinaryHinge];
        var ofOne = Constants.In(formula).Where(a => a > 0).SelectMany(a => new[] { Huber(a), SmoothL1(a) });
        return plain.Concat(ofOne).FirstOrDefault(loss => loss.Value.Equals(formula));
    }

    /// <summary>(o − t)².</summary>
    public static ElementwiseLoss MeanSquaredError { get; } = new("mse", (o - t) * (o - t));

    /// <summary>|o − t|.</summary>
    public static ElementwiseLoss MeanAbsoluteError { get; } = new("l1", Abs(o - t));

    /// <summary>−t ln sigmoid(o) − (1 − t) ln(1 − sigmoid(o)), on logits, in the form that neither overflows nor cancels.</summary>
    /// <remarks>The derivative is sigmoid(o) − t, with the sigmoid made of the exponential that the value needs anyway.</remarks>
    public static ElementwiseLoss BinaryCrossEntropy { get; } = CreateBinaryCrossEntropy();

    /// <summary>ln cosh(o − t).</summary>
    public static ElementwiseLoss LogCosh { get; } = CreateLogCosh();

    /// <summary>eᵒ − t o: the negative log-likelihood of a Poisson count t with the rate eᵒ, less what does not depend on o.</summary>
    public static ElementwiseLoss PoissonNll { get; } = new("poisson_nll", Exp(o) - (t * o));

    /// <summary>½ e² where |e| ≤ delta, delta (|e| − ½ delta) elsewhere, e = o − t (P. J. Huber, 1964).</summary>
    /// <remarks>
    /// With c = e held within ±delta both cases are c (e − ½ c), and the derivative is c: no selection, nothing to go wrong at
    /// the corners.
    /// </remarks>
    public static ElementwiseLoss Huber(double delta)
    {
        var error = o - t;
        var held = Clamp(error, -delta, delta);
        return new ElementwiseLoss("huber", held * (error - (0.5 * held)), derivative: held);
    }

    /// <summary>Huber's loss divided by its delta: ½ e² / beta where |e| is below beta, |e| − ½ beta elsewhere.</summary>
    /// <param name="beta">Where the square turns into a line; 0 gives |e|.</param>
    public static ElementwiseLoss SmoothL1(double beta)
    {
        if (beta == 0)
        {
            return new ElementwiseLoss("smooth_l1", Abs(o - t));
        }

        var huber = Huber(beta);
        return new ElementwiseLoss("smooth_l1", huber.Value / beta, huber.Derivative / beta);
    }

    /// <summary>max(0, 1 − t o), for targets −1 and 1 (C. Cortes and V. Vapnik, 1995).</summary>
    public static ElementwiseLoss BinaryHinge { get; } = new("hinge", Max(1 - (t * o), 0));

    // The textbook's |e| + ln(1 + e^(−2|e|)) − ln 2 cancels near 0. With q = e^|e| − 1, cosh e = 1 + q² / (2 (1 + q)), which does
    // not; and as ln cosh is a line from 16 on, to the last bit of a double, q is taken no further than there and stays finite.
    private static ElementwiseLoss CreateLogCosh()
    {
        var error = Abs(o - t);
        var bent = Min(16, error);
        var q = Expm1(bent);
        return new ElementwiseLoss(
            "log_cosh", error - bent + Log1p(0.5 * q * q / (1 + q)), derivative: Tanh(o - t));
    }

    private static ElementwiseLoss CreateBinaryCrossEntropy()
    {
        var e = Exp(Min(-o, o));
        return new ElementwiseLoss(
            "binary_cross_entropy_with_logits",
            Max(o, 0) - (o * t) + Log1p(e),
            derivative: (Select(o > 0, 1, e) / (1 + e)) - t);
    }
}
