using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generators;
using NetGen.Generators.Declarations;

namespace NetGen.Benchmarks.Sweep;

/// <summary>The compiler, with the generator in it, on sources that are made at run time.</summary>
internal static class InMemory
{
    private const string Usings = "global using System;\nglobal using NetGen;\n";

    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.CSharp13, DocumentationMode.None);

    private static readonly CSharpCompilationOptions s_options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Enable);

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll" or "NetGen.Core.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A compilation of a declaration and of what the generator makes of it.</summary>
    public static Compilation Generate(string source, out ImmutableArray<Diagnostic> diagnostics)
    {
        Driver(tracksSteps: false).RunGeneratorsAndUpdateCompilation(Compilation(source), out Compilation generated, out diagnostics);
        return generated;
    }

    /// <summary>The last network of a source, as the generator's first room reads it.</summary>
    public static NetworkDeclaration Read(string source) =>
        Driver(tracksSteps: true).RunGenerators(Compilation(source)).GetRunResult().Results[0].TrackedSteps[NetworkGenerator.DeclarationsStage]
            .SelectMany(step => step.Outputs)
            .Select(output => ((Reading<NetworkDeclaration>)output.Value).Declaration!)
            .Last();

    /// <summary>A compilation of one source, with the usings that a project has.</summary>
    public static Compilation Compilation(string source) => CSharpCompilation.Create(
        "InMemory", [Parse(Usings, "Usings.cs"), Parse(source, "Source.cs")], s_references, s_options);

    /// <summary>The assembly of a compilation.</summary>
    /// <exception cref="InvalidDataException">The compiler refuses it, or the generator did before; the message says why.</exception>
    public static MemoryStream Emit(Compilation compilation, IEnumerable<Diagnostic> diagnostics)
    {
        var image = new MemoryStream();
        EmitResult result = compilation.Emit(image);
        Diagnostic[] errors = [.. diagnostics.Concat(result.Diagnostics).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
            throw new InvalidDataException($"{errors[0].Id}: {errors[0].GetMessage()}");
        image.Position = 0;
        return image;
    }

    private static CSharpGeneratorDriver Driver(bool tracksSteps) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: s_parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, tracksSteps));

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), s_parsing, path);
}
