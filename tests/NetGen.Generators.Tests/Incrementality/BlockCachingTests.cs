using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Incrementality;

/// <summary>Blocks are parts of the networks that use them: an edit of one regenerates these and no others.</summary>
public class BlockCachingTests
{
    private const string Inner = "[Block, Dense(4), Tanh] public class Inner;";
    private const string Body = "[Block] public partial class Body { [Use<Inner>] public partial Layer A { get; } [Dense(4)] public partial Layer B { get; } }";
    private const string User = "[Network, Input(4), Use<Body>, Dense(2)] public partial class User;";
    private const string Other = "[Network, Input(4), Dense(2)] public partial class Other;";

    [Theory]
    [InlineData(0, "Dense(4)", "Dense(5)")]
    [InlineData(0, "Tanh", "Tanh, Dropout(0.5)")]
    [InlineData(1, "[Dense(4)]", "[Dense(4), Relu]")]
    [InlineData(1, "[Use<Inner>]", "[Dense(4)]")]
    [InlineData(1, " B ", " C ")]
    public void An_edit_of_a_block_regenerates_the_networks_that_use_it(int file, string old, string changed) =>
        Assert.Equal(["User: Modified", "Other: Cached"], Reasons(file, old, changed));

    [Theory]
    [InlineData(0, "[Block", "// a comment\n[Block")]
    [InlineData(0, "Dense(4)", "Dense(2 + 2)")]
    [InlineData(1, " [Dense(4)]", "\n\n    [Dense(4)]")]
    public void An_edit_of_a_block_that_changes_no_layer_regenerates_nothing(int file, string old, string changed) =>
        Assert.Equal(["User: Cached", "Other: Cached"], Reasons(file, old, changed));

    [Fact]
    public void A_block_that_becomes_wrong_and_right_again_brings_back_the_same_files()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Inner, Body, User, Other);
        GeneratorRun first = GeneratorHarness.Run(compilation);
        GeneratorRun wrong = GeneratorHarness.Run(compilation.WithFile(0, Inner.Replace("[Block, ", "[")), first.Driver);
        GeneratorRun right = GeneratorHarness.Run(compilation, wrong.Driver);
        Assert.Equal("NG0049", Assert.Single(wrong.Diagnostics).Id);
        Assert.DoesNotContain("User.Inference.g.cs", wrong.Files.Keys);
        Assert.Contains("Other.Inference.g.cs", wrong.Files.Keys);
        Assert.Equal(first.Files, right.Files);
        Assert.Empty(right.AllDiagnostics);
    }

    private static IEnumerable<string> Reasons(int file, string old, string changed)
    {
        string[] sources = [Inner, Body, User, Other];
        Assert.Contains(old, sources[file]);
        CSharpCompilation compilation = GeneratorHarness.Compile(sources);
        GeneratorRun first = GeneratorHarness.Run(compilation);
        Assert.Empty(first.AllDiagnostics);
        GeneratorRun second = GeneratorHarness.Run(compilation.WithFile(file, sources[file].Replace(old, changed)), first.Driver);
        return second.Result.TrackedSteps[NetworkGenerator.SourcesStage]
            .SelectMany(step => step.Outputs)
            .Select(output => $"{Name((GenerationResult)output.Value)}: {output.Reason}");
    }

    private static string Name(GenerationResult result) => result.Files[0].HintName.Split('.')[0];
}
