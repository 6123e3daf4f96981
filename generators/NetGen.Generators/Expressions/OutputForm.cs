namespace NetGen.Generators.Expressions;

/// <summary>
/// Derivatives written in the output: tanh' is 1 − y², so training has to keep y alone, which the next layer keeps anyway.
/// </summary>
internal static class OutputForm
{
    /// <summary>
    /// The derivative of y = <paramref name="value"/> as an expression of <paramref name="output"/> alone, or null if
    /// <paramref name="input"/> cannot be eliminated.
    /// </summary>
    /// <param name="value">The function, simplified.</param>
    /// <param name="derivative">Its derivative by <paramref name="input"/>, simplified.</param>
    /// <param name="input">The variable to be eliminated.</param>
    /// <param name="output">The variable that stands for the function's value.</param>
    /// <param name="isMonotone">
    /// Whether the function never falls. Then x > c may be asked as y > f(c), provided that f rises next to c: a ReLU's y > 0.
    /// </param>
    public static Expression? TryRewrite(
        Expression value, Expression derivative, Variable input, Variable output, bool isMonotone = false)
    {
        var inOutput = Simplifier.Simplify(Branch(value, derivative));
        return inOutput.Contains(input) ? null : inOutput;

        Expression Branch(Expression part, Expression partDerivative)
        {
            // Where value and derivative fall into the same cases, each case has its own relation between x and y.
            if (part is Select f && partDerivative is Select d && f.Condition == d.Condition)
            {
                return new Select(Ask(d.Condition), Branch(f.Then, d.Then), Branch(f.Else, d.Else));
            }

            return Eliminate(part, isMonotone ? AskAll(partDerivative) : partDerivative, output);
        }

        Expression AskAll(Expression e) => e switch
        {
            Select(var condition, var then, var otherwise) => new Select(Ask(condition), AskAll(then), AskAll(otherwise)),
            _ => e.Map(AskAll),
        };

        Condition Ask(Condition condition)
        {
            var atLeast = condition.Comparison == Comparison.GreaterOrEqual;
            return (isMonotone, condition.Left, condition.Right) switch
            {
                // x > c needs f to rise just above c, x >= c just below; c > x and c >= x the other way round.
                (true, Variable v, Constant(var c)) when v == input && Rises(c, above: !atLeast) is { } threshold =>
                    new Condition(condition.Comparison, output, threshold),
                (true, Constant(var c), Variable v) when v == input && Rises(c, above: atLeast) is { } threshold =>
                    new Condition(condition.Comparison, threshold, output),
                _ => condition,
            };
        }

        // f(c) if f rises on that side of c and f(c) is exact in float, so that code and definition agree at the threshold.
        double? Rises(double at, bool above)
        {
            var step = 1e-6 * Math.Max(1, Math.Abs(at)) * (above ? 1 : -1);
            var here = value.Evaluate((input.Name, at));
            var near = value.Evaluate((input.Name, at + step));
            return (above ? near > here : near < here) && (float)here == here ? here : null;
        }
    }

    /// <summary>
    /// With y = a · core + b, puts (y − b) / a in place of every core. All of a · core is looked for first, which keeps
    /// constants exact: α eˣ of an ELU becomes y + α.
    /// </summary>
    private static Expression Eliminate(Expression value, Expression derivative, Variable output)
    {
        var (core, a, b) = Affine(value);
        if (core is Constant || a == 0)
        {
            return derivative;
        }

        return Visit(derivative);

        Expression Visit(Expression e) =>
            e.Equals(core) ? (output - b) / a
            : e is Multiply(Constant(var k), var rest) && rest.Equals(core) ? k / a * (output - b)
            : e.Map(Visit);
    }

    private static (Expression Core, double A, double B) Affine(Expression value)
    {
        switch (value)
        {
            case Multiply(Constant(var k), var inner):
                var (core, a, b) = Affine(inner);
                return (core, k * a, k * b);
            case Negate(var inner):
                (core, a, b) = Affine(inner);
                return (core, -a, -b);
            case Add(var inner, Constant(var c)):
                (core, a, b) = Affine(inner);
                return (core, a, b + c);
            // eˣ − 1 is differentiated into eˣ.
            case Expm1(var inner) expm1:
                return (new Exp(inner).Graded(expm1.Grade), 1, -1);
            default:
                return (value, 1, 0);
        }
    }
}
