using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

// The class that carries [Network].
internal static partial class DiagnosticDescriptors
{
    /// <summary>{0} the class, {1} its header with <c>partial</c>, {2} network or block.</summary>
    public static readonly DiagnosticDescriptor NotPartial = new(
        "NG0001", "A network must be partial",
        "The {2} '{0}' is not partial, so nothing can be generated into it; write '{1}'",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0001.md");

    /// <summary>{0} the network, {1} the type around it, {2} that type's header with <c>partial</c>, {3} network or block.</summary>
    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = new(
        "NG0002", "Types around a network must be partial",
        "The {3} '{0}' stands in '{1}', which is not partial, so nothing can be generated into it; write '{2}'",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0002.md");

    /// <summary>{0} the network, {1} why it is generic if not by itself, {2} what to do, {3} network or block.</summary>
    public static readonly DiagnosticDescriptor Generic = new(
        "NG0003", "A network must not be generic",
        "The {3} '{0}' is generic{1}, but a {3}'s shapes are fixed; {2}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0003.md");

    /// <summary>{0} the network, {1} what it is, {2} why not, and what to do.</summary>
    public static readonly DiagnosticDescriptor WrongKindOfType = new(
        "NG0004", "A network must be an ordinary class",
        "The {3} '{0}' is {1}, but must be an ordinary class: {2}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0004.md");

    /// <summary>{0} the attribute, {1} the class.</summary>
    public static readonly DiagnosticDescriptor AttributesSpread = new(
        "NG0005", "A network's attributes must stand on one declaration",
        "'{0}' stands on another partial declaration of '{1}' than the rest of the network, "
        + "and attributes on several declarations have no order; move all of them to one declaration",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0005.md");

    /// <summary>{0} the class, {1} the network it derives from.</summary>
    public static readonly DiagnosticDescriptor DerivesFromNetwork = new(
        "NG0006", "A network must not derive from a network",
        "The network '{0}' derives from the network '{1}', whose generated members it would hide; "
        + "repeat the layers of '{1}' on '{0}', or hold a '{1}' in a field",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0006.md");

    /// <summary>{0} the class, {1} the member.</summary>
    public static readonly DiagnosticDescriptor NameTaken = new(
        "NG0007", "A member has the name of a generated one",
        "'{1}' is a name that the code generated into the network '{0}' needs; give yours another name",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0007.md");

    /// <summary>{0} the attribute, {1} the class.</summary>
    public static readonly DiagnosticDescriptor LayerWithoutNetwork = new(
        "NG0008", "A layer on a class that is no network",
        "'{0}' has no effect because '{1}' is not a network; write [Network] above it, or remove the attribute",
        Category, DiagnosticSeverity.Warning, true, helpLinkUri: Help + "NG0008.md");

    /// <summary>{0} the language version needed, {1} the one found.</summary>
    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        "NG0009", "The language version is too old",
        "Generated networks need C# {0} or later, but this project compiles as C# {1}; remove <LangVersion> from the project file or raise it",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0009.md");
}
