using System.Runtime.CompilerServices;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace NetGen.Generators.Tests.Snapshots;

/// <summary>
/// Compares text with a file beside the test, named <c>Class.Method.verified.cs</c> or <c>Class.Method#part.verified.cs</c>.
/// </summary>
/// <remarks>
/// On a difference the new text is written to <c>….received.cs</c> and the test fails with the lines that differ. To accept
/// the new text, rename received to verified, or run the tests with <c>NETGEN_ACCEPT_SNAPSHOTS=1</c>; then review the change
/// like any other.
/// </remarks>
internal static class Snapshot
{
    private const string AcceptVariable = "NETGEN_ACCEPT_SNAPSHOTS";

    /// <summary>How many equal lines are shown around a difference.</summary>
    private const int Context = 3;

    /// <param name="text">What the test has now.</param>
    /// <param name="part">Which of several texts of one test.</param>
    /// <param name="extension">The file's kind.</param>
    /// <param name="file">The calling test's file: its name is the class's, and snapshots stand beside it.</param>
    /// <param name="method">The calling test.</param>
    public static void Verify(
        string text, string? part = null, string extension = "cs", [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string name = $"{Path.GetFileNameWithoutExtension(file)}.{method}{(part is null ? "" : $"#{part}")}";
        Compare(
            text,
            Path.Combine(Path.GetDirectoryName(file)!, $"{name}.verified.{extension}"),
            Path.Combine(Path.GetDirectoryName(file)!, $"{name}.received.{extension}"),
            Environment.GetEnvironmentVariable(AcceptVariable) == "1");
    }

    /// <summary>The comparison itself, for given files.</summary>
    public static void Compare(string text, string verified, string received, bool accept)
    {
        // A checkout may have turned line ends around; nothing else may differ.
        string? expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        string found = text.ReplaceLineEndings("\n");
        if (expected == found)
        {
            File.Delete(received);
            return;
        }

        if (accept)
        {
            File.WriteAllText(verified, found);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, found);
        string difference = expected is null ? $"{Path.GetFileName(verified)} does not exist." : Difference(expected, found);
        Assert.Fail(
            $"{difference}\nTo accept the new text, rename {Path.GetFileName(received)} to {Path.GetFileName(verified)}, " +
            $"or run the tests with {AcceptVariable}=1.");
    }

    private static string Difference(string expected, string found)
    {
        List<DiffPiece> lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(expected, found, ignoreWhitespace: false).Lines;
        var shown = new SortedSet<int>();
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].Type == ChangeType.Unchanged)
                continue;
            for (int near = Math.Max(i - Context, 0); near <= Math.Min(i + Context, lines.Count - 1); near++)
                shown.Add(near);
        }

        var text = new List<string> { "The text differs from the snapshot (- verified, + received):" };
        int last = -1;
        foreach (int i in shown)
        {
            if (i != last + 1)
                text.Add($"@@ line {i + 1}");
            text.Add(Mark(lines[i].Type) + lines[i].Text);
            last = i;
        }

        return string.Join('\n', text);
    }

    private static string Mark(ChangeType type) => type switch
    {
        ChangeType.Inserted => "+ ",
        ChangeType.Deleted => "- ",
        _ => "  ",
    };
}
