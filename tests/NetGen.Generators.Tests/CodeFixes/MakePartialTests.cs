using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.CodeFixes;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.CodeFixes;

public class MakePartialTests
{
    [Theory]
    [InlineData("[Network, Input(4), Dense(2)] public sealed class Net;", "[Network, Input(4), Dense(2)] public sealed partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2)]\nclass Net\n{\n}\n", "[Network, Input(4), Dense(2)]\npartial class Net\n{\n}\n")]
    [InlineData(
        "class Outer\n{\n    // Layers.\n    [Network, Input(4), Dense(2)]\n    class Net;\n}\n",
        "partial class Outer\n{\n    // Layers.\n    [Network, Input(4), Dense(2)]\n    partial class Net;\n}\n")]
    [InlineData(
        "// Around.\nclass Outer { public record struct Middle { public partial interface Inner { [Network, Input(4), Dense(2)] public class Net; } "
        + "} }",
        "// Around.\npartial class Outer { public partial record struct Middle { public partial interface Inner { [Network, Input(4), Dense(2)] "
        + "public partial class Net; } } }")]
    public async Task A_fix_at_the_network_makes_it_and_everything_around_it_partial(string source, string expected) =>
        Assert.Equal(expected, await FixAsync(source, "NG0001"));

    [Fact]
    public async Task A_fix_at_a_type_around_the_network_makes_that_type_partial() => Assert.Equal(
        "public partial class Outer { [Network, Input(4), Dense(2)] public partial class Net; }",
        await FixAsync("public class Outer { [Network, Input(4), Dense(2)] public partial class Net; }", "NG0002"));

    [Fact]
    public async Task The_fixed_code_has_no_mistakes_left() => Markup.Reports(
        await FixAsync("class Outer { struct Middle { [Network, Input(4), Dense(2)] class Net; } }", "NG0001"));

    private static async Task<string> FixAsync(string source, string id)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(source);
        Diagnostic diagnostic = GeneratorHarness.Run(compilation).Diagnostics.First(d => d.Id == id);

        using var workspace = new AdhocWorkspace();
        Document document = workspace.AddProject("UserProject", LanguageNames.CSharp)
            .WithParseOptions(compilation.SyntaxTrees[0].Options)
            .AddDocument("File0.cs", source, filePath: "File0.cs");
        var actions = new List<CodeAction>();
        var provider = new MakePartialCodeFix();
        Assert.Contains(id, provider.FixableDiagnosticIds);
        await provider.RegisterCodeFixesAsync(new CodeFixContext(
            document, diagnostic.Location.SourceSpan, [diagnostic], (action, _) => actions.Add(action), CancellationToken.None));

        ImmutableArray<CodeActionOperation> operations = await Assert.Single(actions).GetOperationsAsync(CancellationToken.None);
        Solution changed = Assert.IsType<ApplyChangesOperation>(Assert.Single(operations)).ChangedSolution;
        return (await changed.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }
}
