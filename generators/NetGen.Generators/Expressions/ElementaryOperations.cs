namespace NetGen.Generators.Expressions;

/// <summary>The sine of an angle in radians.</summary>
internal sealed record Sin(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Sin(operand);
}

/// <summary>The cosine of an angle in radians.</summary>
internal sealed record Cos(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Cos(operand);
}

/// <summary>The tangent of an angle in radians.</summary>
internal sealed record Tan(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Tan(operand);
}

/// <summary>The angle in [−π/2, π/2] whose sine is a; none outside [−1, 1].</summary>
internal sealed record Asin(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Asin(operand);
}

/// <summary>The angle in [0, π] whose cosine is a; none outside [−1, 1].</summary>
internal sealed record Acos(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Acos(operand);
}

/// <summary>The angle in (−π/2, π/2) whose tangent is a.</summary>
internal sealed record Atan(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Atan(operand);
}

/// <summary>The hyperbolic sine.</summary>
internal sealed record Sinh(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Sinh(operand);
}

/// <summary>The hyperbolic cosine.</summary>
internal sealed record Cosh(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Cosh(operand);
}

/// <summary>∛a.</summary>
internal sealed record Cbrt(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Cbrt(operand);
}

/// <summary>The largest whole number that is not above a; its derivative is 0 everywhere.</summary>
internal sealed record Floor(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Floor(operand);
}

/// <summary>The nearest whole number, ties to even; its derivative is 0 everywhere.</summary>
internal sealed record Round(Expression Operand) : Unary(Operand)
{
    public override Expression On(Expression operand) => new Round(operand);
}

/// <summary>aᵇ; none where a is negative and b no whole number.</summary>
internal sealed record Pow(Expression Left, Expression Right) : Binary(Left, Right)
{
    public override Expression On(Expression left, Expression right) => new Pow(left, right);
}

/// <summary>The angle in [−π, π] between the positive x axis and the point (x = right, y = left).</summary>
internal sealed record Atan2(Expression Left, Expression Right) : Binary(Left, Right)
{
    public override Expression On(Expression left, Expression right) => new Atan2(left, right);
}
