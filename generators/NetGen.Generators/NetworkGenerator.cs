using Microsoft.CodeAnalysis;
using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators;

/// <summary>The way through the generator, stage by stage; the work is in the rooms.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>Every <c>[Network]</c> class as it was written, with places. Runs on each edit; cheap.</summary>
    public const string DeclarationsStage = "Declarations";

    /// <summary>The declarations without places and without mistakes in the class: the key of everything behind it.</summary>
    public const string NetworksStage = "Networks";

    /// <summary>The generated files.</summary>
    public const string SourcesStage = "Sources";

    /// <summary>Every <c>[Block]</c> class as it was written.</summary>
    public const string BlocksStage = "Blocks";

    /// <summary>The mistakes of each declaration, with places.</summary>
    public const string MistakesStage = "Mistakes";

    private readonly FileMaker _makeFiles;

    /// <summary>Made by the compiler.</summary>
    public NetworkGenerator()
        : this(Generation.Files)
    {
    }

    internal NetworkGenerator(FileMaker makeFiles) => _makeFiles = makeFiles;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Reading> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                DeclarationReader.NetworkAttribute,
                static (node, _) => DeclarationReader.IsCandidate(node),
                DeclarationReader.ReadNetwork)
            .WithTrackingName(DeclarationsStage);

        IncrementalValuesProvider<NetworkDeclaration> networks = declarations
            .Where(static reading => reading.Network is not null)
            .Select(static (reading, _) => reading.Network!)
            .WithTrackingName(NetworksStage);

        IncrementalValuesProvider<GenerationResult> sources = networks
            .Select((declaration, cancellation) => Generation.Run(_makeFiles, declaration, cancellation))
            .WithTrackingName(SourcesStage);

        // Declarations behind this point have no places, so that moving a class generates nothing: whoever knows them reports failures.
        IncrementalValueProvider<EquatableArray<GenerationFailure>> failures = sources
            .Where(static result => result.Failure is not null)
            .Select(static (result, _) => result.Failure!)
            .Collect()
            .Select(static (all, _) => all.ToEquatableArray());

        IncrementalValuesProvider<NetworkDiagnostic> mistakes = declarations
            .Combine(failures)
            .SelectMany(static (pair, cancellation) => Generation.Mistakes(pair.Left, pair.Right, cancellation))
            .WithTrackingName(MistakesStage);

        // A block becomes part of the networks that use it; by itself it is read for its mistakes and its view of parameters.
        IncrementalValuesProvider<Reading> blocks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                DeclarationReader.BlockAttribute,
                static (node, _) => DeclarationReader.IsCandidate(node),
                DeclarationReader.ReadBlock)
            .WithTrackingName(BlocksStage);

        context.RegisterSourceOutput(
            blocks.Where(static reading => reading.Network is not null).Select(static (reading, _) => reading.Network!),
            static (output, block) => Generation.RunBlock(block).AddTo(output));
        context.RegisterSourceOutput(
            blocks.SelectMany(static (reading, cancellation) => Generation.Mistakes(reading, default, cancellation)).Combine(context.CompilationProvider),
            static (output, mistake) => output.ReportDiagnostic(mistake.Left.ToDiagnostic(mistake.Right)));
        context.RegisterSourceOutput(sources, static (output, result) => result.AddTo(output));

        // Only a mistake looks at the compilation, to find the file it is in; correct networks never rerun this.
        context.RegisterSourceOutput(
            mistakes.Combine(context.CompilationProvider),
            static (output, mistake) => output.ReportDiagnostic(mistake.Left.ToDiagnostic(mistake.Right)));
    }
}
