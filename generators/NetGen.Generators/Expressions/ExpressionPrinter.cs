using System.Text;
using NetGen.Generators.Collections;

namespace NetGen.Generators.Expressions;

/// <summary>Expressions in mathematical notation with as few parentheses as possible.</summary>
internal sealed class ExpressionPrinter
{
    private const int Sum = 1, Product = 2, Sign = 3, Atom = 4;

    // One text for all: a sum of hundreds is hundreds deep, and each part would copy what those inside of it wrote.
    private readonly StringBuilder _text = new();

    private ExpressionPrinter()
    {
    }

    public static string Print(Expression expression) => new ExpressionPrinter().Whole(expression)._text.ToString();

    public static string Print(Condition condition) => new ExpressionPrinter().Whole(condition)._text.ToString();

    private ExpressionPrinter Whole(Expression expression) => expression switch
    {
        Constant c => Say(c.Text),
        Variable(var name) => Say(name),
        Add(Negate(var a), not Negate and var b) => In(b, Sum).Say(" - ").In(a, Product),
        Add(var a, Negate(var b)) => In(a, Sum).Say(" - ").In(b, Product),
        Add(var a, Constant { Value: < 0 } b) => In(a, Sum).Say(" - ").Whole(-b.Value),
        Add(var a, var b) => In(a, Sum).Say(" + ").In(b, Product),
        Multiply(var a, var b) => In(a, Product).Say(" * ").In(b, Sign),
        Divide(var a, var b) => In(a, Product).Say(" / ").In(b, Sign),
        Negate(var a) => Say("-").In(a, Atom),
        Binary(var a, var b) => Say(Name(expression)).Say("(").Whole(a).Say(", ").Whole(b).Say(")"),
        Unary(var a) => Say(Name(expression)).Say("(").Whole(a).Say(")"),
        Select(var condition, var then, var otherwise) => Say("(").Whole(condition).Say(" ? ").Whole(then).Say(" : ").Whole(otherwise).Say(")"),
        _ => throw new InvalidOperationException($"No notation for {expression.GetType().Name}."),
    };

    private ExpressionPrinter Whole(Condition condition) => (condition.Comparison, condition.Left, condition.Right) switch
    {
        (Comparison.Greater, Constant a, var b) => Whole(b).Say(" < ").Whole(a),
        (_, Constant a, var b) => Whole(b).Say(" <= ").Whole(a),
        (Comparison.Greater, var a, var b) => Whole(a).Say(" > ").Whole(b),
        (_, var a, var b) => Whole(a).Say(" >= ").Whole(b),
    };

    /// <summary>In parentheses where it binds less than is required.</summary>
    private ExpressionPrinter In(Expression expression, int required) =>
        StrengthOf(expression) >= required ? Whole(expression) : Say("(").Whole(expression).Say(")");

    private static int StrengthOf(Expression expression) => expression switch
    {
        Constant c => c.Text.StartsWith("-", StringComparison.Ordinal) ? Sign : Atom,
        Add => Sum,
        Multiply or Divide => Product,
        Negate => Sign,
        _ => Atom,
    };

    private ExpressionPrinter Say(string text)
    {
        _text.Append(text);
        return this;
    }

    private static string Name(Expression expression) => expression.GetType().Name.Uncapitalised();
}
