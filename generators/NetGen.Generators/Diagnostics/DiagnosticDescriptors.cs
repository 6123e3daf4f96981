using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

/// <summary>
/// Every mistake NetGen reports: what was found, what was expected, and what to write instead. Each id has a page of its own
/// under docs/diagnostics, and is listed in the analyzer release files.
/// </summary>
/// <remarks>
/// NG0001 to NG0009 are about the class, NG0010 to NG0019 about the chain, NG0020 to NG0029 about a layer, NG0030 to NG0039
/// about the loss, NG0040 and later about points and blocks. Descriptors are written out in full because the release-tracking analyzer
/// reads them here.
/// </remarks>
internal static partial class DiagnosticDescriptors
{
    private const string Category = "NetGen";
    private const string Help = "https://github.com/netgen/netgen/blob/main/docs/diagnostics/";

    /// <summary>{0} the network, {1} the exception's type, {2} its message.</summary>
    public static readonly DiagnosticDescriptor InternalError = new(
        "NG0000", "Internal error in the generator",
        "No code could be generated for '{0}' because of an error in NetGen itself; please report it with the class's declaration: {1}: {2}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0000.md");
}
