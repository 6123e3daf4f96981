using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Expressions;

/// <summary>An elementwise activation: its definition, and the facts a planner decides by.</summary>
internal sealed record Activation
{
    /// <summary>The variable every definition is written in.</summary>
    public static Variable Input { get; } = Variable("x");

    /// <summary>The variable that stands for the activation's value in <see cref="DerivativeFromOutput"/>.</summary>
    public static Variable Output { get; } = Variable("y");

    private Expression? _derivative;

    /// <param name="name">The name as PyTorch's functional API spells it.</param>
    /// <param name="value">The definition, in <see cref="Input"/>.</param>
    /// <param name="derivative">
    /// A better form of the derivative than the symbolic one, where there is one; the definition says why.
    /// </param>
    public Activation(string name, Expression value, Expression? derivative = null)
    {
        Name = name;
        Value = Simplifier.Simplify(value);
        _derivative = derivative is null ? null : Simplifier.Simplify(derivative);
    }

    public string Name { get; }

    /// <summary>The value, simplified, in <see cref="Input"/>.</summary>
    public Expression Value { get; private init; }

    /// <summary>The same with its functions in a grade; the same object where it has none.</summary>
    public Activation In(Grade grade)
    {
        var value = Value.In(grade);
        return value.Equals(Value) ? this : this with { Value = value, _derivative = _derivative?.In(grade) };
    }

    /// <summary>The derivative, simplified, in <see cref="Input"/>.</summary>
    public Expression Derivative => _derivative ??= Expressions.Derivative.Of(Value, Input);

    /// <summary>
    /// The derivative in <see cref="Output"/> alone; null if it needs the input, which training then has to keep.
    /// </summary>
    public Expression? DerivativeFromOutput => OutputForm.TryRewrite(Value, Derivative, Input, Output, IsMonotone);

    /// <summary>Whether it never falls. Such an activation may move behind a max pooling, where there is less to compute.</summary>
    public bool IsMonotone { get; init; }

    /// <summary>Whether the value is positive exactly when the input is.</summary>
    public bool PreservesPositivity { get; init; }

    /// <summary>Whether it passes one half of its inputs on, so that weights start with He's variance rather than Glorot's.</summary>
    public bool IsRectifier { get; init; }

    /// <summary>Whether f(0) = 0, so that padded lanes stay zero.</summary>
    public bool IsZeroAtZero => Value.Evaluate((Input.Name, 0)) == 0;
}
