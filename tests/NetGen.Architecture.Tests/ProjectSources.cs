using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Architecture.Tests;

/// <summary>A project of this repository, compiled in memory from its sources, so that every name in them is known to mean a symbol.</summary>
internal static class ProjectSources
{
    // What the SDK adds where implicit usings are enabled.
    private static readonly string[] s_implicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    /// <summary>Compiles a project.</summary>
    /// <param name="path">Its folder from the root of the repository: <c>src/NetGen</c>.</param>
    internal static CSharpCompilation Compile(string path)
    {
        string name = Path.GetFileName(path), folder = Path.Combine(Root(), path);
        string[] built = ["bin", "obj"];
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !built.Contains(file.Split('/')[0]))
            .Order(StringComparer.Ordinal)
            .Select(file => (file, File.ReadAllText(Path.Combine(folder, file))));
        IEnumerable<string> usings = XDocument.Load(Path.Combine(folder, name + ".csproj"))
            .Descendants("Using").Select(item => item.Attribute("Include")!.Value);
        return Compile(name, usings, files);
    }

    /// <summary>Compiles files.</summary>
    /// <param name="name">The name of the assembly, which others may have let see their internals.</param>
    /// <param name="usings">Namespaces that all files see, apart from the SDK's own.</param>
    /// <param name="files">The files: paths from the project's folder, and texts.</param>
    internal static CSharpCompilation Compile(string name, IEnumerable<string> usings, IEnumerable<(string Path, string Text)> files)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13);
        string globalUsings = string.Concat(s_implicitUsings.Concat(usings).Select(space => $"global using {space};\n"));
        return CSharpCompilation.Create(
            name,
            files.Prepend(("", globalUsings)).Select(file => CSharpSyntaxTree.ParseText(file.Item2, options, file.Item1)),
            References(without: name),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>Whatever the running test could load, but for what is compiled and for the test, whose namespace is a type's name there.</summary>
    private static ImmutableArray<MetadataReference> References(string without) =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) is var name && name != without && name != typeof(ProjectSources).Assembly.GetName().Name)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));
}
