using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generators.Declarations;

namespace NetGen.Generators.Diagnostics;

/// <summary>
/// Finds layers on classes that are no networks. An analyzer, because the generator only ever sees classes that are.
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
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    /// <summary>Reports the first layer only: what to do about the others is the same.</summary>
    private static void Analyze(SymbolAnalysisContext context)
    {
        ImmutableArray<AttributeData> attributes = context.Symbol.GetAttributes();
        if (attributes.IsEmpty || Vocabulary.IsNetwork((INamedTypeSymbol)context.Symbol))
            return;

        AttributeData? layer = attributes.FirstOrDefault(a => a.AttributeClass is { } type && Vocabulary.IsPartOfNetwork(type));
        if (layer?.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is { } syntax)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.LayerWithoutNetwork, syntax.GetLocation(), syntax.ToString(), context.Symbol.Name));
        }
    }
}
