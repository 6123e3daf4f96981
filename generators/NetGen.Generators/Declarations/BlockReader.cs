using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Declarations;

/// <summary>
/// Reads the classes that a network uses as blocks, and those that these use. They are read with the network, so that an edit
/// of a block makes another declaration of each network that uses it, and of no other.
/// </summary>
internal static class BlockReader
{
    /// <summary>The classes, each once, or null where one is half typed.</summary>
    public static EquatableArray<BlockDeclaration>? Read(
        INamedTypeSymbol user, PlaceList places, FunctionCalls functions, CancellationToken cancellation)
    {
        var found = new List<BlockDeclaration>();
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var waiting = new Queue<INamedTypeSymbol>(UsedBy(user));
        while (waiting.Count > 0)
        {
            INamedTypeSymbol type = waiting.Dequeue();
            if (type.TypeKind == TypeKind.Error)
                return null;
            if (!seen.Add(type))
                continue;
            cancellation.ThrowIfCancellationRequested();
            if (ReadOne(type, places, functions, cancellation) is not { } block)
                return null;
            found.Add(block);
            foreach (INamedTypeSymbol used in UsedBy(type))
                waiting.Enqueue(used);
        }

        return found.ToEquatableArray();
    }

    /// <summary>One class; its own mistakes are reported where it is declared, not by each network that uses it.</summary>
    private static BlockDeclaration? ReadOne(
        INamedTypeSymbol type, PlaceList places, FunctionCalls functions, CancellationToken cancellation)
    {
        bool isBlock = Vocabulary.IsBlock(type);
        string name = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        // Classes of other assemblies are metadata, in which attributes have no order.
        if (!isBlock || type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not TypeDeclarationSyntax syntax)
            return new BlockDeclaration(Vocabulary.FullName(type), name, IsBlock: false, default, default);

        var mistakes = new List<NetworkDiagnostic>();
        return AttributeReader.OfClass(type, syntax, places, functions, mistakes, cancellation) is { } attributes
            && PointReader.Read(type, places, functions, mistakes, cancellation) is { } points
                ? new BlockDeclaration(Vocabulary.FullName(type), name, IsBlock: true, attributes, points)
                : null;
    }

    private static IEnumerable<INamedTypeSymbol> UsedBy(INamedTypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>()
        .SelectMany(property => property.GetAttributes())
        .Concat(type.GetAttributes())
        .Select(attribute => attribute.AttributeClass)
        .Where(attribute => attribute is not null && Vocabulary.UsesBlocks(attribute))
        .SelectMany(attribute => attribute!.TypeArguments)
        .OfType<INamedTypeSymbol>();
}
