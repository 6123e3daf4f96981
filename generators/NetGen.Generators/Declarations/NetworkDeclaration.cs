using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generators.Declarations;

/// <summary>
/// A <c>[Network]</c> class as it was written, with nothing of the compiler in it: strings, numbers and places.
/// </summary>
/// <remarks>
/// Compared by value, so that an edit elsewhere regenerates nothing. <see cref="WithoutPlaces"/> is what the later rooms
/// work on: moving a declaration down a line must not regenerate it either.
/// </remarks>
internal sealed record NetworkDeclaration
{
    /// <summary>The namespace, empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>The headers of the types around the class, outermost first: <c>public partial class Outer</c>.</summary>
    public required EquatableArray<string> ContainingTypes { get; init; }

    /// <summary>The class's name.</summary>
    public required string Name { get; init; }

    /// <summary>The attributes other than <c>[Network]</c>, in the order they were written.</summary>
    public required EquatableArray<AttributeDeclaration> Attributes { get; init; }

    /// <summary>Where the class's name stands.</summary>
    public SourcePlace Place { get; init; }

    /// <summary>Whether a constructor was written by hand, so that the generated one must not be added.</summary>
    public bool HasConstructor { get; init; }

    /// <summary>The same declaration with every place forgotten.</summary>
    public NetworkDeclaration WithoutPlaces() => this with
    {
        Place = default,
        Attributes = Attributes.Select(attribute => attribute.WithoutPlaces()).ToEquatableArray(),
    };
}

/// <summary>One attribute: its kind, which is its class's name without the suffix, and what it was given.</summary>
internal sealed record AttributeDeclaration(
    string Kind, EquatableArray<ArgumentDeclaration> Arguments, SourcePlace Place)
{
    public ArgumentDeclaration? Argument(string name) => Arguments.FirstOrDefault(argument => argument.Name == name);

    public AttributeDeclaration WithoutPlaces() => new(
        Kind, Arguments.Select(argument => argument with { Place = default }).ToEquatableArray(), default);
}

/// <summary>
/// One argument, named after the constructor's parameter (<c>kernel</c>) or the property (<c>Padding</c>).
/// Booleans are 0 and 1, enums their number, arrays their elements.
/// </summary>
internal sealed record ArgumentDeclaration(string Name, EquatableArray<double> Numbers, string? Text, SourcePlace Place)
{
    public double Number => Numbers.Count == 0 ? 0 : Numbers[0];
}

/// <summary>A place in a source file, for diagnostics; equal by value.</summary>
internal readonly record struct SourcePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourcePlace Of(Location location) => new(
        location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Path is null ? Location.None : Location.Create(Path, Span, Lines);
}
