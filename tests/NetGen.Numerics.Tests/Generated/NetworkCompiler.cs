using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generators;
using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Compiles many networks at once, in memory, with the generator in the compiler.</summary>
internal static class NetworkCompiler
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

    /// <summary>The networks' classes in the order given.</summary>
    public static IReadOnlyList<Type> Compile(IReadOnlyList<OracleNetwork> networks) => Compile(networks.Select(network => network.Source));

    /// <summary>The classes called <c>Network</c> of each text.</summary>
    public static IReadOnlyList<Type> Compile(IEnumerable<string> texts)
    {
        string[] sources = [.. texts.Select((text, i) => $"namespace Networks{i};\n\n{text}")];
        Assembly assembly = new AssemblyLoadContext("networks").LoadFromStream(new MemoryStream(Image(sources)));
        return [.. sources.Select((_, i) => assembly.GetType($"Networks{i}.Network", throwOnError: true)!)];
    }

    /// <summary>
    /// The compiled assembly. The runs of the suite without an instruction set find what the first run compiled, kept beside the
    /// tests under a name that stands for everything it is made of.
    /// </summary>
    private static byte[] Image(string[] sources)
    {
        string made = string.Join('\n', [
            .. sources,
            typeof(NetworkGenerator).Module.ModuleVersionId.ToString(),
            typeof(ParameterBlock).Module.ModuleVersionId.ToString(),
        ]);
        string path = Path.Combine(AppContext.BaseDirectory, "Compiled", $"{Hash(made):x16}.image");
        if (File.Exists(path))
            return File.ReadAllBytes(path);

        byte[] image = Build(sources);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string unfinished = path + Environment.ProcessId;
        File.WriteAllBytes(unfinished, image);
        File.Move(unfinished, path, overwrite: true);
        return image;
    }

    /// <summary>FNV-1a of 64 bits: cryptography is a native library, which an emulated processor may not have.</summary>
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char character in text)
            hash = unchecked((hash ^ character) * 1099511628211);
        return hash;
    }

    private static byte[] Build(string[] sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13, DocumentationMode.None);
        var compilation = CSharpCompilation.Create(
            "Networks",
            sources.Prepend(Usings).Select((source, i) => CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), options, $"File{i}.cs")),
            s_references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new NetworkGenerator(Generation.OfNetworkUnderLaw).AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation final, out ImmutableArray<Diagnostic> diagnostics);
        Report(diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error), sources);

        var image = new MemoryStream();
        EmitResult result = final.Emit(image);
        Report(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error), sources);
        return image.ToArray();
    }

    private static void Report(IEnumerable<Diagnostic> errors, string[] sources)
    {
        string[] lines = [.. errors.DistinctBy(error => SourceOf(error, sources)).Take(20).Select(error => $"{error}\n{SourceOf(error, sources)}")];
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }

    /// <summary>The network an error belongs to: files are numbered, and generated ones named after the class and its namespace.</summary>
    private static string SourceOf(Diagnostic error, string[] sources)
    {
        string file = Path.GetFileName(error.Location.GetLineSpan().Path ?? "");
        bool isGenerated = file.EndsWith(".g.cs", StringComparison.Ordinal);
        string digits = new([.. file.SkipWhile(c => !char.IsDigit(c)).TakeWhile(char.IsDigit)]);
        if (!int.TryParse(digits, out int number))
            return "";
        int i = number - (isGenerated ? 0 : 1);
        return i >= 0 && i < sources.Length ? sources[i] : "";
    }
}
