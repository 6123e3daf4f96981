using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

/// <summary>A mistake and where it stands in the sources.</summary>
internal sealed record NetworkDiagnostic(
    DiagnosticDescriptor Descriptor, SourcePlace Place, EquatableArray<string> Arguments)
{
    public NetworkDiagnostic(DiagnosticDescriptor descriptor, SourcePlace place, params string[] arguments)
        : this(descriptor, place, arguments.ToEquatableArray())
    {
    }

    /// <summary>Whether nothing can be generated because of it.</summary>
    public bool IsError => Descriptor.DefaultSeverity == DiagnosticSeverity.Error;

    public Diagnostic ToDiagnostic(Compilation compilation) =>
        Diagnostic.Create(Descriptor, Place.ToLocation(compilation), [.. Arguments]);
}
