using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

/// <summary>Every mistake NetGen reports. Each id has a page of its own under docs/diagnostics.</summary>
internal static class DiagnosticDescriptors
{
    /// <summary>{0} attribute, {1} argument, {2} what was expected, {3} found.</summary>
    public static readonly DiagnosticDescriptor ValueOutOfRange = Error(
        "NG0010", "A number is out of range", "{0}: {1} must be {2}, but is {3}");

    public static readonly DiagnosticDescriptor NeedsImage = Error("NG0020", "t", "{0} {1}");
    public static readonly DiagnosticDescriptor WindowTooLarge = Error("NG0021", "t", "{0} {1} {2} {3}");
    public static readonly DiagnosticDescriptor GroupsDoNotDivide = Error("NG0022", "t", "{0} {1} {2}");
    public static readonly DiagnosticDescriptor PoolPaddingTooLarge = Error("NG0023", "t", "{0} {1} {2}");

    private static DiagnosticDescriptor Error(string id, string title, string message) => new(
        id, title, message, "NetGen", DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: $"https://github.com/netgen/netgen/blob/main/docs/diagnostics/{id}.md");
}
