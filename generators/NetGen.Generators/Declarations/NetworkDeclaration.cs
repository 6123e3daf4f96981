using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations;

/// <summary>A class whose attributes and points are layers: a network or a block.</summary>
internal interface IBodyDeclaration
{
    /// <summary>The name by which attributes refer to the class, and which no other has.</summary>
    string FullName { get; }

    /// <summary>The class's name, for messages.</summary>
    string Name { get; }

    /// <summary>The attributes on the class that belong to the language, in the order they were written.</summary>
    EquatableArray<AttributeDeclaration> Attributes { get; }

    /// <summary>The points, in the order they were written; none where the class is a chain.</summary>
    EquatableArray<PointDeclaration> Points { get; }

    /// <summary>Whether it carries <c>[Block]</c>, and so has neither inputs nor losses.</summary>
    bool IsBlock { get; }
}

/// <summary>
/// A <c>[Network]</c> or <c>[Block]</c> class as it was written, with nothing of the compiler in it: strings and numbers.
/// </summary>
/// <remarks>
/// Compared by value, so that an edit elsewhere regenerates nothing. Places are numbers, which are the same when a class moves down a
/// line: that regenerates nothing either. What they stand for is part of the <see cref="Reading{TDeclaration}"/>.
/// </remarks>
internal sealed record NetworkDeclaration : IBodyDeclaration, IDeclaration
{
    /// <summary>The namespace, empty for the global one; keywords in it are escaped.</summary>
    public required string Namespace { get; init; }

    /// <summary>
    /// The headers under which generated code re-opens the types around the class, outermost first:
    /// <c>partial class Outer</c>. They repeat no modifiers, which partial declarations need not.
    /// </summary>
    public required EquatableArray<string> ContainingTypes { get; init; }

    /// <inheritdoc/>
    public required string FullName { get; init; }

    /// <summary>The class's name; a keyword is escaped.</summary>
    public required string Name { get; init; }

    /// <summary>What the generated files' names begin with: the full name, unique whatever a file system makes of case.</summary>
    public required string FileName { get; init; }

    /// <summary>The attributes on the class other than <c>[Network]</c>, in the order they were written.</summary>
    public required EquatableArray<AttributeDeclaration> Attributes { get; init; }

    /// <summary>The points, in the order they were written; none where the class is a chain.</summary>
    public EquatableArray<PointDeclaration> Points { get; init; }

    /// <summary>The classes that layers use as blocks, directly or in other blocks, each once.</summary>
    public EquatableArray<BlockDeclaration> Blocks { get; init; }

    /// <inheritdoc/>
    public bool IsBlock { get; init; }

    /// <summary>Where the class's name stands.</summary>
    public Place Place { get; init; }

    /// <summary>Whether training steps keep what is computed at the points.</summary>
    public bool KeepsPoints { get; init; }

    /// <summary>Whether outputs without a loss can be trained too, by gradients that the caller computes.</summary>
    public bool TakesOutputGradients { get; init; }

    /// <summary>Whether every product is computed as the sum that it is.</summary>
    public bool HasPlainSums { get; init; }

    /// <summary>How exactly layers compute their functions where they do not say.</summary>
    public Grade Grade { get; init; }

    /// <summary>Whether nothing is wrong with the class itself, so that code can be generated into it.</summary>
    public required bool IsSound { get; init; }

    /// <summary>Whether a constructor was written by hand, so that the generated one must not be added.</summary>
    public bool HasConstructor { get; init; }

    /// <summary>How code that knows nothing but a seed makes a network.</summary>
    public Making Making { get; init; }

    /// <summary>Whether a declaration of the class has a documentation comment, beside which the generated summary would be a second one.</summary>
    public bool IsDocumented { get; init; }

    /// <summary>Whether <c>ToString()</c> was written by hand, so that the generated one must not be added.</summary>
    public bool HasToString { get; init; }

    /// <summary>A name as it is written in code: keywords are escaped.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;
}

/// <summary>A point: a partial property, whose attributes are layers.</summary>
internal sealed record PointDeclaration(string Name, EquatableArray<AttributeDeclaration> Attributes, Place Place)
{
    /// <summary>The property's modifiers other than <c>partial</c>, which its generated half must repeat; with a space behind.</summary>
    public string Modifiers { get; init; } = "";

    /// <summary>Whether the user wrote a documentation comment, which a generated one would take the place of.</summary>
    public bool IsDocumented { get; init; }
}

/// <summary>A class that layers use as a block, as it was written, whether it may be one or not.</summary>
/// <param name="FullName">The name by which attributes refer to it.</param>
/// <param name="Name">The class's own name, for messages.</param>
/// <param name="IsBlock">Whether it carries <c>[Block]</c>.</param>
/// <param name="Attributes">The attributes on the class.</param>
/// <param name="Points">The points.</param>
internal sealed record BlockDeclaration(
    string FullName,
    string Name,
    bool IsBlock,
    EquatableArray<AttributeDeclaration> Attributes,
    EquatableArray<PointDeclaration> Points)
    : IBodyDeclaration;

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
/// what it was given. The type arguments of a generic attribute are arguments named after the type parameters.
/// </summary>
internal sealed record AttributeDeclaration(string Kind, EquatableArray<ArgumentDeclaration> Arguments, Place Place)
{
    /// <summary>The function that it names, where it names one.</summary>
    public FunctionReference? Function { get; init; }

    public ArgumentDeclaration? Argument(string name) => Arguments.FirstOrDefault(argument => argument.Name == name);
}

/// <summary>
/// One argument, named after the constructor's parameter (<c>kernel</c>) or the property (<c>Padding</c>).
/// Booleans are 0 and 1, enums their number, arrays their elements. A parameter that was left to its default is there too,
/// with the attribute's place, so that a default is stated only once, in the attribute's class.
/// </summary>
internal sealed record ArgumentDeclaration(string Name, Place Place)
{
    public EquatableArray<double> Numbers { get; init; }

    public EquatableArray<string> Texts { get; init; }

    public double Number => Numbers.Count == 0 ? 0 : Numbers[0];

    public string? Text => Texts.Count == 0 ? null : Texts[0];

    /// <summary>Where each element of an array was written.</summary>
    public EquatableArray<Place> ElementPlaces { get; init; }

    /// <summary>The place of an element, or of the whole argument where it is no array.</summary>
    public Place PlaceOf(int element) => element < ElementPlaces.Count ? ElementPlaces[element] : Place;
}
