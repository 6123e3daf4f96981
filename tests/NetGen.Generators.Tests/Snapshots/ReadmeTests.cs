using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Snapshots;

/// <summary>What the README shows of generated code is generated from what it shows of declarations.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Excerpts_are_as_they_are_written()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n");
        string[] networks = [.. CodeBlock().Matches(Section(readme, "## A first network")).Select(block => Declaration().Match(block.Value).Value).Where(network => network.Length > 0)];
        Assert.Equal(5, networks.Length);
        string generated = Unindented(string.Join('\n', GeneratorHarness.Run(networks).Files.Values));

        string[] excerpts = [.. CodeBlock().Matches(Section(readme, "## What is generated")).Select(block => Unindented(block.Groups[1].Value))];
        Assert.NotEmpty(excerpts);
        Assert.All(excerpts, excerpt => Assert.True(generated.Contains(excerpt, StringComparison.Ordinal), $"Now it is written otherwise:\n{excerpt}"));
    }

    private static string Section(string readme, string title)
    {
        int start = readme.IndexOf(title + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The README has no section '{title}'.");
        int end = readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return readme[start..end];
    }

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\[Network.*?public partial class \w+;", RegexOptions.Singleline)]
    private static partial Regex Declaration();
}
