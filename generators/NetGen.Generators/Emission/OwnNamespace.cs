using System.Text.RegularExpressions;
using NetGen.Generators.Declarations;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Emission;

/// <summary>
/// The namespace of NetGen's own in which programs and kernels stand. Short names mean there what NetGen means by them, whatever
/// the user's project calls so.
/// </summary>
internal static class OwnNamespace
{
    public const string Name = "NetGen.Generated";

    /// <summary>
    /// Names of the language that are no keywords everywhere: a type may have them. Said again, they mean what they should.
    /// </summary>
    private static readonly (string Name, string Meaning)[] s_aliases = [("nint", "System.IntPtr"), ("nuint", "System.UIntPtr")];

    /// <summary>The class of a network's programs and kernels, as the user's class names it.</summary>
    public static string ClassOf(NetworkDeclaration network) => $"global::{Name}.{ClassName(network)}";

    /// <summary>The header of that class.</summary>
    public static string HeaderOf(NetworkDeclaration network) => $"internal static class {ClassName(network)}";

    /// <summary>What the short names in a text need.</summary>
    public static void WriteUsings(SourceWriter writer, string text)
    {
        string[] usings =
        [
            .. VectorDialect.Usings
                .Where(names => names.Names.Any(name => Regex.IsMatch(text, $@"(?<![\w.]){Regex.Escape(name)}")))
                .Select(names => $"using global::{names.Namespace};"),
            .. s_aliases
                .Where(alias => Regex.IsMatch(text, $@"(?<![\w.]){alias.Name}\b"))
                .Select(alias => $"using {alias.Name} = global::{alias.Meaning};"),
        ];
        writer.Lines(usings);
        if (usings.Length > 0)
            writer.Line();
    }

    // Dots become underscores and underscores two, so that no two networks' classes have one name.
    private static string ClassName(NetworkDeclaration network) => ClassName(network.FileName, "Kernels");

    /// <summary>The name of a class for what has files of a name.</summary>
    public static string ClassName(string fileName, string suffix) =>
        string.Concat(fileName.Select(c => char.IsLetterOrDigit(c) ? c.ToString() : c == '_' ? "__" : "_")) + suffix;
}
