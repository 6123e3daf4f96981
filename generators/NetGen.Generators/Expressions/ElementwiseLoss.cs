using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Expressions;

/// <summary>A loss that is a mean over elements, each compared with its own target.</summary>
internal sealed record ElementwiseLoss
{
    /// <summary>The network's output, in every definition.</summary>
    public static Variable Output { get; } = Variable("o");

    /// <summary>The target, in every definition.</summary>
    public static Variable Target { get; } = Variable("t");

    /// <param name="name">The name as PyTorch's functional API spells it, without <c>_loss</c>.</param>
    /// <param name="value">The loss of one element.</param>
    /// <param name="derivative">
    /// A better form of the derivative by the output than the symbolic one, where there is one; the definition says why.
    /// </param>
    public ElementwiseLoss(string name, Expression value, Expression? derivative = null)
    {
        Name = name;
        Value = Simplifier.Simplify(value);
        Derivative = derivative is null ? Expressions.Derivative.Of(Value, Output) : Simplifier.Simplify(derivative);
    }

    public string Name { get; }

    /// <summary>The loss of one element, simplified.</summary>
    public Expression Value { get; }

    /// <summary>Its derivative by <see cref="Output"/>, simplified.</summary>
    public Expression Derivative { get; }
}
