namespace NetGen.Generators.Expressions;

/// <summary>A product taken apart: coefficient · Π factors, the factors in <see cref="ExpressionOrder"/>.</summary>
internal sealed class ProductForm
{
    // Longer products stay as they were written: p = p · p, thirty times over, would have 2³⁰ factors. So do products with a choice
    // between more constants than this, of which a mask has fewer: what it lets pass is written once more with all of its conditions.
    private const int MostFactors = 64, MostLeaves = 64, MostOfMask = 8;

    private readonly List<Expression> _factors;

    private ProductForm(double coefficient, List<Expression> factors)
    {
        Coefficient = coefficient;
        _factors = factors;
    }

    public double Coefficient { get; }

    public bool IsConstant => _factors.Count == 0;

    public static ProductForm Of(Expression expression)
    {
        var coefficient = 1.0;
        var factors = new List<Expression>();
        Collect(expression);
        if (!IsInOrder())
        {
            factors.Sort(ExpressionOrder.Instance);
        }

        return new ProductForm(coefficient, factors);

        void Collect(Expression e)
        {
            switch (e)
            {
                // What would become infinite, or nothing, stays where it was written.
                case Constant(var value) when coefficient == 0 || value == 0 || IsOrdinary(coefficient * value) || !IsOrdinary(value):
                    coefficient *= value;
                    break;
                case Negate(var a):
                    coefficient = -coefficient;
                    Collect(a);
                    break;
                case Multiply(var a, var b) when factors.Count + Factors(e, MostFactors) <= MostFactors:
                    Collect(a);
                    Collect(b);
                    break;
                default:
                    factors.Add(e);
                    break;
            }
        }

        // Those of a simple product are, and those that another joins at the end; to compare is to look deep into both.
        bool IsInOrder()
        {
            for (var i = 1; i < factors.Count; i++)
            {
                if (ExpressionOrder.Instance.Compare(factors[i - 1], factors[i]) > 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    private static bool IsOrdinary(double number) => number != 0 && !double.IsInfinity(number) && !double.IsNaN(number);

    /// <summary>How many factors a product has, or more than <paramref name="most"/>.</summary>
    private static int Factors(Expression e, int most) => e switch
    {
        Multiply(var a, var b) when most > 0 && Factors(a, most) is var left => left > most ? left : left + Factors(b, most - left),
        Negate(var a) => Factors(a, most),
        Constant => 0,
        _ => 1,
    };

    public ProductForm Scaled(double factor) => new(Coefficient * factor, _factors);

    public Expression ToExpression()
    {
        if (Coefficient == 0)
        {
            return 0;
        }

        // g · (c ? 1 : 0) is c ? g : 0, without the product; a coefficient goes into the constants of a selection.
        var mask = _factors.FindIndex(factor => factor is Select
            && Leaves(factor, _factors.Count == 1 ? MostLeaves : MostOfMask) is { } leaves && (_factors.Count == 1 || leaves.Contains(0)));
        if (mask >= 0)
        {
            var others = new List<Expression>(_factors);
            others.RemoveAt(mask);
            return MapLeaves(_factors[mask], leaf => new ProductForm(Coefficient * leaf, others).ToExpression());
        }

        if (_factors.Count == 0)
        {
            return Coefficient;
        }

        var product = _factors.Aggregate((left, right) => new Multiply(left, right));
        return (Coefficient, product) switch
        {
            (1, _) => product,
            (_, Divide(Constant(var numerator), var denominator)) => new Divide(Coefficient * numerator, denominator),
            // −(a − b) is b − a.
            (-1, Add) when SumForm.Of(product) is var sum && (sum.Constant < 0 || sum.Terms.Any(term => term.Coefficient < 0)) =>
                SumForm.Of(new Negate(product)).ToExpression(),
            (-1, _) => new Negate(product),
            _ => new Multiply(Coefficient, product),
        };
    }

    /// <summary>The constants a tree of selections chooses from, or null if it chooses from anything else, or more.</summary>
    private static HashSet<double>? Leaves(Expression expression, int most)
    {
        var leaves = new HashSet<double>();
        var count = 0;
        return Collect(expression) ? leaves : null;

        bool Collect(Expression e) => e switch
        {
            Constant(var value) => ++count <= most && (leaves.Add(value) || true),
            Select(_, var a, var b) => Collect(a) && Collect(b),
            _ => false,
        };
    }

    private static Expression MapLeaves(Expression expression, Func<double, Expression> map) => expression switch
    {
        Constant(var value) => map(value),
        Select(var condition, var a, var b) => new Select(condition, MapLeaves(a, map), MapLeaves(b, map)),
        _ => expression,
    };
}
