using System.Globalization;

namespace NetGen.Generators.Expressions;

/// <summary>
/// A scalar function, written as it would be on paper: <c>x * Sigmoid(x)</c>. Activations, losses and gates are defined once
/// as such a tree; values, derivatives and the code of every vector width follow from it.
/// </summary>
/// <remarks>
/// Expressions are immutable and compare by structure, so they may sit in the models of the incremental generator. Cases with
/// operands keep their hash, because derivatives share subtrees so often that walking them as trees would take exponential
/// time. To add a case: derive a sealed record from <see cref="Unary"/> or <see cref="Binary"/>, then give it a rule in
/// <see cref="Derivative"/>, <see cref="Evaluator"/> and <see cref="ExpressionEmitter"/>.
/// </remarks>
internal abstract record Expression
{
    /// <summary>
    /// Whether two operands are equal; from then on they are the same object. Without that, comparing two expressions that
    /// share parts inside would walk each shared part once per path to it.
    /// </summary>
    internal static bool Unify(ref Expression mine, Expression other)
    {
        if (ReferenceEquals(mine, other))
        {
            return true;
        }

        if (!mine.Equals(other))
        {
            return false;
        }

        mine = other;
        return true;
    }

    /// <summary>What this expression is made of, in order. Empty for constants and variables.</summary>
    public abstract IReadOnlyList<Expression> Operands { get; }

    /// <summary>The same operation on <paramref name="map"/> of each operand; this very object if none changed.</summary>
    public abstract Expression Map(Func<Expression, Expression> map);

    /// <summary>Whether <paramref name="part"/> occurs anywhere in this expression.</summary>
    public bool Contains(Expression part)
    {
        var seen = new HashSet<Expression>();
        return Search(this);

        bool Search(Expression expression) =>
            expression.Equals(part) || (seen.Add(expression) && expression.Operands.Any(Search));
    }

    /// <summary>Whether it is −a of a simplified a, or the other way round; of sums each term is the opposite.</summary>
    public bool IsOppositeOf(Expression other) => (this, other) switch
    {
        (Negate(var a), _) => a.Equals(other),
        (_, Negate(var b)) => b.Equals(this),
        (Add, Add) => Equals(Simplifier.Simplify(-other)),
        _ => false,
    };

    /// <summary>
    /// How large an expression may become by joining others to it. A part that stands at two places is looked at twice by whoever takes the
    /// expression as it is written, so that a long row of functions in one would take exponential time.
    /// </summary>
    public const double MostParts = 1000;

    /// <summary>How many parts are written where this expression is, a variable counting as many as it stands for.</summary>
    /// <param name="partsOf">What a variable counts; one unless given.</param>
    public double Parts(Func<string, double>? partsOf = null) =>
        Sum(this, variable => partsOf?.Invoke(variable) ?? 1, itself: 1, []);

    /// <summary>How often a variable is written where this expression is.</summary>
    public double Occurrences(string variable) => Sum(this, name => name == variable ? 1 : 0, itself: 0, []);

    /// <summary>The same of all variables of several expressions together, in a single walk.</summary>
    public static IReadOnlyDictionary<string, double> Occurrences(IEnumerable<Expression> wholes)
    {
        var behindParts = new List<Expression>();
        var written = new Dictionary<Expression, double>();
        foreach (Expression whole in wholes)
        {
            Visit(whole);
            written[whole]++;
        }

        // From the wholes down: whoever is made of a part hands on how often it is written itself.
        var variables = new Dictionary<string, double>();
        for (int i = behindParts.Count - 1; i >= 0; i--)
        {
            Expression part = behindParts[i];
            if (part is Variable(var name))
                variables[name] = written[part];
            foreach (Expression operand in part.Operands)
                written[operand] += written[part];
        }

        return variables;

        void Visit(Expression expression)
        {
            if (written.ContainsKey(expression))
                return;
            written.Add(expression, 0);
            foreach (Expression operand in expression.Operands)
                Visit(operand);
            behindParts.Add(expression);
        }
    }

    // In doubles, which do not overflow; what is shared is added up once.
    private static double Sum(Expression expression, Func<string, double> ofVariable, double itself, Dictionary<Expression, double> done)
    {
        if (expression is Variable(var name))
        {
            return ofVariable(name);
        }

        if (!done.TryGetValue(expression, out var sum))
        {
            done.Add(expression, sum = itself + expression.Operands.Sum(operand => Sum(operand, ofVariable, itself, done)));
        }

        return sum;
    }

    /// <summary>This expression with every occurrence of <paramref name="part"/> replaced.</summary>
    public Expression Replace(Expression part, Expression replacement)
    {
        var done = new Dictionary<Expression, Expression> { [part] = replacement };
        return Visit(this);

        Expression Visit(Expression expression)
        {
            if (!done.TryGetValue(expression, out var result))
            {
                done.Add(expression, result = expression.Map(Visit));
            }

            return result;
        }
    }

    /// <summary>This expression with variables replaced, all at once.</summary>
    public Expression Substitute(IReadOnlyDictionary<string, Expression> bindings)
    {
        var done = new Dictionary<Expression, Expression>();
        return Visit(this);

        Expression Visit(Expression expression)
        {
            if (!done.TryGetValue(expression, out var result))
            {
                result = expression is Variable(var name) && bindings.TryGetValue(name, out var bound)
                    ? bound
                    : expression.Map(Visit);
                done.Add(expression, result);
            }

            return result;
        }
    }

    /// <summary>The value in double precision, with every variable bound.</summary>
    public double Evaluate(params (string Variable, double Value)[] bindings) =>
        Evaluator.Evaluate(this, bindings.ToDictionary(binding => binding.Variable, binding => binding.Value));

    /// <summary>The expression in mathematical notation, for comments and test failures.</summary>
    public sealed override string ToString() => ExpressionPrinter.Print(this);

    public static implicit operator Expression(double value) => new Constant(value);

    public static Expression operator +(Expression left, Expression right) => new Add(left, right);

    public static Expression operator -(Expression left, Expression right) => new Add(left, new Negate(right));

    public static Expression operator *(Expression left, Expression right) => new Multiply(left, right);

    public static Expression operator /(Expression left, Expression right) => new Divide(left, right);

    public static Expression operator -(Expression operand) => new Negate(operand);

    public static Condition operator >(Expression left, Expression right) => new(Comparison.Greater, left, right);

    public static Condition operator >=(Expression left, Expression right) => new(Comparison.GreaterOrEqual, left, right);

    public static Condition operator <(Expression left, Expression right) => new(Comparison.Greater, right, left);

    public static Condition operator <=(Expression left, Expression right) => new(Comparison.GreaterOrEqual, right, left);
}

/// <summary>A number. Held in double precision and rounded once, to float, when it is written into code.</summary>
internal sealed record Constant(double Value) : Expression
{
    public override IReadOnlyList<Expression> Operands => [];

    public override Expression Map(Func<Expression, Expression> map) => this;

    // By bits: NaN equals itself, and −0 is not 0.
    public bool Equals(Constant? other) =>
        other is not null && BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value);

    public override int GetHashCode() => BitConverter.DoubleToInt64Bits(Value).GetHashCode();

    public string Text => Value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>An input of the function.</summary>
internal sealed record Variable(string Name) : Expression
{
    public override IReadOnlyList<Expression> Operands => [];

    public override Expression Map(Func<Expression, Expression> map) => this;
}

/// <summary>A function of one operand.</summary>
internal abstract record Unary(Expression Operand) : Expression
{
    private Expression _operand = Operand;
    private int _hash;

    public Expression Operand => _operand;

    /// <summary>How exactly it is computed.</summary>
    public Grade Grade { get; private init; }

    public override IReadOnlyList<Expression> Operands => new[] { Operand };

    public override Expression Map(Func<Expression, Expression> map)
    {
        var operand = map(Operand);
        return ReferenceEquals(operand, Operand) ? this : ((Unary)On(operand)).Graded(Grade);
    }

    /// <summary>The same function in another grade.</summary>
    public Unary Graded(Grade grade) => grade == Grade ? this : this with { Grade = grade, _hash = 0 };

    /// <summary>The same function of another operand.</summary>
    public abstract Expression On(Expression operand);

    public virtual bool Equals(Unary? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && EqualityContract == other.EqualityContract
            && Grade == other.Grade
            && GetHashCode() == other.GetHashCode()
            && Unify(ref _operand, other._operand));

    public override int GetHashCode() => _hash != 0
        ? _hash
        : _hash = Hash.Of(Hash.Of(EqualityContract.GetHashCode(), (int)Grade), Operand.GetHashCode()) | 1;
}

/// <summary>A function of two operands.</summary>
internal abstract record Binary(Expression Left, Expression Right) : Expression
{
    private Expression _left = Left;
    private Expression _right = Right;
    private int _hash;

    public Expression Left => _left;

    public Expression Right => _right;

    public override IReadOnlyList<Expression> Operands => new[] { Left, Right };

    public override Expression Map(Func<Expression, Expression> map)
    {
        var left = map(Left);
        var right = map(Right);
        return ReferenceEquals(left, Left) && ReferenceEquals(right, Right) ? this : On(left, right);
    }

    /// <summary>The same function of other operands.</summary>
    public abstract Expression On(Expression left, Expression right);

    public virtual bool Equals(Binary? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && EqualityContract == other.EqualityContract
            && GetHashCode() == other.GetHashCode()
            && Unify(ref _left, other._left)
            && Unify(ref _right, other._right));

    public override int GetHashCode() =>
        _hash != 0
            ? _hash
            : _hash = Hash.Of(Hash.Of(EqualityContract.GetHashCode(), Left.GetHashCode()), Right.GetHashCode()) | 1;
}
