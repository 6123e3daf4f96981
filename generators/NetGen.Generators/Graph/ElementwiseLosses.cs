using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>Every elementwise loss: the functions of the same names in <c>generators/Functions/Losses.cs</c>, which define them.</summary>
internal static class ElementwiseLosses
{
    /// <summary>The loss that has this formula, with constants that stand in it; null where it is none of these.</summary>
    /// <param name="value">The formula, in <see cref="ElementwiseLoss.Output"/> and <see cref="ElementwiseLoss.Target"/>.</param>
    public static ElementwiseLoss? OfFormula(Expression value)
    {
        var formula = Simplifier.Simplify(value);
        ElementwiseLoss[] plain = [MeanSquaredError, MeanAbsoluteError, BinaryCrossEntropy, LogCosh, PoissonNll, BinaryHinge];
        var ofOne = Constants.In(formula).Where(a => a > 0).SelectMany(a => new[] { Huber(a), SmoothL1(a) });
        return plain.Concat(ofOne).FirstOrDefault(loss => loss.Value.Equals(formula));
    }

    public static ElementwiseLoss MeanSquaredError => Of("mse", nameof(MeanSquaredError));

    public static ElementwiseLoss MeanAbsoluteError => Of("l1", nameof(MeanAbsoluteError));

    public static ElementwiseLoss BinaryCrossEntropy => Of("binary_cross_entropy_with_logits", nameof(BinaryCrossEntropy));

    public static ElementwiseLoss LogCosh => Of("log_cosh", nameof(LogCosh));

    public static ElementwiseLoss PoissonNll => Of("poisson_nll", nameof(PoissonNll));

    public static ElementwiseLoss BinaryHinge => Of("hinge", nameof(BinaryHinge));

    public static ElementwiseLoss Huber(double delta) => Of("huber", nameof(Huber), delta);

    /// <param name="beta">Where the square turns into a line; 0 gives |e|.</param>
    public static ElementwiseLoss SmoothL1(double beta) =>
        beta == 0 ? Of("smooth_l1", nameof(MeanAbsoluteError)) : Of("smooth_l1", nameof(SmoothL1), beta);

    /// <param name="name">The name as PyTorch's functional API spells it, without <c>_loss</c>.</param>
    /// <param name="function">The function.</param>
    /// <param name="constants">Its further arguments.</param>
    private static ElementwiseLoss Of(string name, string function, params double[] constants)
    {
        Expression[] arguments = [ElementwiseLoss.Output, ElementwiseLoss.Target, .. constants.Select(constant => (Expression)constant)];
        return new ElementwiseLoss(
            name, OwnFunctions.Formula($"Losses.{function}", arguments), OwnFunctions.Derivative($"Losses.{function}", arguments));
    }
}
