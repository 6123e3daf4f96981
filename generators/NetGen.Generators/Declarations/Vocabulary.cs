using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Declarations;

/// <summary>Which attributes belong to the language of networks.</summary>
internal static class Vocabulary
{
    private const string Home = "NetGen";
    private const string Suffix = "Attribute";

    /// <summary>Whether an attribute is an input, a layer or a loss, or is derived from one.</summary>
    public static bool IsPartOfNetwork(INamedTypeSymbol attribute)
    {
        for (INamedTypeSymbol? type = attribute; type is not null; type = type.BaseType)
        {
            if (type.Name is "LayerAttribute" or "LossAttribute" or "InputAttribute" && IsAtHome(type))
                return true;
        }

        return false;
    }

    /// <summary>Whether a type is a <c>[Network]</c> class.</summary>
    public static bool IsNetwork(ITypeSymbol type) => type.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: "NetworkAttribute" } found && IsAtHome(found));

    /// <summary><c>Dense</c> for NetGen's own; the full name for classes that others derived from NetGen's.</summary>
    public static string KindOf(INamedTypeSymbol attribute)
    {
        string name = IsAtHome(attribute) ? attribute.Name : attribute.ToDisplayString();
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    private static bool IsAtHome(INamedTypeSymbol type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: Home, ContainingNamespace.IsGlobalNamespace: true } };
}
