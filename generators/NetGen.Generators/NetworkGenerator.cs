using Microsoft.CodeAnalysis;
using NetGen.Generators.Declarations;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators;

/// <summary>The road (<see cref="Generation"/>) in stages, each of which an edit repeats only where what it begins with has changed.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>Every <c>[Network]</c> class as it was written, with places. Runs on each edit; cheap.</summary>
    public const string DeclarationsStage = "Declarations";

    /// <summary>The declarations, whose places are numbers: the key of everything behind it.</summary>
    public const string NetworksStage = "Networks";

    /// <summary>The generated files, and the mistakes in layers.</summary>
    public const string SourcesStage = "Sources";

    /// <summary>All mistakes, where they stand.</summary>
    public const string MistakesStage = "Mistakes";

    /// <summary>What the names of the stages of functions begin with.</summary>
    public const string FunctionStages = "Function";

    private readonly Generate<NetworkDeclaration> _generate;

    /// <summary>Made by the compiler.</summary>
    public NetworkGenerator()
        : this(Generation.OfNetwork)
    {
    }

    internal NetworkGenerator(Generate<NetworkDeclaration> generate) => _generate = generate;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        RegisterClasses(context, DeclarationReader.NetworkAttribute, _generate, stages: "");
        RegisterClasses(context, DeclarationReader.BlockAttribute, Generation.OfBlock, stages: "Block");
        Register(
            context,
            context.SyntaxProvider.ForAttributeWithMetadataName(
                FunctionReader.Attribute, static (node, _) => FunctionReader.IsCandidate(node), FunctionReader.Read),
            Generation.OfFunction,
            FunctionStages);
    }

    private static void RegisterClasses(
        IncrementalGeneratorInitializationContext context, string attribute, Generate<NetworkDeclaration> generate, string stages) => Register(
        context,
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => DeclarationReader.IsCandidate(node),
            (found, cancellation) => Generation.Read(found, attribute, cancellation)),
        generate,
        stages);

    private static void Register<TDeclaration>(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Reading<TDeclaration>> readings,
        Generate<TDeclaration> generate, string stages)
        where TDeclaration : class, IDeclaration
    {
        readings = readings.WithTrackingName(stages + DeclarationsStage);
        IncrementalValuesProvider<GenerationResult> results = readings
            .Where(static reading => reading.Declaration is not null)
            .Select(static (reading, _) => reading.Declaration!)
            .WithTrackingName(stages + NetworksStage)
            .Select((declaration, cancellation) => Generation.Run(generate, declaration, cancellation))
            .WithTrackingName(stages + SourcesStage);

        // Mistakes behind the first room have numbers for places, so that moving a class generates nothing: here they are where it is.
        IncrementalValueProvider<EquatableArray<GenerationResult>> mistaken = results
            .Where(static result => result.Mistakes.Count > 0)
            .Select(static (result, _) => result with { Files = default })
            .Collect()
            .Select(static (all, _) => all.ToEquatableArray());
        IncrementalValuesProvider<NetworkDiagnostic> diagnostics = readings
            .Combine(mistaken)
            .SelectMany(static (pair, _) => GenerationResult.Diagnostics(pair.Left, pair.Right))
            .WithTrackingName(stages + MistakesStage);

        context.RegisterSourceOutput(results, static (output, result) => result.AddTo(output));

        // Only a mistake looks at the compilation, to find the file it is in; correct code never reruns this.
        context.RegisterSourceOutput(
            diagnostics.Combine(context.CompilationProvider),
            static (output, mistake) => output.ReportDiagnostic(mistake.Left.ToDiagnostic(mistake.Right)));
    }
}
