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
    private static readonly double _oneOverRootTwoPi = 1 / Math.Sqrt(2 * Math.PI);

    /// <summary>d <paramref name="expression"/> / d <paramref name="variable"/>, simplified.</summary>
    public static Expression Of(Expression expression, Variable variable) => Of(expression, [variable], [])[0];

    /// <param name="expression">A function.</param>
    /// <param name="variables">By which it is differentiated.</param>
    /// <param name="simple">Parts of which it is known that they are simple; those of the results are added.</param>
    public static IReadOnlyList<Expression> Of(Expression expression, IReadOnlyList<Variable> variables, HashSet<Expression> simple)
    {
        var wholes = Wholes(expression);
        return [.. variables.Select(variable => Of(expression, variable, Depending(variable, wholes), simple))];
    }

    /// <summary>
    /// How many slopes the derivatives are made of: the parts that depend on a variable, counted for each variable. No more than one beyond the most
    /// are counted.
    /// </summary>
    public static int CountSlopes(Expression expression, IEnumerable<Variable> variables, int most)
    {
        var wholes = Wholes(expression);
        var count = 0;
        foreach (var variable in variables)
        {
            count += Depending(variable, wholes).Count;
            if (count > most)
            {
                return most + 1;
            }
        }

        return count;
    }

    /// <summary>What each part is an operand of.</summary>
    private static Dictionary<Expression, List<Expression>> Wholes(Expression expression)
    {
        var wholes = new Dictionary<Expression, List<Expression>>();
        Visit(expression);
        return wholes;

        void Visit(Expression e)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            wholes.Add(e, []);
            foreach (var operand in e.Operands)
            {
                if (!wholes.ContainsKey(operand))
                {
                    Visit(operand);
                }

                wholes[operand].Add(e);
            }
        }
    }

    private static HashSet<Expression> Depending(Variable variable, Dictionary<Expression, List<Expression>> wholes)
    {
        var depending = new HashSet<Expression>();
        var open = new Stack<Expression>([variable]);
        while (open.Count > 0)
        {
            var part = open.Pop();
            if (depending.Add(part) && wholes.TryGetValue(part, out var above))
            {
                above.ForEach(open.Push);
            }
        }

        return depending;
    }

    private static Expression Of(Expression expression, Variable variable, HashSet<Expression> depending, HashSet<Expression> simple)
    {
        var done = new Dictionary<Expression, Expression>();
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
            // What does not depend on the variable is not worth a walk.
            return depending.Contains(e) ? RuleOf(e) : 0;
        }

        Expression RuleOf(Expression e) => e switch
        {
            Variable => 1,
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
            NormalCdf(var a) cdf => _oneOverRootTwoPi * new Exp(-0.5 * (a * a)).Graded(cdf.Grade) * Differentiate(a),
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
