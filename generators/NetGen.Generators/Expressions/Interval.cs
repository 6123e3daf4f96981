namespace NetGen.Generators.Expressions;

/// <summary>Bounds that an expression's value keeps to, whatever its variables are; ends count as inside.</summary>
/// <param name="Low">No value is below.</param>
/// <param name="High">No value is above.</param>
internal readonly record struct Interval(double Low, double High)
{
    private static readonly Interval _everything = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Bounds, not always the closest ones.</summary>
    public static Interval Of(Expression expression)
    {
        var done = new Dictionary<Expression, Interval>();
        return Visit(expression);

        Interval Visit(Expression e)
        {
            if (!done.TryGetValue(e, out var result))
            {
                done.Add(e, result = Bounds(e));
            }

            return result;
        }

        Interval Bounds(Expression e) => e switch
        {
            Constant(var value) when !double.IsNaN(value) => new(value, value),
            Add(var a, var b) => Sum(Visit(a), Visit(b)),
            Negate(var a) => Negated(Visit(a)),
            Multiply(var a, var b) when a.Equals(b) => Squared(Visit(a)),
            Multiply(var a, var b) => Product(Visit(a), Visit(b)),
            Divide(var a, var b) when Visit(a).Low >= 0 && Visit(b).Low >= 0 => new(0, double.PositiveInfinity),
            Min(var a, var b) when a.IsOppositeOf(b) => new(-Magnitude(Visit(a)), 0),
            Min(var a, var b) => new(Math.Min(Visit(a).Low, Visit(b).Low), Math.Min(Visit(a).High, Visit(b).High)),
            Max(var a, var b) => new(Math.Max(Visit(a).Low, Visit(b).Low), Math.Max(Visit(a).High, Visit(b).High)),
            Exp(var a) => new(0, Math.Exp(Visit(a).High)),
            Abs(var a) => new(0, Magnitude(Visit(a))),
            Sqrt => new(0, double.PositiveInfinity),
            Expm1 => new(-1, double.PositiveInfinity),
            Log1p(var a) when Visit(a).Low >= 0 => new(0, double.PositiveInfinity),
            Sigmoid or Gate or NormalCdf => new(0, 1),
            Tanh or Erf or Sign or Sin or Cos => new(-1, 1),
            Cosh => new(1, double.PositiveInfinity),
            Select(_, var a, var b) => new(Math.Min(Visit(a).Low, Visit(b).Low), Math.Max(Visit(a).High, Visit(b).High)),
            _ => _everything,
        };
    }

    private static Interval Sum(Interval a, Interval b) => new(a.Low + b.Low, a.High + b.High);

    // Nothing times something without bounds has no value where it is 0 · ∞, and no bounds are claimed of it.
    private static Interval Product(Interval a, Interval b)
    {
        double[] corners = [a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High];
        return corners.Any(double.IsNaN) && a.Low >= 0 && b.Low >= 0 ? new(0, double.PositiveInfinity)
            : corners.Any(double.IsNaN) ? _everything
            : new(corners.Min(), corners.Max());
    }

    private static double Magnitude(Interval a) => Math.Max(Math.Abs(a.Low), Math.Abs(a.High));

    private static Interval Negated(Interval a) => new(-a.High, -a.Low);

    private static Interval Squared(Interval a)
    {
        var (low, high) = (Math.Abs(a.Low), Math.Abs(a.High));
        return new(a.Low <= 0 && a.High >= 0 ? 0 : Math.Min(low * low, high * high), Math.Max(low * low, high * high));
    }
}
