using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>Each diagnostic has a page, and the page's examples do what it says.</summary>
public partial class HelpPageTests
{
    private static readonly string s_root = Path.GetFullPath(Path.Combine(Folder(), "../../.."));

    private static readonly DiagnosticDescriptor[] s_descriptors =
    [
        .. typeof(DiagnosticDescriptors)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Ids => [.. s_descriptors.Select(descriptor => descriptor.Id)];

    [Fact]
    public void Ids_are_unique() => Assert.Equal(s_descriptors.Length, s_descriptors.Select(descriptor => descriptor.Id).Distinct().Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_has_a_page_under_its_own_name_and_title(string id)
    {
        DiagnosticDescriptor descriptor = s_descriptors.Single(d => d.Id == id);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", Page(id), StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {descriptor.Title} |", Page("README"));
    }

    [Fact]
    public void No_page_is_left_over() => Assert.Equal(
        s_descriptors.Select(descriptor => descriptor.Id + ".md").Append("README.md"),
        Directory.GetFiles(Path.Combine(s_root, "docs/diagnostics")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_wrong_example_is_reported_and_the_right_one_is_not(string id)
    {
        // NG0000 has no cause that could be shown, NG0009 stands in a project file.
        string[] examples = [.. Example().Matches(Page(id)).Select(match => match.Groups[1].Value)];
        Assert.Equal(id is "NG0000" or "NG0009" ? 0 : 2, examples.Length);
        if (examples.Length == 0)
            return;

        Assert.Equal([id], (await MistakesAsync(examples[0])).Distinct());
        Assert.Empty(await MistakesAsync(examples[1]));
        Assert.Empty(GeneratorHarness.Run(examples[1]).CompilerDiagnostics);
    }

    private static async Task<IEnumerable<string>> MistakesAsync(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        ImmutableArray<Diagnostic> analyzed = await run.Compilation
            .WithAnalyzers([new LayerWithoutNetworkAnalyzer()])
            .GetAnalyzerDiagnosticsAsync();
        return run.Diagnostics.Concat(analyzed).Select(diagnostic => diagnostic.Id);
    }

    private static string Page(string name) =>
        File.ReadAllText(Path.Combine(s_root, "docs/diagnostics", name + ".md")).ReplaceLineEndings("\n");

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
