using Microsoft.CodeAnalysis;
using NetGen.Generators.Declarations;

namespace NetGen.Generators.Diagnostics;

/// <summary>A mistake found in a declaration: which one, where, and the words that fill its message.</summary>
internal sealed record NetworkDiagnostic(
    DiagnosticDescriptor Descriptor, SourcePlace Place, EquatableArray<string> Arguments)
{
    public NetworkDiagnostic(DiagnosticDescriptor descriptor, SourcePlace place, params string[] arguments)
        : this(descriptor, place, arguments.ToEquatableArray())
    {
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Place.ToLocation(), [.. Arguments]);
}
