namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>
/// A number with its derivatives, carried forward by the rules of calculus (forward mode): the plainest way there is to differentiate.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Slopes">Its derivative by each variable.</param>
internal readonly record struct Dual(double Value, double[] Slopes)
{
    public static implicit operator Dual(double constant) => new(constant, []);

    public static Dual Variable(double value, int place, int count)
    {
        double[] slopes = new double[count];
        slopes[place] = 1;
        return new Dual(value, slopes);
    }

    public double Slope(int place) => Slopes.Length == 0 ? 0 : Slopes[place];

    /// <summary>A function of this one, by the chain rule.</summary>
    public Dual Map(double value, double slope) => new(value, [.. Slopes.Select(own => slope * own)]);

    public static Dual Of(double value, Dual a, double byA, Dual b, double byB) =>
        new(value, [.. Enumerable.Range(0, Math.Max(a.Slopes.Length, b.Slopes.Length)).Select(i => byA * a.Slope(i) + byB * b.Slope(i))]);

    public static Dual operator +(Dual a, Dual b) => Of(a.Value + b.Value, a, 1, b, 1);

    public static Dual operator -(Dual a, Dual b) => Of(a.Value - b.Value, a, 1, b, -1);

    public static Dual operator *(Dual a, Dual b) => Of(a.Value * b.Value, a, b.Value, b, a.Value);

    public static Dual operator /(Dual a, Dual b) => Of(a.Value / b.Value, a, 1 / b.Value, b, -a.Value / (b.Value * b.Value));

    public static Dual operator -(Dual a) => a.Map(-a.Value, -1);

    public static Dual Call(string function, Dual a)
    {
        double x = a.Value;
        return function switch
        {
            "Math.Exp" => a.Map(Math.Exp(x), Math.Exp(x)),
            "Math.Tanh" => a.Map(Math.Tanh(x), 1 - Math.Tanh(x) * Math.Tanh(x)),
            "Math.Sin" => a.Map(Math.Sin(x), Math.Cos(x)),
            "Math.Cos" => a.Map(Math.Cos(x), -Math.Sin(x)),
            "Math.Atan" => a.Map(Math.Atan(x), 1 / (1 + x * x)),
            "Math.Asin" => a.Map(Math.Asin(x), 1 / Math.Sqrt(1 - x * x)),
            "Math.Acos" => a.Map(Math.Acos(x), -1 / Math.Sqrt(1 - x * x)),
            "Math.Sqrt" => a.Map(Math.Sqrt(x), 0.5 / Math.Sqrt(x)),
            "Math.Cbrt" => a.Map(Math.Cbrt(x), 1 / (3 * Math.Cbrt(x) * Math.Cbrt(x))),
            "Math.Log" => a.Map(Math.Log(x), 1 / x),
            "Math.Sinh" => a.Map(Math.Sinh(x), Math.Cosh(x)),
            "Math.Cosh" => a.Map(Math.Cosh(x), Math.Sinh(x)),
            "Math.Abs" => a.Map(Math.Abs(x), Math.Sign(x)),
            "Math.Floor" => a.Map(Math.Floor(x), 0),
            "Math.Round" => a.Map(Math.Round(x), 0),
            "Math.Truncate" => a.Map(Math.Truncate(x), 0),
            _ => throw new ArgumentException(function),
        };
    }

    public static Dual Call(string function, Dual a, Dual b)
    {
        (double x, double y) = (a.Value, b.Value);
        return function switch
        {
            "Math.Max" => Of(Math.Max(x, y), a, x > y ? 1 : 0, b, x > y ? 0 : 1),
            "Math.Min" => Of(Math.Min(x, y), a, x < y ? 1 : 0, b, x < y ? 0 : 1),
            "Math.Pow" => Of(Math.Pow(x, y), a, y * Math.Pow(x, y - 1), b, Math.Log(x) * Math.Pow(x, y)),
            "Math.Atan2" => Of(Math.Atan2(x, y), a, y / (x * x + y * y), b, -x / (x * x + y * y)),
            _ => throw new ArgumentException(function),
        };
    }
}
