using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generators.Tests.Harness;

/// <summary>Compiles source text in memory as a user's project would be, with the generator in it.</summary>
/// <remarks>
/// Every file sees <c>System</c> and <c>NetGen</c> through global usings that stand in a file of their own, so that places in
/// the given text are the test's own. The references are those of the running test: the framework and the runtime library.
/// </remarks>
internal static class GeneratorHarness
{
    private const string GlobalUsings = "global using System;\nglobal using NetGen;\n";

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll" or "NetGen.Core.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Runs the generator over files named <c>File0.cs</c>, <c>File1.cs</c>, ….</summary>
    public static GeneratorRun Run(params string[] sources) => Run(Compile(sources));

    public static GeneratorRun Run(CSharpCompilation compilation) => Run(compilation, Driver(compilation));

    /// <summary>Runs a driver that may have run before, on an edited compilation.</summary>
    public static GeneratorRun Run(CSharpCompilation compilation, GeneratorDriver driver)
    {
        GeneratorDriver after = driver.RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation final, out ImmutableArray<Diagnostic> diagnostics);
        return new GeneratorRun(after, [.. diagnostics.Where(diagnostic => !diagnostic.IsSuppressed)], (CSharpCompilation)final);
    }

    /// <summary>The generated files alone, of sources that are not compiled.</summary>
    public static IReadOnlyList<SyntaxTree> Generate(params string[] sources)
    {
        CSharpCompilation compilation = Compile(sources);
        return Driver(compilation).RunGenerators(compilation).GetRunResult().GeneratedTrees;
    }

    /// <summary>The same as the compiler does it, which does not hold what each room makes against its law.</summary>
    public static IReadOnlyList<SyntaxTree> GenerateAsShipped(params string[] sources)
    {
        CSharpCompilation compilation = Compile(sources);
        return Driver(compilation, new NetworkGenerator()).RunGenerators(compilation).GetRunResult().GeneratedTrees;
    }

    public static CSharpCompilation Compile(params string[] sources) =>
        Compile(LanguageVersion.CSharp13, sources);

    public static CSharpCompilation Compile(LanguageVersion language, params string[] sources)
    {
        var options = new CSharpParseOptions(language, DocumentationMode.Diagnose);
        return CSharpCompilation.Create(
            "UserProject",
            sources.Select((source, index) => Parse(source, $"File{index}.cs", options)).Prepend(Parse(GlobalUsings, "Usings.cs", options)),
            s_references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable,
                warningLevel: 9999));
    }

    /// <summary>The compilation with one file's text replaced.</summary>
    public static CSharpCompilation WithFile(this CSharpCompilation compilation, int file, string source)
    {
        SyntaxTree old = compilation.SyntaxTrees.Single(tree => tree.FilePath == $"File{file}.cs");
        return compilation.ReplaceSyntaxTree(old, old.WithChangedText(SourceText.From(source)));
    }

    /// <summary>A driver that remembers the reasons of each step.</summary>
    public static GeneratorDriver Driver(CSharpCompilation compilation, NetworkGenerator? generator = null) => CSharpGeneratorDriver.Create(
        [(generator ?? new NetworkGenerator(Generation.OfNetworkUnderLaw)).AsSourceGenerator()],
        parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static SyntaxTree Parse(string source, string path, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source), options, path);
}
