using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace NetGen.Generators.Tests.Harness;

/// <summary>What one run of the generator left behind.</summary>
/// <param name="Driver">The driver, ready to run again on an edited compilation.</param>
/// <param name="Diagnostics">What the generator itself reported.</param>
/// <param name="Compilation">The user's files together with the generated ones.</param>
internal sealed record GeneratorRun(
    GeneratorDriver Driver, ImmutableArray<Diagnostic> Diagnostics, CSharpCompilation Compilation)
{
    /// <summary>The generated files by hint name, in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Files => new SortedDictionary<string, string>(
        Result.GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString()), StringComparer.Ordinal);

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    /// <summary>
    /// The compiler's errors and warnings, at its highest warning level. Documentation is only asked of generated members.
    /// </summary>
    public IReadOnlyList<Diagnostic> CompilerDiagnostics =>
    [
        .. Compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning
            && !(d.Id == "CS1591" && d.Location.SourceTree?.FilePath.StartsWith("File", StringComparison.Ordinal) == true)),
    ];

    /// <summary>Everything wrong with the user's and the generated code together: the generator's opinion and the compiler's.</summary>
    public IReadOnlyList<Diagnostic> AllDiagnostics => [.. Diagnostics, .. CompilerDiagnostics];

    /// <summary>
    /// Emits the compilation and loads it into a context of its own, which unloads with the returned object. Any warning,
    /// of the compiler or the generator, fails the test.
    /// </summary>
    public LoadedAssembly Load()
    {
        Assert.True(AllDiagnostics.Count == 0, string.Join(Environment.NewLine, AllDiagnostics));
        using var image = new MemoryStream();
        EmitResult result = Compilation.Emit(image);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        return new LoadedAssembly(image.ToArray());
    }
}

/// <summary>A compiled user project in a collectible load context.</summary>
internal sealed class LoadedAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context = new("user project", isCollectible: true);

    public LoadedAssembly(byte[] image)
    {
        Image = image;
        Assembly = _context.LoadFromStream(new MemoryStream(image));
    }

    /// <summary>The assembly's bytes, for tests that look at the compiled IL.</summary>
    public byte[] Image { get; }

    public Assembly Assembly { get; }

    public Type Type(string name) => Assembly.GetType(name, throwOnError: true)!;

    public void Dispose() => _context.Unload();
}
