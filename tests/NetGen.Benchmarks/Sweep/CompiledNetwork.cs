using System.Collections.Immutable;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generators;

namespace NetGen.Benchmarks.Sweep;

/// <summary>A network's class, compiled in memory with the generator in the compiler; unloaded when it is disposed of.</summary>
internal sealed class CompiledNetwork : IDisposable
{
    private const string Usings = "global using System;\nglobal using NetGen;\n";

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll" or "NetGen.Core.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly AssemblyLoadContext _context = new("drawn network", isCollectible: true);

    private CompiledNetwork(MemoryStream image) => Class = _context.LoadFromStream(image).GetType(DrawnNetwork.ClassName, throwOnError: true)!;

    /// <summary>The class.</summary>
    public Type Class { get; }

    /// <summary>Compiles a declaration.</summary>
    /// <exception cref="InvalidDataException">The generator or the compiler refuses it; the message says why.</exception>
    public static CompiledNetwork Compile(string source)
    {
        Compilation compilation = Generate(source, out ImmutableArray<Diagnostic> diagnostics);
        var image = new MemoryStream();
        EmitResult result = compilation.Emit(image);
        Diagnostic[] errors = [.. diagnostics.Concat(result.Diagnostics).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
            throw new InvalidDataException($"{errors[0].Id}: {errors[0].GetMessage()}");
        image.Position = 0;
        return new CompiledNetwork(image);
    }

    /// <summary>Writes what is generated of a declaration into a folder, to be read.</summary>
    public static void WriteText(string source, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (SyntaxTree tree in Generate(source, out _).SyntaxTrees.Skip(1))
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(tree.FilePath)), tree.ToString());
    }

    public void Dispose() => _context.Unload();

    private static Compilation Generate(string source, out ImmutableArray<Diagnostic> diagnostics)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13, DocumentationMode.None);
        var compilation = CSharpCompilation.Create(
            "DrawnNetwork",
            [Parse(Usings, "Usings.cs"), Parse(source, "Network.cs")],
            s_references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out diagnostics);
        return generated;

        SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), options, path);
    }
}
