using System.Runtime.CompilerServices;
using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Expressions;

/// <summary>
/// Symbolic differentiation: one rule per case. At kinks the conventions are PyTorch's: |a|' is 0 at 0; where the operands of
/// a minimum or maximum are equal the right one counts, so that <c>Max(x, 0)</c> and <c>Clamp</c> have the derivative 0
/// exactly at their corners; a selection takes the derivative of the branch that is selected; whole-number steps are flat. Where a
/// function has no value its derivative has none either.
/// </summary>
internal static class Derivative
{
    private static readonly double _twoOverRootPi = 2 / Math.Sqrt(Math.PI);

    /// <summary>d <paramref name="expression"/> / d <paramref name="variable"/>, simplified.</summary>
    public static Expression Of(Expression expression, Variable variable) => Of(expression, variable, []);

    /// <param name="expression">A function.</param>
    /// <param name="variable">By which it is differentiated.</param>
    /// <param name="simple">Parts of which it is known that they are simple; those of the result are added.</param>
    public static Expression Of(Expression expression, Variable variable, HashSet<Expression> simple)
    {
        var done = new Dictionary<Expression, Expression>();
        var depending = new Dictionary<Expression, bool>();
        return Simplifier.Simplify(Differentiate(expression), simple);

        Expression Differentiate(Expression e)
        {
            if (!done.TryGetValue(e, out var result))
            {
                done.Add(e, result = Simplifier.Simplify(Rule(e), simple));
            }

            return result;
        }

        Expression Rule(Expression e)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return e.Operands.Count > 0 && !Depends(e) ? 0 : RuleOf(e);
        }

        // What does not depend on the variable is not worth a walk.
        bool Depends(Expression e)
        {
            if (!depending.TryGetValue(e, out var result))
            {
                depending.Add(e, result = e == variable || e.Operands.Any(Depends));
            }

            return result;
        }

        Expression RuleOf(Expression e) => e switch
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
            Expm1(var a) expm1 => new Exp(a).Graded(expm1.Grade) * Differentiate(a),
            Log(var a) => Where(a, 0, Differentiate(a), slope => slope / a),
            Log1p(var a) => Where(a, -1, Differentiate(a), slope => slope / (1 + a)),
            Tanh(var a) => (1 - (e * e)) * Differentiate(a),
            Sigmoid(var a) => e * (1 - e) * Differentiate(a),
            Gate(var a) => e * (1 - e) * Differentiate(a),
            Erf(var a) erf => _twoOverRootPi * new Exp(-(a * a)).Graded(erf.Grade) * Differentiate(a),
            Sqrt(var a) => Steep(Differentiate(a), slope => 0.5 * slope / e),
            Sin(var a) => Cos(a) * Differentiate(a),
            Cos(var a) => -(Sin(a) * Differentiate(a)),
            Tan(var a) => (1 + (e * e)) * Differentiate(a),
            Asin(var a) => Steep(Differentiate(a), slope => slope / Sqrt(1 - (a * a))),
            Acos(var a) => Steep(Differentiate(a), slope => -slope / Sqrt(1 - (a * a))),
            Atan(var a) => Differentiate(a) / (1 + (a * a)),
            Sinh(var a) => Cosh(a) * Differentiate(a),
            Cosh(var a) => Sinh(a) * Differentiate(a),
            Cbrt(var a) => Steep(Differentiate(a), slope => slope / (3 * e * e)),
            Pow(var a, var b) => (b * Pow(a, b - 1) * Differentiate(a)) + (ByExponent(a, b, e) * Differentiate(b)),
            Atan2(var y, var x) => ((x * Differentiate(y)) - (y * Differentiate(x))) / ((x * x) + (y * y)),
            Abs(var a) => Sign(a) * Differentiate(a),
            Sign or Floor or Round => 0,
            Select(var condition, var then, var otherwise) => Select(condition, Differentiate(then), Differentiate(otherwise)),
            _ => throw new InvalidOperationException($"No derivative rule for {e.GetType().Name}."),
        };
    }

    /// <summary>
    /// The slope of a function that is steep without bounds somewhere: where what it is of is constant there, as √max(x, 0) is for negative x, it is
    /// flat nevertheless.
    /// </summary>
    private static Expression Steep(Expression inner, Func<Expression, Expression> slope) => inner switch
    {
        Select(var condition, Constant(0), var otherwise) => Select(condition, 0, Steep(otherwise, slope)),
        Select(var condition, var then, Constant(0)) => Select(condition, Steep(then, slope), 0),
        _ => slope(inner),
    };

    /// <summary>
    /// A slope that has a number outside of its function's domain, too, which is from <paramref name="lowest"/> on: 1 / a of ln a.
    /// </summary>
    private static Expression Where(Expression a, double lowest, Expression inner, Func<Expression, Expression> slope) =>
        inner is Constant(0) || Interval.Of(a).Low >= lowest ? slope(inner) : Select(a >= lowest, slope(inner), double.NaN);

    /// <summary>ln a · aᵇ, and its limit 0 where a is 0 and b positive.</summary>
    private static Expression ByExponent(Expression a, Expression b, Expression power)
    {
        var slope = Log(a) * power;
        return Interval.Of(a).Low > 0 ? slope : Select(a >= 0, Select(a <= 0, Select(b >= 0, 0, slope), slope), slope);
    }
}
