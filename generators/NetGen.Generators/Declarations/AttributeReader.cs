using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Declarations;

/// <summary>Reads the attributes that make up a network, in the order they were written.</summary>
internal static class AttributeReader
{
    /// <summary>The attributes of a class, or null where the code is half typed or their order is not defined.</summary>
    public static EquatableArray<AttributeDeclaration>? OfClass(
        INamedTypeSymbol type, TypeDeclarationSyntax syntax, PlaceList places, FunctionCalls functions, List<NetworkDiagnostic> mistakes,
        CancellationToken cancellation)
    {
        if (Find(type, cancellation) is not { } found || ReportSpread(type, syntax, found, mistakes))
            return null;
        return Read(found, type, places, functions);
    }

    /// <summary>The attributes of a property, or null where the code is half typed.</summary>
    public static EquatableArray<AttributeDeclaration>? OfProperty(
        IPropertySymbol property, PlaceList places, FunctionCalls functions, CancellationToken cancellation) =>
        Find(property, cancellation) is { } found ? Read(found, property.ContainingType, places, functions) : null;

    private static List<(AttributeData Data, AttributeSyntax Syntax)>? Find(ISymbol symbol, CancellationToken cancellation)
    {
        var found = new List<(AttributeData Data, AttributeSyntax Syntax)>();
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            // An attribute the compiler cannot bind is its error to report; guessing what it will be would only add noise.
            if (attribute.AttributeClass is not { TypeKind: not TypeKind.Error } attributeClass)
                return null;
            if (!Vocabulary.IsPartOfNetwork(attributeClass))
                continue;
            if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax attributeSyntax)
                return null;
            found.Add((attribute, attributeSyntax));
        }

        return found;
    }

    private static EquatableArray<AttributeDeclaration>? Read(
        List<(AttributeData Data, AttributeSyntax Syntax)> found, INamedTypeSymbol user, PlaceList places, FunctionCalls functions)
    {
        var attributes = new List<AttributeDeclaration>();
        foreach ((AttributeData data, AttributeSyntax syntax) in found.OrderBy(attribute => attribute.Syntax.SpanStart))
        {
            if (ArgumentReader.Read(data, syntax, places) is not { } arguments)
                return null;
            bool namesFunction = Vocabulary.NamesFunction(data.AttributeClass!);
            FunctionReference? function = namesFunction ? FunctionReference.Read(data, user, functions) : null;
            if (namesFunction && function is null)
                return null;
            attributes.Add(new AttributeDeclaration(Vocabulary.KindOf(data.AttributeClass!), arguments, places.Add(syntax.GetLocation()))
            {
                Function = function,
            });
        }

        return attributes.ToEquatableArray();
    }

    /// <summary>Attributes on several partial declarations have no order; reports the first of each further declaration.</summary>
    private static bool ReportSpread(
        INamedTypeSymbol type,
        TypeDeclarationSyntax syntax,
        List<(AttributeData Data, AttributeSyntax Syntax)> attributes,
        List<NetworkDiagnostic> mistakes)
    {
        SyntaxNode? home = attributes.Select(attribute => attribute.Syntax.Parent?.Parent).FirstOrDefault(node => node == syntax)
            ?? attributes.FirstOrDefault().Syntax?.Parent?.Parent;
        var strangers = attributes.Where(attribute => attribute.Syntax.Parent?.Parent != home)
            .GroupBy(attribute => attribute.Syntax.Parent?.Parent)
            .ToList();
        foreach (var declaration in strangers)
        {
            AttributeSyntax first = declaration.OrderBy(attribute => attribute.Syntax.SpanStart).First().Syntax;
            mistakes.Add(new NetworkDiagnostic(
                DiagnosticDescriptors.AttributesSpread, SourcePlace.Of(first.GetLocation()), first.ToString(), type.Name));
        }

        return strangers.Count != 0;
    }
}
