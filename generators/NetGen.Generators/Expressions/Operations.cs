namespace NetGen.Generators.Expressions;

/// <summary>a + b. A difference is a sum with a negated operand.</summary>
internal sealed record Add(Expression Left, Expression Right) : Binary(Left, Right)
{
    public override Expression On(Expression left, Expression right) => new Add(left, right);
}

/// <summary>a · b.</summary>
internal sealed record Multiply(Expression Left, Expression Right) : Binary(Left, Right)
{
    public override Expression On(Expression left, Expression right) => new Multiply(left, right);
}

/// <summary>a / b.</summary>
internal sealed record Divide(Expression Left, Expression Right) : Binary(Left, Right)
{
    public override Expression On(Expression left, Expression right) => new Divide(left, right);
}

/// <summary>The smaller; where both are equal, the derivative is that of the right operand.</summary>
internal sealed record Min(Expression Left, Expression Right) : Binary(Left, Right)
{
    public override Expression On(Expression left, Expression right) => new Min(left, right);
}

/// <summary>The larger; where both are equal, the derivative is that of the right operand.</summary>
internal sealed record Max(Expression Left, Expression Right) : Binary(Left, Right)
{
    public override Expression On(Expression left, Expression right) => new Max(left, right);
}

/// <summary>−a.</summary>
internal sealed record Negate(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Negate(operand);
}

/// <summary>eᵃ.</summary>
internal sealed record Exp(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Exp(operand);
}

/// <summary>eᵃ − 1, accurate near 0.</summary>
internal sealed record Expm1(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Expm1(operand);
}

/// <summary>ln a.</summary>
internal sealed record Log(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Log(operand);
}

/// <summary>ln(1 + a), accurate near 0.</summary>
internal sealed record Log1p(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Log1p(operand);
}

/// <summary>The hyperbolic tangent.</summary>
internal sealed record Tanh(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Tanh(operand);
}

/// <summary>1 / (1 + e⁻ᵃ).</summary>
internal sealed record Sigmoid(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Sigmoid(operand);
}

/// <summary>1 / (1 + e⁻ᵃ) to an absolute precision, as a gate takes it: what it is multiplied with has the relative one.</summary>
internal sealed record Gate(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Gate(operand);
}

/// <summary>The error function, 2/√π ∫₀ᵃ e^(−t²) dt.</summary>
internal sealed record Erf(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Erf(operand);
}

/// <summary>Φ(a) = (1 + erf(a / √2)) / 2, the distribution function of the standard normal distribution, to an absolute precision.</summary>
internal sealed record NormalCdf(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new NormalCdf(operand);
}

/// <summary>√a.</summary>
internal sealed record Sqrt(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Sqrt(operand);
}

/// <summary>|a|; its derivative at 0 is 0.</summary>
internal sealed record Abs(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Abs(operand);
}

/// <summary>−1, 0 or 1; 0 for NaN.</summary>
internal sealed record Sign(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Sign(operand);
}
