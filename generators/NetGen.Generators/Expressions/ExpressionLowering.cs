using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Expressions;

/// <summary>a · b + c in one instruction. Appears only between lowering and emission.</summary>
internal sealed record MultiplyAdd(Expression A, Expression B, Expression C) : Expression
{
    private int _hash;

    public override IReadOnlyList<Expression> Operands => [A, B, C];

    public override Expression Map(Func<Expression, Expression> map) => new MultiplyAdd(map(A), map(B), map(C));

    public bool Equals(MultiplyAdd? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && GetHashCode() == other.GetHashCode()
            && A.Equals(other.A)
            && B.Equals(other.B)
            && C.Equals(other.C));

    public override int GetHashCode() =>
        _hash != 0 ? _hash : _hash = Hash.Of(Hash.Of(A.GetHashCode(), B.GetHashCode()), C.GetHashCode()) | 1;
}

/// <summary>tanh a · gate b, which share a division. Appears only between lowering and emission.</summary>
internal sealed record GatedTanh(Expression A, Expression B, Grade Grade) : Expression
{
    public override IReadOnlyList<Expression> Operands => [A, B];

    public override Expression Map(Func<Expression, Expression> map) => new GatedTanh(map(A), map(B), Grade);
}

/// <summary>gate b · c + (1 − gate b) · tanh a, which share a division. Appears only between lowering and emission.</summary>
internal sealed record GatedMix(Expression A, Expression B, Expression C, Grade Grade) : Expression
{
    public override IReadOnlyList<Expression> Operands => [A, B, C];

    public override Expression Map(Func<Expression, Expression> map) => new GatedMix(map(A), map(B), map(C), Grade);
}

/// <summary>ln(1 + a) for a from 0 to 1, in a third of the operations. Appears only between lowering and emission.</summary>
internal sealed record Log1pOfFraction(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Log1pOfFraction(operand);
}

/// <summary>
/// Puts simplified expressions into the operations that processors have: sums with a product become multiply-adds, as long as
/// nobody else needs the product, and so do products with (1 ± b), as a ± a · b; a gate and the tangent that it lets pass, or mixes, become one
/// function; logarithms of what is known to be from 1 to 2 become polynomials; the smaller of −a and a becomes −|a|, which lets what is not a number
/// through without a question; signs become selections.
/// </summary>
internal static class ExpressionLowering
{
    /// <param name="roots">The expressions, simplified.</param>
    /// <param name="fuses">Whether there are multiply-adds.</param>
    public static IReadOnlyList<Expression> Lower(IReadOnlyList<Expression> roots, bool fuses = true)
    {
        var uses = CountUses(roots);
        var done = new Dictionary<Expression, Expression>();
        return [.. roots.Select(Visit)];

        Expression Visit(Expression e)
        {
            if (!done.TryGetValue(e, out var result))
            {
                done.Add(e, result = Lowered(e));
            }

            return result;
        }

        bool IsPrivate(Expression e) => fuses && uses[e] == 1;

        // Of a product the factors stand in order: tangents before gates.
        bool IsGatedTanh(Multiply product) =>
            product is (Tanh tanh, Gate gate) && tanh.Grade == gate.Grade && IsPrivate(tanh) && IsPrivate(gate);

        // tanh + gate · (other − tanh), where nobody else needs the tangent.
        GatedMix? MixOf(Expression tangent, Multiply product)
        {
            (Expression first, Expression second) = product.Left is Gate ? (product.Left, product.Right) : (product.Right, product.Left);
            return tangent is Tanh(var a) tanh && first is Gate(var b) gate && tanh.Grade == gate.Grade && uses[tanh] == 2 &&
                second is Add(var left, var right) difference && IsPrivate(product) && IsPrivate(gate) && IsPrivate(difference)
                ? (left, right) switch
                {
                    (Negate(var taken) negated, _) when taken.Equals(tanh) && IsPrivate(negated) =>
                        new GatedMix(Visit(a), Visit(b), Visit(right), tanh.Grade),
                    (_, Negate(var taken) negated) when taken.Equals(tanh) && IsPrivate(negated) =>
                        new GatedMix(Visit(a), Visit(b), Visit(left), tanh.Grade),
                    _ => null,
                }
                : null;
        }

        Expression Lowered(Expression e)
        {
            switch (e)
            {
                case Add(var tangent, Multiply product) when MixOf(tangent, product) is { } mix:
                    return mix;
                case Add(Multiply product, var tangent) when MixOf(tangent, product) is { } mix:
                    return mix;
                case Multiply(Tanh(var a) tanh, Gate(var b)) product when IsGatedTanh(product):
                    return new GatedTanh(Visit(a), Visit(b), tanh.Grade);
                case Add(var a, Multiply product) when IsPrivate(product) && !IsGatedTanh(product):
                    return Fused(product, 1, Visit(a));
                case Add(Multiply product, var a) when IsPrivate(product) && !IsGatedTanh(product):
                    return Fused(product, 1, Visit(a));
                case Add(var a, Negate(Multiply product) negated) when IsPrivate(negated) && IsPrivate(product):
                    return Fused(product, -1, Visit(a));
                case Add(Negate(Multiply product) negated, var a) when IsPrivate(negated) && IsPrivate(product):
                    return Fused(product, -1, Visit(a));
                case Multiply(var a, Add(var b, Constant { Value: 1 or -1 } one) sum) when IsPrivate(sum) && !IsProduct(b):
                    var factor = Visit(a);
                    var addend = one.Value == 1 ? factor : Negated(factor);
                    return b is Negate(var c)
                        ? new MultiplyAdd(Negated(factor), Visit(c), addend)
                        : new MultiplyAdd(factor, Visit(b), addend);
                case Min(var a, var b) when a.IsOppositeOf(b):
                    return new Negate(new Abs(Visit(a is Negate ? b : a)));
                case Log1p(var a) when fuses && Interval.Of(a) is { Low: >= 0, High: <= 1 }:
                    return new Log1pOfFraction(Visit(a));
                case Sign(var a):
                    var operand = Visit(a);
                    return Select(operand > 0, 1, Select(operand < 0, -1, 0));
                default:
                    return e.Map(Visit);
            }
        }

        // Constants go second, where a memory operand may stand.
        Expression Fused(Multiply product, int sign, Expression addend)
        {
            var (a, b) = product.Left is Constant ? (product.Right, product.Left) : (product.Left, product.Right);
            return new MultiplyAdd(sign < 0 ? Negated(Visit(a)) : Visit(a), Visit(b), addend);
        }
    }

    /// <summary>How many operands of different expressions, or roots, each part is.</summary>
    public static Dictionary<Expression, int> CountUses(IReadOnlyList<Expression> roots)
    {
        var uses = new Dictionary<Expression, int>();
        foreach (var root in roots)
        {
            Use(root);
        }

        return uses;

        void Use(Expression e)
        {
            uses.TryGetValue(e, out var count);
            uses[e] = count + 1;
            if (count == 0)
            {
                foreach (var operand in e.Operands)
                {
                    Use(operand);
                }
            }
        }
    }

    private static bool IsProduct(Expression e) => e is Multiply or Negate(Multiply);

    private static Expression Negated(Expression e) => e switch
    {
        Constant(var value) => -value,
        Negate(var a) => a,
        _ => new Negate(e),
    };
}
