namespace NetGen;

/// <summary>
/// Marks a scalar function that is to be differentiated when it is compiled: a static method of a partial class whose body keeps to the
/// language of docs/differentiable.md. For <c>F</c> of numbers the generator adds <c>FWithGradient</c>, which returns the value and
/// every partial derivative of one pass, the same over a point (<c>FWithGradient(point, gradient)</c>, what a minimiser takes) and
/// <c>FWithGradients</c> over spans, element by element. A function of spans gets <c>FWithGradient(x, gradient)</c>.
/// Nothing that is generated allocates, and the documentation of each member shows the derivatives as formulas.
/// </summary>
/// <remarks>
/// At kinks the derivative is PyTorch's: that of <c>Abs</c> is 0 at 0, of <c>Max</c> and <c>Min</c> the second argument's at a tie, of a
/// choice that of the branch that was chosen, of <c>Floor</c> and its like 0. Where the function is not a number its derivatives
/// are not either.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DifferentiableAttribute : Attribute
{
    /// <summary>
    /// Whether to add <c>FWithHessian</c>, which writes all second derivatives, too: n rows of n numbers, which is a symmetrical matrix. False
    /// unless set.
    /// </summary>
    public bool Hessian { get; set; }

    /// <summary>
    /// Whether to add <c>FWithHessianProduct</c>, which writes the Hessian times a vector without making the Hessian. False unless set.
    /// </summary>
    public bool HessianProduct { get; set; }
}

/// <summary>A parameter of a <see cref="DifferentiableAttribute"/> function by which no derivative is wanted: data, a target.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class NotDifferentiatedAttribute : Attribute;

/// <summary>How many elements a span or array has that a <see cref="DifferentiableAttribute"/> function takes.</summary>
/// <param name="count">The number of elements, at least 1.</param>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ElementsAttribute(int count) : Attribute
{
    /// <summary>The number of elements.</summary>
    public int Count { get; } = count;
}
