using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>A function that an attribute names.</summary>
/// <param name="Name">The name.</param>
/// <param name="Form">What it computes; null where there is none of that name.</param>
/// <param name="Flaw">Why there is none, as it follows the name, and what to do.</param>
internal sealed record FunctionReference(string Name, FunctionForm? Form, string? Flaw)
{
    private const string Where = "; write it there, or say where it is: In = typeof(...)";

    /// <summary>
    /// Reads what an attribute of a class names; null where that is half typed, or has a mistake of its own, which is reported there.
    /// </summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="user">The class whose layers are read.</param>
    /// <param name="functions">The functions of the project.</param>
    public static FunctionReference? Read(AttributeData attribute, INamedTypeSymbol user, FunctionCalls functions)
    {
        if (attribute.ConstructorArguments is not [{ Value: string name }, ..])
            return null;
        object? home = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "In").Value.Value;
        if (home is ITypeSymbol { TypeKind: TypeKind.Error })
            return null;
        INamedTypeSymbol[] types = home is INamedTypeSymbol type ? [type] : [.. Around(user)];
        IMethodSymbol[] methods = [.. types.SelectMany(around => around.GetMembers(name)).OfType<IMethodSymbol>()];
        if (methods.Length == 0)
        {
            string around = home is null ? " or a type around it" : "";
            return new FunctionReference(name, null, $"there is no method of that name in '{types[0].Name}'{around}{Where}");
        }

        IMethodSymbol[] marked = [.. methods.Where(FunctionSignature.IsMarked)];
        if (marked.Length == 0)
            return new FunctionReference(name, null, "it is not marked [Differentiable]; mark it, so that there is a derivative");
        // Networks compute in single precision.
        IMethodSymbol method = marked.FirstOrDefault(function => function.ReturnType.SpecialType == SpecialType.System_Single) ?? marked[0];
        try
        {
            return functions.OfOther(method) is { } form ? new FunctionReference(name, form, null) : null;
        }
        catch (Exception exception) when (exception is HalfTypedException or NotInLanguageException)
        {
            return null;
        }
    }

    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
            yield return type;
    }
}
