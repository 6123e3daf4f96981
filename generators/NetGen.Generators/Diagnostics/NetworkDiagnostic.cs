using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

/// <summary>A mistake found in a declaration: which one, where, and the words that fill its message.</summary>
internal sealed record NetworkDiagnostic(
    DiagnosticDescriptor Descriptor, SourcePlace Place, EquatableArray<string> Arguments)
{
    public NetworkDiagnostic(DiagnosticDescriptor descriptor, SourcePlace place, params string[] arguments)
        : this(descriptor, place, arguments.ToEquatableArray())
    {
    }

    /// <summary>Whether nothing can be generated because of it.</summary>
    public bool IsError => Descriptor.DefaultSeverity == DiagnosticSeverity.Error;

    /// <summary>A defect of the generator, reported in a way that the user can pass on.</summary>
    public static NetworkDiagnostic InternalError(string network, SourcePlace place, string exception, string message) => new(
        DiagnosticDescriptors.InternalError, place, network, exception, message);

    public Diagnostic ToDiagnostic(Compilation compilation) =>
        Diagnostic.Create(Descriptor, Place.ToLocation(compilation), [.. Arguments]);
}
