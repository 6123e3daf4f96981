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

    private readonly Generate _generate;

    /// <summary>Made by the compiler.</summary>
    public NetworkGenerator()
        : this(Generation.OfNetwork)
    {
    }

    internal NetworkGenerator(Generate generate) => _generate = generate;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Register(context, DeclarationReader.NetworkAttribute, _generate);
        Register(context, DeclarationReader.BlockAttribute, Generation.OfBlock, stages: "Block");
        RegisterFunctions(context);
    }

    private static void RegisterFunctions(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<FunctionReading> readings = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                FunctionReader.Attribute,
                static (node, _) => FunctionReader.IsCandidate(node),
                static (found, cancellation) => FunctionReader.Read(found, cancellation))
            .WithTrackingName(FunctionStages + DeclarationsStage);

        IncrementalValuesProvider<GenerationResult> results = readings
            .Where(static reading => reading.Declaration is not null)
            .Select(static (reading, _) => reading.Declaration!)
            .WithTrackingName(FunctionStages + NetworksStage)
            .Select(static (function, cancellation) => Generation.OfFunction(function, cancellation))
            .WithTrackingName(FunctionStages + SourcesStage);

        IncrementalValueProvider<EquatableArray<GenerationResult>> mistaken = Mistaken(results);
        IncrementalValuesProvider<NetworkDiagnostic> diagnostics = readings
            .Combine(mistaken)
            .SelectMany(static (pair, _) => GenerationResult.Diagnostics(pair.Left, pair.Right))
            .WithTrackingName(FunctionStages + MistakesStage);
        Report(context, results, diagnostics);
    }

    // Mistakes behind the first room have numbers for places, so that moving a class generates nothing: here they are where it is.
    private static IncrementalValueProvider<EquatableArray<GenerationResult>> Mistaken(IncrementalValuesProvider<GenerationResult> results) => results
        .Where(static result => result.Mistakes.Count > 0)
        .Select(static (result, _) => result with { Files = default })
        .Collect()
        .Select(static (all, _) => all.ToEquatableArray());

    private static void Report(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<GenerationResult> results,
        IncrementalValuesProvider<NetworkDiagnostic> diagnostics)
    {
        context.RegisterSourceOutput(results, static (output, result) => result.AddTo(output));

        // Only a mistake looks at the compilation, to find the file it is in; correct code never reruns this.
        context.RegisterSourceOutput(
            diagnostics.Combine(context.CompilationProvider),
            static (output, mistake) => output.ReportDiagnostic(mistake.Left.ToDiagnostic(mistake.Right)));
    }

    private static void Register(
        IncrementalGeneratorInitializationContext context, string attribute, Generate generate, string stages = "")
    {
        IncrementalValuesProvider<Reading> readings = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => DeclarationReader.IsCandidate(node),
                (found, cancellation) => Generation.Read(found, attribute, cancellation))
            .WithTrackingName(stages + DeclarationsStage);

        IncrementalValuesProvider<NetworkDeclaration> declarations = readings
            .Where(static reading => reading.Declaration is not null)
            .Select(static (reading, _) => reading.Declaration!)
            .WithTrackingName(stages + NetworksStage);

        IncrementalValuesProvider<GenerationResult> results = declarations
            .Select((declaration, cancellation) => Generation.Run(generate, declaration, cancellation))
            .WithTrackingName(stages + SourcesStage);

        IncrementalValueProvider<EquatableArray<GenerationResult>> mistaken = Mistaken(results);
        IncrementalValuesProvider<NetworkDiagnostic> diagnostics = readings
            .Combine(mistaken)
            .SelectMany(static (pair, _) => GenerationResult.Diagnostics(pair.Left, pair.Right))
            .WithTrackingName(stages + MistakesStage);

        Report(context, results, diagnostics);
    }
}
