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
    /// <summary>The namespace, empty for the global one; keywords in it are escaped.</summary>
    public required string Namespace { get; init; }

    /// <summary>
    /// The headers under which generated code re-opens the types around the class, outermost first:
    /// <c>partial class Outer</c>. They repeat no modifiers, which partial declarations need not.
    /// </summary>
    public required EquatableArray<string> ContainingTypes { get; init; }

    /// <summary>The class's name; a keyword is escaped.</summary>
    public required string Name { get; init; }

    /// <summary>What the generated files' names begin with: the full name, unique whatever a file system makes of case.</summary>
    public required string FileName { get; init; }

    /// <summary>The attributes other than <c>[Network]</c>, in the order they were written.</summary>
    public required EquatableArray<AttributeDeclaration> Attributes { get; init; }

    /// <summary>Where the class's name stands.</summary>
    public SourcePlace Place { get; init; }

    /// <summary>Whether a constructor was written by hand, so that the generated one must not be added.</summary>
    public bool HasConstructor { get; init; }

    /// <summary>How code that knows nothing but a seed makes a network.</summary>
    public Making Making { get; init; }

    /// <summary>Whether <c>ToString()</c> was written by hand, so that the generated one must not be added.</summary>
    public bool HasToString { get; init; }

    /// <summary>The same declaration with every place forgotten.</summary>
    public NetworkDeclaration WithoutPlaces() => this with
    {
        Place = default,
        Attributes = Attributes.Select(attribute => attribute.WithoutPlaces()).ToEquatableArray(),
    };
}

/// <summary>How a network is made from a seed.</summary>
internal enum Making
{
    /// <summary>By a constructor that takes <c>int seed</c>: the generated one, or one written by hand.</summary>
    FromSeed,

    /// <summary>By a constructor written by hand that takes nothing; the parameters are drawn afterwards.</summary>
    ThenDraw,

    /// <summary>Only by whoever wrote its constructors, which want more than that.</summary>
    ByHand,
}

/// <summary>
/// One attribute: its kind, which is its class's name without the suffix (with the namespace, where that is not NetGen), and
/// what it was given.
/// </summary>
internal sealed record AttributeDeclaration(
    string Kind, EquatableArray<ArgumentDeclaration> Arguments, SourcePlace Place)
{
    public ArgumentDeclaration? Argument(string name) => Arguments.FirstOrDefault(argument => argument.Name == name);

    public AttributeDeclaration WithoutPlaces() => new(
        Kind, Arguments.Select(argument => argument.WithoutPlaces()).ToEquatableArray(), default);
}

/// <summary>
/// One argument, named after the constructor's parameter (<c>kernel</c>) or the property (<c>Padding</c>).
/// Booleans are 0 and 1, enums their number, arrays their elements. A parameter that was left to its default is there too,
/// with the attribute's place, so that a default is stated only once, in the attribute's class.
/// </summary>
internal sealed record ArgumentDeclaration(string Name, EquatableArray<double> Numbers, string? Text, SourcePlace Place)
{
    public double Number => Numbers.Count == 0 ? 0 : Numbers[0];

    /// <summary>Where each element of an array was written; empty where that cannot be told.</summary>
    public EquatableArray<SourcePlace> ElementPlaces { get; init; }

    /// <summary>The place of an element, or of the whole argument where that is not known.</summary>
    public SourcePlace PlaceOf(int element) => element < ElementPlaces.Count ? ElementPlaces[element] : Place;

    public ArgumentDeclaration WithoutPlaces() => this with { Place = default, ElementPlaces = default };
}
