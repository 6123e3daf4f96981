namespace NetGen.Generators.Expressions;

/// <summary>Expressions in mathematical notation with as few parentheses as possible.</summary>
internal static class ExpressionPrinter
{
    private const int Sum = 1, Product = 2, Sign = 3, Atom = 4;

    public static string Print(Expression expression) => Visit(expression).Text;

    public static string Print(Condition condition) => (condition.Comparison, condition.Left, condition.Right) switch
    {
        (Comparison.Greater, Constant a, var b) => $"{Print(b)} < {Print(a)}",
        (_, Constant a, var b) => $"{Print(b)} <= {Print(a)}",
        (Comparison.Greater, var a, var b) => $"{Print(a)} > {Print(b)}",
        (_, var a, var b) => $"{Print(a)} >= {Print(b)}",
    };

    private static (string Text, int Strength) Visit(Expression expression) => expression switch
    {
        Constant c => (c.Text, c.Text.StartsWith("-", StringComparison.Ordinal) ? Sign : Atom),
        Variable(var name) => (name, Atom),
        Add(Negate(var a), not Negate and var b) => ($"{In(b, Sum)} - {In(a, Product)}", Sum),
        Add(var a, Negate(var b)) => ($"{In(a, Sum)} - {In(b, Product)}", Sum),
        Add(var a, Constant { Value: < 0 } b) => ($"{In(a, Sum)} - {Print(-b.Value)}", Sum),
        Add(var a, var b) => ($"{In(a, Sum)} + {In(b, Product)}", Sum),
        Multiply(var a, var b) => ($"{In(a, Product)} * {In(b, Sign)}", Product),
        Divide(var a, var b) => ($"{In(a, Product)} / {In(b, Sign)}", Product),
        Negate(var a) => ($"-{In(a, Atom)}", Sign),
        Binary(var a, var b) => ($"{Name(expression)}({Print(a)}, {Print(b)})", Atom),
        Unary(var a) => ($"{Name(expression)}({Print(a)})", Atom),
        Select(var condition, var then, var otherwise) => ($"({Print(condition)} ? {Print(then)} : {Print(otherwise)})", Atom),
        _ => throw new InvalidOperationException($"No notation for {expression.GetType().Name}."),
    };

    private static string In(Expression expression, int required)
    {
        var (text, strength) = Visit(expression);
        return strength >= required ? text : $"({text})";
    }

    private static string Name(Expression expression) => expression.GetType().Name.ToLowerInvariant();
}
