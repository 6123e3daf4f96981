using System.Globalization;
using System.Text;

namespace NetGen.Generators.Expressions;

/// <summary>
/// Expressions as text that other assemblies carry, so that functions can be used across projects: one part after the other, each
/// with the numbers of the parts it is made of. <c>$x;2;Multiply 1 0</c> is 2 x.
/// </summary>
internal static class ExpressionText
{
    private static readonly IReadOnlyDictionary<string, Func<Expression, Expression>> s_unary = new Func<Expression, Expression>[]
    {
        a => new Negate(a), Functions.Exp, Functions.Expm1, Functions.Log, Functions.Log1p, Functions.Tanh, Functions.Sigmoid, Functions.Gate,
        Functions.Erf, Functions.NormalCdf, Functions.Sqrt, Functions.Sin, Functions.Cos, Functions.Tan, Functions.Asin, Functions.Acos,
        Functions.Atan, Functions.Sinh, Functions.Cosh, Functions.Cbrt, Functions.Floor, Functions.Round, Functions.Abs, Functions.Sign,
    }.ToDictionary(create => create(0).GetType().Name);

    private static readonly IReadOnlyDictionary<string, Func<Expression, Expression, Expression>> s_binary =
        new Func<Expression, Expression, Expression>[]
    {
        (a, b) => new Add(a, b), (a, b) => new Multiply(a, b), (a, b) => new Divide(a, b),
        Functions.Min, Functions.Max, Functions.Pow, Functions.Atan2,
    }.ToDictionary(create => create(0, 0).GetType().Name);

    public static string Write(Expression expression)
    {
        var numbers = new Dictionary<Expression, int>();
        var text = new StringBuilder();
        Visit(expression);
        return text.ToString();

        int Visit(Expression e)
        {
            if (numbers.TryGetValue(e, out var number))
            {
                return number;
            }

            var operands = string.Concat(e.Operands.Select(Visit).ToArray().Select(operand => $" {operand}"));
            text.Append(numbers.Count == 0 ? "" : ";").Append(Head(e)).Append(operands);
            numbers.Add(e, number = numbers.Count);
            return number;
        }
    }

    /// <summary>Reads the text; null where it is none of these, as that of another version of NetGen may be.</summary>
    public static Expression? Read(string text)
    {
        var parts = new List<Expression>();
        foreach (var part in text.Split(';'))
        {
            var words = part.Split(' ');
            var operands = new List<Expression>();
            foreach (var word in words.Skip(1))
            {
                if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= parts.Count)
                {
                    return null;
                }

                operands.Add(parts[number]);
            }

            if (ReadPart(words[0], operands) is not { } expression)
            {
                return null;
            }

            parts.Add(expression);
        }

        return parts[parts.Count - 1];
    }

    private static string Head(Expression e) => e switch
    {
        Variable(var name) => "$" + name,
        Constant(var value) => FloatLiteral.OfDouble(value),
        Select(var condition, _, _) => condition.Comparison.ToString(),
        _ => e.GetType().Name,
    };

    private static Expression? ReadPart(string head, IReadOnlyList<Expression> operands)
    {
        switch (operands.Count)
        {
            case 0 when head.StartsWith("$", StringComparison.Ordinal):
                return new Variable(head.Substring(1));
            case 0:
                return head switch
                {
                    "double.NaN" => double.NaN,
                    "double.PositiveInfinity" => double.PositiveInfinity,
                    "double.NegativeInfinity" => double.NegativeInfinity,
                    "-0d" => -0.0,
                    _ => double.TryParse(head.TrimEnd('d'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                        ? value
                        : (Expression?)null,
                };
            case 1:
                return s_unary.TryGetValue(head, out var unary) ? unary(operands[0]) : null;
            case 2:
                return s_binary.TryGetValue(head, out var binary) ? binary(operands[0], operands[1]) : null;
            case 4 when Enum.TryParse(head, out Comparison comparison):
                return new Select(new Condition(comparison, operands[0], operands[1]), operands[2], operands[3]);
            default:
                return null;
        }
    }
}
