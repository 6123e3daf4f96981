using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators;

/// <summary>
/// Finds layers on classes that are neither networks nor blocks, and on their properties. An analyzer, because the generator only ever
/// sees classes that are.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LayerWithoutNetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [DiagnosticDescriptors.LayerWithoutNetwork];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType, SymbolKind.Property);
    }

    /// <summary>Reports the first layer only: what to do about the others is the same.</summary>
    private static void Analyze(SymbolAnalysisContext context)
    {
        ImmutableArray<AttributeData> attributes = context.Symbol.GetAttributes();
        if (attributes.IsEmpty || (context.Symbol as INamedTypeSymbol ?? context.Symbol.ContainingType) is not { } type
            || Vocabulary.IsNetwork(type) || Vocabulary.IsBlock(type))
        {
            return;
        }

        AttributeData? layer = attributes.FirstOrDefault(a => a.AttributeClass is { } found && Vocabulary.IsPartOfNetwork(found));
        if (layer?.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is { } syntax)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.LayerWithoutNetwork, syntax.GetLocation(), syntax.ToString(), type.Name));
        }
    }
}
