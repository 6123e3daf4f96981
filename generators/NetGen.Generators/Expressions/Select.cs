namespace NetGen.Generators.Expressions;

internal enum Comparison
{
    Greater,
    GreaterOrEqual,
}

/// <summary>
/// A comparison. "Less" is "greater" with its sides exchanged. Like IEEE comparisons it is false when a side is NaN.
/// </summary>
internal sealed record Condition(Comparison Comparison, Expression Left, Expression Right)
{
    private Expression _left = Left;
    private Expression _right = Right;

    public Expression Left => _left;

    public Expression Right => _right;

    public Condition Map(Func<Expression, Expression> map)
    {
        var left = map(Left);
        var right = map(Right);
        return ReferenceEquals(left, Left) && ReferenceEquals(right, Right) ? this : new Condition(Comparison, left, right);
    }

    /// <summary>The answer for two numbers.</summary>
    public bool Holds(double left, double right) => Comparison == Comparison.Greater ? left > right : left >= right;

    public bool Equals(Condition? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Comparison == other.Comparison
            && GetHashCode() == other.GetHashCode()
            && Expression.Unify(ref _left, other._left)
            && Expression.Unify(ref _right, other._right));

    public override int GetHashCode() => Hash.Of(Hash.Of((int)Comparison, Left.GetHashCode()), Right.GetHashCode());

    public override string ToString() => ExpressionPrinter.Print(this);
}

/// <summary>One of two values, by a condition. Both are computed; the other one is dropped, even if it is not finite.</summary>
internal sealed record Select(Condition Condition, Expression Then, Expression Else) : Expression
{
    private Expression _then = Then;
    private Expression _else = Else;
    private int _hash;

    public Expression Then => _then;

    public Expression Else => _else;

    public override IReadOnlyList<Expression> Operands => [Condition.Left, Condition.Right, Then, Else];

    public override Expression Map(Func<Expression, Expression> map)
    {
        var condition = Condition.Map(map);
        var then = map(Then);
        var otherwise = map(Else);
        return ReferenceEquals(condition, Condition) && ReferenceEquals(then, Then) && ReferenceEquals(otherwise, Else)
            ? this
            : new Select(condition, then, otherwise);
    }

    public bool Equals(Select? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && GetHashCode() == other.GetHashCode()
            && Condition.Equals(other.Condition)
            && Unify(ref _then, other._then)
            && Unify(ref _else, other._else));

    public override int GetHashCode() =>
        _hash != 0
            ? _hash
            : _hash = Hash.Of(Hash.Of(Condition.GetHashCode(), Then.GetHashCode()), Else.GetHashCode()) | 1;
}
