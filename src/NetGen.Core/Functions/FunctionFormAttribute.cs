using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// What a differentiable function computes, as text for the generator, so that functions of other projects can call it. Generated code
/// carries it.
/// </summary>
/// <param name="parameters">The types of the function's parameters.</param>
/// <param name="form">The form.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class FunctionFormAttribute(string parameters, string form) : Attribute
{
    /// <summary>The types of the function's parameters.</summary>
    public string Parameters { get; } = parameters;

    /// <summary>The form.</summary>
    public string Form { get; } = form;
}
