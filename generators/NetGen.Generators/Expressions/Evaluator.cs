namespace NetGen.Generators.Expressions;

/// <summary>The plain meaning of an expression, in double precision: folds constants and is the oracle of the tests.</summary>
internal static class Evaluator
{
    public static double Evaluate(Expression expression, IReadOnlyDictionary<string, double> bindings)
    {
        var done = new Dictionary<Expression, double>();
        return Visit(expression);

        double Visit(Expression e)
        {
            if (!done.TryGetValue(e, out var result))
            {
                done.Add(e, result = Value(e));
            }

            return result;
        }

        double Value(Expression e) => e switch
        {
            Constant(var value) => value,
            Variable(var name) => bindings.TryGetValue(name, out var value)
                ? value
                : throw new ArgumentException($"The variable {name} has no value; bound are: {string.Join(", ", bindings.Keys)}."),
            Add(var a, var b) => Visit(a) + Visit(b),
            Multiply(var a, var b) => Visit(a) * Visit(b),
            Divide(var a, var b) => Visit(a) / Visit(b),
            Negate(var a) => -Visit(a),
            Min(var a, var b) => Math.Min(Visit(a), Visit(b)),
            Max(var a, var b) => Math.Max(Visit(a), Visit(b)),
            Exp(var a) => Math.Exp(Visit(a)),
            Expm1(var a) => SpecialFunctions.Expm1(Visit(a)),
            Log(var a) => Math.Log(Visit(a)),
            Log1p(var a) => SpecialFunctions.Log1p(Visit(a)),
            Tanh(var a) => Math.Tanh(Visit(a)),
            Sigmoid(var a) => 1 / (1 + Math.Exp(-Visit(a))),
            Gate(var a) => 1 / (1 + Math.Exp(-Visit(a))),
            Erf(var a) => SpecialFunctions.Erf(Visit(a)),
            NormalCdf(var a) => (1 + SpecialFunctions.Erf(Visit(a) * Math.Sqrt(0.5))) / 2,
            Sqrt(var a) => Math.Sqrt(Visit(a)),
            Sin(var a) => Math.Sin(Visit(a)),
            Cos(var a) => Math.Cos(Visit(a)),
            Tan(var a) => Math.Tan(Visit(a)),
            Asin(var a) => Math.Asin(Visit(a)),
            Acos(var a) => Math.Acos(Visit(a)),
            Atan(var a) => Math.Atan(Visit(a)),
            Sinh(var a) => Math.Sinh(Visit(a)),
            Cosh(var a) => Math.Cosh(Visit(a)),
            Cbrt(var a) => SpecialFunctions.Cbrt(Visit(a)),
            Floor(var a) => Math.Floor(Visit(a)),
            Round(var a) => Math.Round(Visit(a)),
            Pow(var a, var b) => Math.Pow(Visit(a), Visit(b)),
            Atan2(var a, var b) => Math.Atan2(Visit(a), Visit(b)),
            Abs(var a) => Math.Abs(Visit(a)),
            Sign(var a) => Visit(a) is var value && value > 0 ? 1 : value < 0 ? -1 : 0,
            Select(var condition, var then, var otherwise) =>
                condition.Holds(Visit(condition.Left), Visit(condition.Right)) ? Visit(then) : Visit(otherwise),
            _ => throw new InvalidOperationException($"No value rule for {e.GetType().Name}."),
        };
    }
}
