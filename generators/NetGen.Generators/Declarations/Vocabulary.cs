using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Declarations;

/// <summary>Which attributes belong to the language of networks.</summary>
internal static class Vocabulary
{
    private const string Home = "NetGen";
    private const string Suffix = "Attribute";

    /// <summary>Whether an attribute is an input, a layer or a loss, says where a point stands, or is derived from one that does.</summary>
    public static bool IsPartOfNetwork(INamedTypeSymbol attribute)
    {
        for (INamedTypeSymbol? type = attribute; type is not null; type = type.BaseType)
        {
            if (type.Name is "LayerAttribute" or "ObjectiveAttribute" or "InputAttribute" or "PointAttribute" && IsAtHome(type))
                return true;
        }

        return false;
    }

    /// <summary>Whether a type is a <c>[Network]</c> class.</summary>
    public static bool IsNetwork(ITypeSymbol type) => Has(type, "NetworkAttribute");

    /// <summary>What a <c>[Network]</c> class sets an option to; null where it does not.</summary>
    /// <param name="type">The class.</param>
    /// <param name="option">A property of the attribute: <c>KeepPoints</c>.</param>
    public static object? Option(ITypeSymbol type, string option) => type.GetAttributes()
        .FirstOrDefault(attribute => attribute.AttributeClass is { Name: "NetworkAttribute" } found && IsAtHome(found))
        ?.NamedArguments.FirstOrDefault(argument => argument.Key == option).Value.Value;

    /// <summary>Whether a type is a <c>[Block]</c> class.</summary>
    public static bool IsBlock(ITypeSymbol type) => Has(type, "BlockAttribute");

    /// <summary>Whether a type is the one that points have.</summary>
    public static bool IsPoint(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Layer" } named && IsAtHome(named);

    /// <summary>Whether an attribute uses blocks: the types between its angle brackets.</summary>
    public static bool UsesBlocks(INamedTypeSymbol attribute) => attribute is { Name: "UseAttribute" or "ResidualAttribute" } && IsAtHome(attribute);

    /// <summary>Whether an attribute is given a function by its name.</summary>
    public static bool NamesFunction(INamedTypeSymbol attribute) =>
        attribute is { Name: "ActivationAttribute" or "LossAttribute" } && IsAtHome(attribute);

    /// <summary>A type's name, which no other type has.</summary>
    public static string FullName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static bool Has(ITypeSymbol type, string name) => type.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { } found && found.Name == name && IsAtHome(found));

    /// <summary><c>Dense</c> for NetGen's own; the full name for classes that others derived from NetGen's.</summary>
    public static string KindOf(INamedTypeSymbol attribute)
    {
        string name = IsAtHome(attribute) ? attribute.Name : attribute.ToDisplayString();
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    private static bool IsAtHome(INamedTypeSymbol type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: Home, ContainingNamespace.IsGlobalNamespace: true } };
}
