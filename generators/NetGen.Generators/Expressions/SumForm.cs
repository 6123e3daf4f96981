namespace NetGen.Generators.Expressions;

/// <summary>A sum taken apart: Σ coefficient · term + constant, like terms merged, in the order in which they first appear.</summary>
internal sealed class SumForm
{
    private readonly List<(Expression Term, double Coefficient)> _terms = [];
    private readonly Dictionary<Expression, int> _places = [];

    public double Constant { get; private set; }

    public IReadOnlyList<(Expression Term, double Coefficient)> Terms => _terms;

    public static SumForm Of(Expression expression)
    {
        var form = new SumForm();
        form.Collect(expression, 1);
        form._terms.RemoveAll(term => term.Coefficient == 0);
        return form;
    }

    public Expression ToExpression()
    {
        // 2 o − 2 t is 2 (o − t).
        if (Constant == 0 && _terms.Count > 1 && Math.Abs(_terms[0].Coefficient) is not 1 and var common
            && _terms.All(term => Math.Abs(term.Coefficient) == common))
        {
            return new Multiply(common, Signs().ToExpression());
        }

        if (_terms.Count == 0)
        {
            return Constant;
        }

        var sum = Rows.Join([.. _terms.Select(term => ProductForm.Of(term.Term).Scaled(term.Coefficient).ToExpression())], (a, b) => new Add(a, b));
        return Constant == 0 ? sum : new Add(sum, Constant);
    }

    private SumForm Signs()
    {
        var signs = new SumForm();
        signs._terms.AddRange(_terms.Select(term => (term.Term, (double)Math.Sign(term.Coefficient))));
        return signs;
    }

    private void Collect(Expression expression, double coefficient)
    {
        switch (expression)
        {
            case Constant(var value):
                Constant += coefficient * value;
                break;
            case Add(var a, var b):
                Collect(a, coefficient);
                Collect(b, coefficient);
                break;
            case Negate(var a):
                Collect(a, -coefficient);
                break;
            // c (a + b) is multiplied out only when that costs nothing.
            case Multiply(Constant(var k), var a) when a is not Add || Math.Abs(k * coefficient) == 1:
                Collect(a, k * coefficient);
                break;
            case Multiply(Constant(var k), var a):
                Merge(a, k * coefficient);
                break;
            default:
                Merge(expression, coefficient);
                break;
        }
    }

    private void Merge(Expression term, double coefficient)
    {
        if (_places.TryGetValue(term, out var place))
        {
            _terms[place] = (term, _terms[place].Coefficient + coefficient);
        }
        else
        {
            _places.Add(term, _terms.Count);
            _terms.Add((term, coefficient));
        }
    }
}
