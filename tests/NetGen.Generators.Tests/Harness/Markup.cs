using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Tests.Harness;

/// <summary>Source text in which <c>{|NG0010:0|}</c> says that a mistake is to be reported at <c>0</c>.</summary>
internal static partial class Markup
{
    /// <summary>
    /// Asserts that the generator reports exactly the marked mistakes, with these messages in the order of the marks, and
    /// that neither it nor the compiler has anything else to say.
    /// </summary>
    public static void Reports(string marked, params string[] messages) => Reports([marked], [], messages);

    /// <summary>The same over several files, and with compiler errors that belong to the mistake.</summary>
    public static void Reports(string[] marked, string[] compilerIds, params string[] messages)
    {
        string[] sources = [.. marked.Select(Strip)];
        GeneratorRun run = GeneratorHarness.Run(sources);
        Verify(marked, messages, run.Diagnostics);

        string[] unexpected =
        [
            .. run.CompilerDiagnostics.Where(d => !compilerIds.Contains(d.Id)).Select(d => d.ToString()),
        ];
        Assert.True(unexpected.Length == 0, "The compiler also reports:\n" + string.Join('\n', unexpected));
    }

    /// <summary>Compares reported mistakes with the marks.</summary>
    public static void Verify(string[] marked, string[] messages, IEnumerable<Diagnostic> diagnostics)
    {
        List<(string Id, string File, int Line, int Start, string Text)> places = [.. marked.SelectMany(Places)];
        Assert.True(places.Count == messages.Length, $"{places.Count} marks but {messages.Length} messages.");

        IEnumerable<string> expected = places.Select((place, index) =>
            $"{place.Id} at {place.File}:{place.Line}:{place.Start} '{place.Text}': {messages[index]}");
        string[] sources = [.. marked.Select(Strip)];
        IEnumerable<string> found = diagnostics
            .OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(d => d.Location.SourceSpan.Start)
            .ThenBy(d => d.Id, StringComparer.Ordinal)
            .Select(d => Describe(d, sources));
        Assert.Equal(string.Join('\n', expected.Order(StringComparer.Ordinal)), string.Join('\n', found.Order(StringComparer.Ordinal)));
    }

    /// <summary>The text without its marks.</summary>
    public static string Strip(string marked) => Mark().Replace(marked, "$2");

    private static string Describe(Diagnostic diagnostic, string[] sources)
    {
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        int file = int.TryParse(place.Path.Replace("File", "").Replace(".cs", ""), out int index) ? index : -1;
        string text = file < 0
            ? "nowhere"
            : sources[file].Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);
        return $"{diagnostic.Id} at {place.Path}:{place.StartLinePosition.Line}:{place.StartLinePosition.Character} '{text}': "
            + $"{diagnostic.GetMessage()}";
    }

    private static IEnumerable<(string Id, string File, int Line, int Start, string Text)> Places(string marked, int file)
    {
        foreach (Match match in Mark().Matches(marked))
        {
            string before = Strip(marked[..match.Index]);
            int line = before.Count(character => character == '\n');
            yield return (match.Groups[1].Value, $"File{file}.cs", line, before.Length - (before.LastIndexOf('\n') + 1), match.Groups[2].Value);
        }
    }

    [GeneratedRegex(@"\{\|(\w+):(.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Mark();
}
