using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Tests.Harness;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace NetGen.Generators.Tests.Incrementality;

/// <summary>What an edit makes the generator do again, stage by stage.</summary>
public class CachingTests
{
    private const string Network =
        """
        namespace App;

        public static class Before { }

        [Network, Input(4), Dense(8), Relu, Dense(2), MeanSquaredError]
        public partial class Net;

        public static class After { }
        """;

    private const string Unrelated = "public static class Elsewhere { public static int One => 1; }";

    [Fact]
    public void The_first_run_does_everything()
    {
        var compilation = GeneratorHarness.Compile(Network, Unrelated);
        AssertReasons(GeneratorHarness.Run(compilation), [New], [New], [New]);
    }

    [Fact]
    public void Nothing_edited() => AfterEdit(c => c, [Cached], [Cached], [Cached]);

    [Fact]
    public void An_unrelated_file_changed() => AfterEdit(
        c => c.WithFile(1, Unrelated.Replace("=> 1", "=> 2")), [Unchanged], [Cached], [Cached]);

    [Fact]
    public void A_file_added() => AfterEdit(
        c => c.AddSyntaxTrees(c.SyntaxTrees[^1].WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From("class New;"))),
        [Unchanged], [Cached], [Cached]);

    [Fact]
    public void A_comment_added_elsewhere_in_the_same_file_behind_the_network() => AfterEdit(
        c => c.WithFile(0, Network + "// a comment\n"), [Unchanged], [Cached], [Cached]);

    [Fact]
    public void A_comment_added_above_the_class() => AfterEdit(
        c => c.WithFile(0, Network.Replace("[Network", "// a comment\n[Network")), [Modified], [Unchanged], [Cached]);

    [Fact]
    public void A_comment_added_between_two_layers() => AfterEdit(
        c => c.WithFile(0, Network.Replace(" Relu", " /* rectified */ Relu")), [Modified], [Unchanged], [Cached]);

    [Fact]
    public void A_member_added_to_the_class() => AfterEdit(
        c => c.WithFile(0, Network.Replace("class Net;", "class Net { public int Version => 2; }")), [Unchanged], [Cached], [Cached]);

    [Fact]
    public void The_same_numbers_written_differently() => AfterEdit(
        c => c.WithFile(0, Network.Replace("Dense(8)", "Dense(4 + 4)")), [Modified], [Unchanged], [Cached]);

    [Fact]
    public void A_layer_changed() => AfterEdit(
        c => c.WithFile(0, Network.Replace("Dense(8)", "Dense(9)")), [Modified], [Modified], [Modified]);

    [Fact]
    public void A_layer_added() => AfterEdit(
        c => c.WithFile(0, Network.Replace("Relu,", "Relu, Dropout(0.5f),")), [Modified], [Modified], [Modified]);

    [Fact]
    public void Another_network_added_in_another_file() => AfterEdit(
        c => c.WithFile(1, Unrelated + "[Network, Input(3), Dense(2)] public partial class Other;"),
        [Unchanged, New], [Cached, New], [Cached, New]);

    [Fact]
    public void Another_network_added_above_in_the_same_file() => AfterEdit(
        c => c.WithFile(0, Network.Replace("public static class Before { }", "[Network, Input(3), Dense(2)] public partial class Other;")),
        [Modified, New], [Modified, New], [Modified, New]);

    [Fact]
    public void The_network_removed() => AfterEdit(c => c.WithFile(0, "class Nothing;"), [Removed], [Removed], [Removed]);

    [Fact]
    public void An_edit_that_changes_no_layer_leaves_every_file_as_it_was_and_a_changed_layer_does_not()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Network);
        GeneratorRun first = GeneratorHarness.Run(compilation);
        Assert.NotEmpty(first.Files);
        Assert.Equal(first.Files, GeneratorHarness.Run(compilation.WithFile(0, "// moved\n" + Network), first.Driver).Files);
        Assert.NotEqual(first.Files, GeneratorHarness.Run(compilation.WithFile(0, Network.Replace("Dense(8)", "Dense(9)")), first.Driver).Files);
    }

    [Fact]
    public void A_mistake_made_and_taken_back_brings_back_the_same_files()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Network);
        GeneratorRun first = GeneratorHarness.Run(compilation);
        GeneratorRun wrong = GeneratorHarness.Run(compilation.WithFile(0, Network.Replace("Dense(8)", "Dense(0)")), first.Driver);
        GeneratorRun right = GeneratorHarness.Run(compilation, wrong.Driver);
        Assert.Equal("NG0010", Assert.Single(wrong.Diagnostics).Id);
        Assert.Empty(wrong.Files);
        Assert.Empty(right.Diagnostics);
        Assert.Equal(first.Files, right.Files);
    }

    [Fact]
    public void A_mistake_moves_with_its_line()
    {
        string wrong = Network.Replace("Dense(8)", "Dense(0)");
        CSharpCompilation compilation = GeneratorHarness.Compile(wrong);
        GeneratorRun first = GeneratorHarness.Run(compilation);
        GeneratorRun moved = GeneratorHarness.Run(compilation.WithFile(0, "\n\n" + wrong), first.Driver);
        Assert.Equal(
            Assert.Single(first.Diagnostics).Location.GetLineSpan().StartLinePosition.Line + 2,
            Assert.Single(moved.Diagnostics).Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void A_graph_is_built_once_for_a_layer_that_changed_and_not_at_all_for_a_class_that_moved()
    {
        int built = 0;
        CSharpCompilation compilation = GeneratorHarness.Compile(Network.Replace("Dense(8)", "Dense(0)"));
        GeneratorRun first = GeneratorHarness.Run(compilation, GeneratorHarness.Driver(compilation, new NetworkGenerator((declaration, cancellation) =>
        {
            built++;
            return Generation.OfNetwork(declaration, cancellation);
        })));
        Assert.Equal(1, built);
        GeneratorRun moved = GeneratorHarness.Run(compilation.WithFile(0, "\n\n" + Network.Replace("Dense(8)", "Dense(0)")), first.Driver);
        Assert.Equal("NG0010", Assert.Single(moved.Diagnostics).Id);
        Assert.Equal(1, built);
        Assert.Empty(GeneratorHarness.Run(compilation.WithFile(0, Network), moved.Driver).Diagnostics);
        Assert.Equal(2, built);
    }

    private static void AfterEdit(
        Func<CSharpCompilation, CSharpCompilation> edit,
        IncrementalStepRunReason[] declarations,
        IncrementalStepRunReason[] networks,
        IncrementalStepRunReason[] sources)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Network, Unrelated);
        GeneratorRun first = GeneratorHarness.Run(compilation);
        GeneratorRun second = GeneratorHarness.Run(edit(compilation), first.Driver);
        AssertReasons(second, declarations, networks, sources);
    }

    private static void AssertReasons(
        GeneratorRun run,
        IncrementalStepRunReason[] declarations,
        IncrementalStepRunReason[] networks,
        IncrementalStepRunReason[] sources)
    {
        Assert.Equal(
            $"{string.Join(",", declarations)} | {string.Join(",", networks)} | {string.Join(",", sources)}",
            $"{Reasons(NetworkGenerator.DeclarationsStage)} | {Reasons(NetworkGenerator.NetworksStage)} | {Reasons(NetworkGenerator.SourcesStage)}");

        string Reasons(string stage) => run.Result.TrackedSteps.TryGetValue(stage, out var steps)
            ? string.Join(",", steps.SelectMany(step => step.Outputs).Select(output => output.Reason))
            : "";
    }
}
