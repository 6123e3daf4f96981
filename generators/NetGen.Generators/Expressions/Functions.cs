namespace NetGen.Generators.Expressions;

/// <summary>The functions by name, to be imported with <c>using static</c> so that definitions read like mathematics.</summary>
internal static class Functions
{
    public static Variable Variable(string name) => new(name);

    public static Expression Constant(double value) => new Constant(value);

    public static Expression Min(Expression left, Expression right) => new Min(left, right);

    public static Expression Max(Expression left, Expression right) => new Max(left, right);

    /// <summary><paramref name="value"/> held within a range, whose ends belong to the flat parts as far as derivatives go.</summary>
    public static Expression Clamp(Expression value, double low, double high) => Min(Max(value, low), high);

    public static Expression Exp(Expression operand) => new Exp(operand);

    public static Expression Expm1(Expression operand) => new Expm1(operand);

    public static Expression Log(Expression operand) => new Log(operand);

    public static Expression Log1p(Expression operand) => new Log1p(operand);

    public static Expression Tanh(Expression operand) => new Tanh(operand);

    public static Expression Sigmoid(Expression operand) => new Sigmoid(operand);

    public static Expression Gate(Expression operand) => new Gate(operand);

    public static Expression Erf(Expression operand) => new Erf(operand);

    public static Expression NormalCdf(Expression operand) => new NormalCdf(operand);

    public static Expression Sqrt(Expression operand) => new Sqrt(operand);

    public static Expression Abs(Expression operand) => new Abs(operand);

    public static Expression Sign(Expression operand) => new Sign(operand);

    public static Expression Sin(Expression operand) => new Sin(operand);

    public static Expression Cos(Expression operand) => new Cos(operand);

    public static Expression Tan(Expression operand) => new Tan(operand);

    public static Expression Asin(Expression operand) => new Asin(operand);

    public static Expression Acos(Expression operand) => new Acos(operand);

    public static Expression Atan(Expression operand) => new Atan(operand);

    public static Expression Sinh(Expression operand) => new Sinh(operand);

    public static Expression Cosh(Expression operand) => new Cosh(operand);

    public static Expression Cbrt(Expression operand) => new Cbrt(operand);

    public static Expression Floor(Expression operand) => new Floor(operand);

    public static Expression Round(Expression operand) => new Round(operand);

    public static Expression Pow(Expression value, Expression exponent) => new Pow(value, exponent);

    public static Expression Atan2(Expression y, Expression x) => new Atan2(y, x);

    public static Expression Select(Condition condition, Expression then, Expression otherwise) =>
        new Select(condition, then, otherwise);
}
