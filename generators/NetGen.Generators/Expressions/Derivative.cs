using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Expressions;

/// <summary>
/// Symbolic differentiation: one rule per case. At kinks the conventions are PyTorch's: |a|' is 0 at 0; where the operands of
/// a minimum or maximum are equal the right one counts, so that <c>Max(x, 0)</c> and <c>Clamp</c> have the derivative 0
/// exactly at their corners; a selection takes the derivative of the branch that is selected.
/// </summary>
internal static class Derivative
{
    private static readonly double _twoOverRootPi = 2 / Math.Sqrt(Math.PI);

    /// <summary>d <paramref name="expression"/> / d <paramref name="variable"/>, simplified.</summary>
    public static Expression Of(Expression expression, Variable variable)
    {
        var done = new Dictionary<Expression, Expression>();
        return Simplifier.Simplify(Differentiate(expression));

        Expression Differentiate(Expression e)
        {
            if (!done.TryGetValue(e, out var result))
            {
                done.Add(e, result = Simplifier.Simplify(Rule(e)));
            }

            return result;
        }

        Expression Rule(Expression e) => e switch
        {
            Constant => 0,
            Variable v => v == variable ? 1 : 0,
            Add(var a, var b) => Differentiate(a) + Differentiate(b),
            Multiply(var a, var b) => (Differentiate(a) * b) + (a * Differentiate(b)),
            Divide(var a, var b) => (Differentiate(a) - (e * Differentiate(b))) / b,
            Negate(var a) => -Differentiate(a),
            Min(var a, var b) => Select(b > a, Differentiate(a), Differentiate(b)),
            Max(var a, var b) => Select(a > b, Differentiate(a), Differentiate(b)),
            Exp(var a) => e * Differentiate(a),
            Expm1(var a) => Exp(a) * Differentiate(a),
            Log(var a) => Differentiate(a) / a,
            Log1p(var a) => Differentiate(a) / (1 + a),
            Tanh(var a) => (1 - (e * e)) * Differentiate(a),
            Sigmoid(var a) => e * (1 - e) * Differentiate(a),
            Erf(var a) => _twoOverRootPi * Exp(-(a * a)) * Differentiate(a),
            Sqrt(var a) => 0.5 * Differentiate(a) / e,
            Abs(var a) => Sign(a) * Differentiate(a),
            Sign => 0,
            Select(var condition, var then, var otherwise) => Select(condition, Differentiate(then), Differentiate(otherwise)),
            _ => throw new InvalidOperationException($"No derivative rule for {e.GetType().Name}."),
        };
    }
}
