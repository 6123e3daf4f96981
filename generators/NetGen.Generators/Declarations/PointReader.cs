using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Declarations;

/// <summary>Reads the points of a class, which are properties of type <c>Layer</c>, in the order they were written.</summary>
internal static class PointReader
{
    /// <summary>The points, or null where the code is half typed or their order is not defined.</summary>
    public static EquatableArray<PointDeclaration>? Read(
        INamedTypeSymbol type, PlaceList places, FunctionCalls functions, List<NetworkDiagnostic> mistakes, CancellationToken cancellation)
    {
        var found = new List<(PropertyDeclarationSyntax Syntax, PointDeclaration Point)>();
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not PropertyDeclarationSyntax syntax)
                continue;
            if (AttributeReader.OfProperty(property, places, functions, cancellation) is not { } attributes)
                return null;
            bool isPartial = syntax.Modifiers.Any(SyntaxKind.PartialKeyword);
            if (attributes.Count == 0 && !(isPartial && Vocabulary.IsPoint(property.Type)))
                continue;

            CheckForm(property, syntax, isPartial, mistakes);
            found.Add((syntax, new PointDeclaration(property.Name, attributes, places.Add(syntax.Identifier.GetLocation()))
            {
                Modifiers = string.Concat(syntax.Modifiers
                    .Where(modifier => !modifier.IsKind(SyntaxKind.PartialKeyword))
                    .Select(modifier => modifier.ValueText + " ")),
                IsDocumented = Documentation.StandsAbove(syntax),
            }));
        }

        return ReportSpread(type, found, mistakes) ? null : found.OrderBy(f => f.Syntax.SpanStart).Select(f => f.Point).ToEquatableArray();
    }

    private static void CheckForm(
        IPropertySymbol property, PropertyDeclarationSyntax syntax, bool isPartial, List<NetworkDiagnostic> mistakes)
    {
        string? fault = property switch
        {
            { IsStatic: true } => "static",
            _ when !Vocabulary.IsPoint(property.Type) => $"of type '{property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'",
            { SetMethod: not null } => "one that can be set",
            _ when !isPartial => "not partial",
            _ => null,
        };
        if (fault is null)
            return;
        IEnumerable<string> modifiers = syntax.Modifiers
            .Where(modifier => !modifier.IsKind(SyntaxKind.PartialKeyword) && !modifier.IsKind(SyntaxKind.StaticKeyword))
            .Select(modifier => modifier.ValueText);
        mistakes.Add(new NetworkDiagnostic(
            DiagnosticDescriptors.PointForm, SourcePlace.Of(syntax.Identifier.GetLocation()),
            property.Name, fault, $"{string.Join(" ", modifiers.Append("partial"))} Layer {property.Name} {{ get; }}"));
    }

    /// <summary>Properties on several partial declarations have no order; reports the first of each further declaration.</summary>
    private static bool ReportSpread(
        INamedTypeSymbol type, List<(PropertyDeclarationSyntax Syntax, PointDeclaration Point)> found, List<NetworkDiagnostic> mistakes)
    {
        var strangers = found.GroupBy(point => point.Syntax.Parent).Skip(1).ToList();
        foreach (var declaration in strangers)
        {
            (PropertyDeclarationSyntax syntax, PointDeclaration first) = declaration.OrderBy(point => point.Syntax.SpanStart).First();
            mistakes.Add(new NetworkDiagnostic(
                DiagnosticDescriptors.AttributesSpread, SourcePlace.Of(syntax.Identifier.GetLocation()), first.Name, type.Name));
        }

        return strangers.Count != 0;
    }
}
