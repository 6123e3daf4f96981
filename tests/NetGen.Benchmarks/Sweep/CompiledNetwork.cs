using System.Collections.Immutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace NetGen.Benchmarks.Sweep;

/// <summary>A network's class, compiled in memory with the generator in the compiler; unloaded when it is disposed of.</summary>
internal sealed class CompiledNetwork : IDisposable
{
    private readonly AssemblyLoadContext _context = new("drawn network", isCollectible: true);

    private CompiledNetwork(MemoryStream image) => Class = _context.LoadFromStream(image).GetType(DrawnNetwork.ClassName, throwOnError: true)!;

    /// <summary>The class.</summary>
    public Type Class { get; }

    /// <summary>Compiles a declaration.</summary>
    /// <exception cref="InvalidDataException">The generator or the compiler refuses it; the message says why.</exception>
    public static CompiledNetwork Compile(string source)
    {
        Compilation compilation = InMemory.Generate(source, out ImmutableArray<Diagnostic> diagnostics);
        return new CompiledNetwork(InMemory.Emit(compilation, diagnostics));
    }

    /// <summary>Writes what is generated of a declaration into a folder, to be read.</summary>
    public static void WriteText(string source, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (SyntaxTree tree in InMemory.Generate(source, out _).SyntaxTrees.Skip(1))
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(tree.FilePath)), tree.ToString());
    }

    public void Dispose() => _context.Unload();
}
