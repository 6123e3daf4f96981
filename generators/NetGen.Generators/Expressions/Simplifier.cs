using System.Runtime.CompilerServices;

namespace NetGen.Generators.Expressions;

/// <summary>
/// Brings an expression into a short normal form, which also makes equal parts look equal so that they are computed once:
/// sums are flat with like terms merged and the constant last, products are flat with one constant first and the factors in
/// <see cref="ExpressionOrder"/>, differences are sums with negated terms, conditions compare with a constant on one side.
/// </summary>
/// <remarks>
/// Real arithmetic is assumed, as training does anyway: values are finite (so 0 · a is 0 and a − a is 0), denominators are not
/// zero, and rounding may differ in the last place because constants are merged in double precision. Which branch a selection
/// takes at a tie, and with it the derivative at a kink, is kept. What guards against overflow or cancellation in a definition
/// (a maximum, a branch, log1p) is never rewritten into an unguarded form.
/// </remarks>
internal static class Simplifier
{
    private const int MostPasses = 16;

    public static Expression Simplify(Expression expression) => Simplify(expression, []);

    /// <param name="expression">What is to become simple.</param>
    /// <param name="simple">
    /// Parts of which that is known, and are not looked through again; those of the result are added. Derivatives are made of them over and over.
    /// </param>
    public static Expression Simplify(Expression expression, HashSet<Expression> simple)
    {
        // One pass from the leaves up is nearly always enough; a rule may uncover work for another one.
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var simplified = Pass(expression, simple);
            if (simplified.Equals(expression))
            {
                return simplified;
            }

            expression = simplified;
        }

        return expression;
    }

    private static Expression Pass(Expression expression, HashSet<Expression> simple)
    {
        var done = new Dictionary<Expression, Expression>();
        return Visit(expression);

        Expression Visit(Expression e)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            if (simple.Contains(e))
            {
                return e;
            }

            if (!done.TryGetValue(e, out var result))
            {
                done.Add(e, result = Reduce(e.Map(Visit)));
                if (result.Equals(e))
                {
                    simple.Add(e);
                }
            }

            return result;
        }
    }

    /// <summary>The rules for one node whose operands are already simple.</summary>
    private static Expression Reduce(Expression e)
    {
        if (e.Operands.Count > 0 && e.Operands.All(operand => operand is Constant) && Fold(e) is { } constant)
        {
            return constant;
        }

        return e switch
        {
            Add => SumForm.Of(e).ToExpression(),
            Multiply or Negate => ProductForm.Of(e).ToExpression(),
            Divide divide => ReduceDivide(divide),
            Min(var a, var b) when a.Equals(b) => a,
            Max(var a, var b) when a.Equals(b) => a,
            Min(Min(var a, Constant b), Constant c) => new Min(a, Math.Min(b.Value, c.Value)),
            Max(Max(var a, Constant b), Constant c) => new Max(a, Math.Max(b.Value, c.Value)),
            Abs(Negate(var a)) => new Abs(a),
            Abs(Abs a) => a,
            Abs(Multiply(Constant k, var a)) => new Multiply(Math.Abs(k.Value), new Abs(a)),
            Select select => ReduceSelect(select),
            _ => e,
        };
    }

    // Results that are not finite stay as they were written: folding them would hide where they come from.
    private static Constant? Fold(Expression e) =>
        e.Evaluate() is var value && !double.IsNaN(value) && !double.IsInfinity(value) ? new Constant(value) : null;

    private static Expression ReduceDivide(Divide e)
    {
        if (e.Right is Constant { Value: not 0 } divisor)
        {
            return ProductForm.Of(e.Left).Scaled(1 / divisor.Value).ToExpression();
        }

        // Constant factors go in front of the fraction, or into a constant numerator.
        var numerator = ProductForm.Of(e.Left);
        var denominator = ProductForm.Of(e.Right);
        if (numerator.Coefficient == 0 || denominator.Coefficient == 0)
        {
            return numerator.Coefficient == 0 ? 0 : e;
        }

        var coefficient = numerator.Coefficient / denominator.Coefficient;
        var below = denominator.Scaled(1 / denominator.Coefficient).ToExpression();
        if (numerator.IsConstant)
        {
            return new Divide(coefficient, below);
        }

        var above = numerator.Scaled(1 / numerator.Coefficient).ToExpression();
        return coefficient switch
        {
            1 => new Divide(above, below),
            -1 => new Negate(new Divide(above, below)),
            _ => new Multiply(coefficient, new Divide(above, below)),
        };
    }

    private static Expression ReduceSelect(Select e)
    {
        var (condition, decided) = ConditionForm.Reduce(e.Condition);
        if (decided is { } holds)
        {
            return holds ? e.Then : e.Else;
        }

        // The same question asked again inside a branch has been answered.
        var then = e.Then is Select inner && inner.Condition == condition ? inner.Then : e.Then;
        var otherwise = e.Else is Select outer && outer.Condition == condition ? outer.Else : e.Else;
        if (then.Equals(otherwise))
        {
            return then;
        }

        // Picking the larger or smaller side. The operand that wins a tie goes to the right, where Min and Max look for it.
        var (left, right) = (condition.Left, condition.Right);
        var strict = condition.Comparison == Comparison.Greater;
        if (then.Equals(left) && otherwise.Equals(right))
        {
            return strict ? new Max(left, right) : new Max(right, left);
        }

        if (then.Equals(right) && otherwise.Equals(left))
        {
            return strict ? new Min(right, left) : new Min(left, right);
        }

        return new Select(condition, then, otherwise);
    }
}
