using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>
/// A <c>[Differentiable]</c> function as code is generated for it: where it stands and what it computes. No symbol, no syntax and no place
/// is in it, and it is equal to another that computes the same, however that is written.
/// </summary>
internal sealed record FunctionDeclaration : IDeclaration
{
    /// <summary>The namespace, empty for the global one; keywords in it are escaped.</summary>
    public required string Namespace { get; init; }

    /// <summary>The headers under which generated code re-opens the types around the function, outermost first.</summary>
    public required EquatableArray<string> ContainingTypes { get; init; }

    /// <summary>The function's name, as it was written but for an escape.</summary>
    public required string Name { get; init; }

    /// <summary>What the generated file's name begins with: the type's full name and the function's, unique among overloads.</summary>
    public required string FileName { get; init; }

    /// <summary>The function's modifiers, which those of generated members repeat: <c>public</c>.</summary>
    public required string Accessibility { get; init; }

    /// <summary>What it computes.</summary>
    public required FunctionForm Form { get; init; }

    /// <summary>Whether the second derivatives are wanted.</summary>
    public bool HasHessian { get; init; }

    /// <summary>Whether the product of the second derivatives with a vector is wanted.</summary>
    public bool HasHessianProduct { get; init; }
}

/// <summary>The numbers in which a function is computed.</summary>
internal enum NumberType
{
    Single,
    Double,
}

/// <summary>What a function computes of its parameters.</summary>
/// <param name="Precision">The type of all of its numbers.</param>
/// <param name="Parameters">The parameters, in order.</param>
/// <param name="Value">The value, in the variables of the parameters.</param>
internal sealed record FunctionForm(NumberType Precision, EquatableArray<FunctionParameter> Parameters, Expression Value);

/// <summary>A parameter: a number, or so many of them.</summary>
/// <param name="Name">Its name, without an escape.</param>
/// <param name="Count">The number of elements of a span; null for a number.</param>
/// <param name="IsDifferentiated">Whether derivatives by it are wanted.</param>
internal sealed record FunctionParameter(string Name, int? Count, bool IsDifferentiated)
{
    /// <summary>The variables that stand for its numbers: its name or, of a span, <c>x[0]</c> and so on.</summary>
    public IEnumerable<Variable> Variables => Count is { } count
        ? Enumerable.Range(0, count).Select(i => new Variable(FormattableString.Invariant($"{Name}[{i}]")))
        : [new Variable(Name)];
}
