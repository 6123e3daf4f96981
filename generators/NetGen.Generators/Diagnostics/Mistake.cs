using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

/// <summary>A mistake found in a declaration: which one, at which of its places, and the words that fill its message.</summary>
internal sealed record Mistake(DiagnosticDescriptor Descriptor, Place Place, EquatableArray<string> Words)
{
    public Mistake(DiagnosticDescriptor descriptor, Place place, params string[] words)
        : this(descriptor, place, words.ToEquatableArray())
    {
    }

    /// <summary>Whether nothing can be generated because of it.</summary>
    public bool IsError => Descriptor.DefaultSeverity == DiagnosticSeverity.Error;

    /// <summary>A defect of the generator, reported at the class in a way that the user can pass on.</summary>
    public static Mistake InternalError(string network, Exception exception) => new(
        DiagnosticDescriptors.InternalError, default, network, exception.GetType().Name, exception.Message);

    /// <summary>The same where it stands.</summary>
    /// <param name="places">The places of the class that it was found in.</param>
    public NetworkDiagnostic At(IReadOnlyList<SourcePlace> places) => new(Descriptor, places[Place.Number], Words);
}
