using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generators.Tests.Hostile;

/// <summary>Calls of extension methods, which the nearest method of a name and signature answers.</summary>
internal static class ExtensionCalls
{
    private static readonly SymbolDisplayFormat s_declaration = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeModifiers);

    /// <summary>The extension methods that files call.</summary>
    public static IEnumerable<IMethodSymbol> In(Compilation compilation, IEnumerable<SyntaxTree> files) => files
        .SelectMany(file => file.GetRoot().DescendantNodes())
        .OfType<InvocationExpressionSyntax>()
        .Where(call => call.Expression is MemberAccessExpressionSyntax)
        .DistinctBy(Alike)
        .Select(call => compilation.GetSemanticModel(call.SyntaxTree).GetSymbolInfo(call).Symbol)
        .OfType<IMethodSymbol>()
        .Select(method => method.ReducedFrom?.OriginalDefinition)
        .OfType<IMethodSymbol>()
        .Distinct<IMethodSymbol>(SymbolEqualityComparer.Default);

    /// <summary>Asking for a symbol compiles the method around it: calls of a name in methods for one width of vector are asked for once.</summary>
    private static (string Called, string Width) Alike(InvocationExpressionSyntax call)
    {
        string method = call.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText ?? "";
        return (((MemberAccessExpressionSyntax)call.Expression).Name.ToString(), method[method.TrimEnd([.. "0123456789"]).Length..]);
    }

    /// <summary>A method of the same signature whose call is an error.</summary>
    public static string Imitation(IMethodSymbol method) =>
        $"[global::System.Obsolete(\"an imitation\", true)] public static {method.ToDisplayString(s_declaration)} => throw null!;\n"
            .Replace(method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ".", "");
}
