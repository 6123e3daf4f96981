namespace NetGen.Generators.Expressions;

/// <summary>A function of several variables with its partial derivatives, all simplified.</summary>
/// <param name="Value">The function.</param>
/// <param name="Variables">The variables by which it is differentiated, in order.</param>
internal sealed record FunctionDerivatives(Expression Value, IReadOnlyList<Variable> Variables)
{
    private readonly HashSet<Expression> _simple = [];

    public static FunctionDerivatives Of(Expression value, IEnumerable<Variable> variables) => new(Simplifier.Simplify(value), [.. variables]);

    /// <summary>The derivative by each variable.</summary>
    public IReadOnlyList<Expression> Gradient => _gradient ??= Derivative.Of(Value, Variables, _simple);

    private IReadOnlyList<Expression>? _gradient;

    /// <summary>The second derivatives, row by row, as far as the diagonal.</summary>
    public IReadOnlyList<IReadOnlyList<Expression>> LowerHessian =>
        [.. Gradient.Select((slope, row) => Derivative.Of(slope, [.. Variables.Take(row + 1)], _simple))];

    /// <summary>The Hessian times a vector: the gradient of the slope along it.</summary>
    /// <param name="direction">The vector's elements.</param>
    public IReadOnlyList<Expression> HessianTimes(IReadOnlyList<Variable> direction) => Derivative.Of(Along(direction), Variables, _simple);

    /// <summary>How many slopes the gradient is made of, and no more than one beyond the most.</summary>
    public int CountSlopes(int most) => Derivative.CountSlopes(Value, Variables, most);

    /// <summary>How many slopes the Hessian times a vector is made of, and no more than one beyond the most.</summary>
    public int CountProductSlopes(int most) => Derivative.CountSlopes(
        Along([.. Variables.Select(variable => new Variable($"{variable.Name} of the direction"))]), Variables, most);

    private Expression Along(IReadOnlyList<Variable> direction) => Simplifier.Simplify(
        Rows.Join([.. Gradient.Zip(direction, (slope, element) => slope * element)], (left, right) => left + right), _simple);

    /// <summary>Whether there are numbers of which the function has no value, beside those that are none themselves.</summary>
    public bool IsPartial => Contains(IsPartialOperation);

    /// <summary>Whether there are operations in the function whose derivative is a number although their operand is none.</summary>
    public bool IsFlatSomewhere => Contains(e => e is Min or Max or Floor or Round or Sign);

    private static bool IsPartialOperation(Expression e) => e switch
    {
        Log or Sqrt => Interval.Of(e.Operands[0]).Low < 0,
        Log1p(var a) => Interval.Of(a).Low < -1,
        Divide(_, var below) => Interval.Of(below) is { Low: <= 0, High: >= 0 },
        Asin or Acos or Pow => true,
        _ => false,
    };

    private bool Contains(Func<Expression, bool> isSought)
    {
        var seen = new HashSet<Expression>();
        return Visit(Value);

        bool Visit(Expression e) => seen.Add(e) && (isSought(e) || e.Operands.Any(Visit));
    }
}
