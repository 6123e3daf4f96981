using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Declarations;

/// <summary>What a class must be so that code can be generated into it.</summary>
internal static class TypeRules
{
    /// <summary>The oldest language that generated code compiles under: the default of the oldest supported framework.</summary>
    private const LanguageVersion OldestLanguage = LanguageVersion.CSharp13;

    public static void CheckNetwork(INamedTypeSymbol type, TypeDeclarationSyntax syntax, List<NetworkDiagnostic> mistakes)
    {
        CheckPartial(type, syntax, "network", mistakes);
        CheckKind(type.Name, syntax);

        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (!Vocabulary.IsNetwork(ancestor))
                continue;
            SyntaxNode? written = syntax.BaseList?.Types.FirstOrDefault();
            mistakes.Add(new NetworkDiagnostic(
                DiagnosticDescriptors.DerivesFromNetwork,
                SourcePlace.Of(written?.GetLocation() ?? syntax.Identifier.GetLocation()),
                type.Name, ancestor.Name));
            break;
        }

        void Report(DiagnosticDescriptor descriptor, SyntaxToken place, params string[] words) =>
            mistakes.Add(new NetworkDiagnostic(descriptor, SourcePlace.Of(place.GetLocation()), words));

        void CheckKind(string name, TypeDeclarationSyntax declaration)
        {
            if (Modifier(declaration, SyntaxKind.StaticKeyword) is { RawKind: not 0 } isStatic)
            {
                Report(DiagnosticDescriptors.WrongKindOfType, isStatic, name, "static",
                    "each instance has its own parameters: remove 'static'", "network");
            }

            if (Modifier(declaration, SyntaxKind.AbstractKeyword) is { RawKind: not 0 } isAbstract)
            {
                Report(DiagnosticDescriptors.WrongKindOfType, isAbstract, name, "abstract",
                    "networks are created by training and loading: remove 'abstract'", "network");
            }

            if (declaration is RecordDeclarationSyntax record)
                Report(DiagnosticDescriptors.WrongKindOfType, record.Keyword, name, "a record",
                    "copying and comparing a network by value would share its parameters: write 'class' instead of 'record'", "network");
        }
    }

    /// <summary>The rules of any class that code is generated into; <paramref name="what"/> it is called in messages.</summary>
    public static void CheckPartial(INamedTypeSymbol type, TypeDeclarationSyntax syntax, string what, List<NetworkDiagnostic> mistakes)
    {
        if (syntax.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < OldestLanguage and var language })
        {
            Report(DiagnosticDescriptors.LanguageTooOld, syntax.Identifier,
                OldestLanguage.ToDisplayString(), language.ToDisplayString());
        }

        if (!IsPartial(syntax))
            Report(DiagnosticDescriptors.NotPartial, syntax.Identifier, type.Name, WithPartial(syntax), what);
        if (Modifier(syntax, SyntaxKind.FileKeyword) is { RawKind: not 0 } isFile)
            Report(DiagnosticDescriptors.WrongKindOfType, isFile, type.Name, "file-local", FileAdvice, what);
        if (syntax.TypeParameterList is { Parameters.Count: > 0 })
            Report(DiagnosticDescriptors.Generic, syntax.Identifier, type.Name, "", "remove the type parameters", what);

        for (SyntaxNode? node = syntax.Parent; node is TypeDeclarationSyntax outer; node = node.Parent)
        {
            if (!IsPartial(outer))
            {
                Report(DiagnosticDescriptors.ContainingTypeNotPartial, outer.Identifier,
                    type.Name, outer.Identifier.ValueText, WithPartial(outer), what);
            }

            if (outer.TypeParameterList is { Parameters.Count: > 0 })
            {
                string name = outer.Identifier.ValueText;
                Report(DiagnosticDescriptors.Generic, outer.Identifier, type.Name, $" because '{name}' has type parameters",
                    $"remove the type parameters, or move the {what} out of '{name}'", what);
            }

            if (Modifier(outer, SyntaxKind.FileKeyword) is { RawKind: not 0 } file)
                Report(DiagnosticDescriptors.WrongKindOfType, file, type.Name, "inside a file-local type", FileAdvice, what);
        }

        void Report(DiagnosticDescriptor descriptor, SyntaxToken place, params string[] words) =>
            mistakes.Add(new NetworkDiagnostic(descriptor, SourcePlace.Of(place.GetLocation()), words));
    }

    private const string FileAdvice = "generated code stands in another file and cannot see it: remove 'file'";

    private static bool IsPartial(TypeDeclarationSyntax syntax) => syntax.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static SyntaxToken Modifier(TypeDeclarationSyntax syntax, SyntaxKind kind) =>
        syntax.Modifiers.FirstOrDefault(modifier => modifier.IsKind(kind));

    /// <summary>The declaration's first words with the missing one: <c>public partial class Outer</c>.</summary>
    private static string WithPartial(TypeDeclarationSyntax syntax)
    {
        IEnumerable<string> words = syntax.Modifiers.Select(modifier => modifier.ValueText)
            .Append("partial")
            .Append(syntax.Keyword.ValueText);
        if (syntax is RecordDeclarationSyntax { ClassOrStructKeyword: { RawKind: not 0 } kind })
            words = words.Append(kind.ValueText);
        return string.Join(" ", words.Append(syntax.Identifier.ValueText));
    }
}
