using Microsoft.CodeAnalysis;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Declarations;

/// <summary>An editor asks at every keystroke; whatever stands there, the generator answers with diagnostics or silence.</summary>
public class HalfTypedCodeTests
{
    private const string Whole =
        """
        namespace App;
        public partial class Outer
        {
            [Network]
            [Input(3, 12, 10)]
            [Conv2D(8, 3, Padding = Padding.Same, Groups = 1), LeakyRelu(0.1f), MaxPool2D(2, Stride = 2)]
            [Dropout(0.25f), Dense(4, WeightInit = Initializer.Constant, WeightValue = -1.5f)]
            [SoftmaxCrossEntropy(LabelSmoothing = 0.1f, ClassWeights = new double[] { 1, 2, 3, 4 })]
            public partial class Net { public int Seed { get; } public Net(int seed) => Seed = seed; }
        }
        """;

    [Fact]
    public void The_whole_reports_nothing() => Markup.Reports(Whole);

    [Fact]
    public void Cut_off_at_any_position() => Survives(Enumerable.Range(0, Whole.Length).Select(length => Whole[..length]));

    [Fact]
    public void Begun_at_any_position() => Survives(Enumerable.Range(0, Whole.Length).Select(start => Whole[start..]));

    [Fact]
    public void With_any_character_missing() => Survives(Enumerable.Range(0, Whole.Length).Select(i => Whole.Remove(i, 1)));

    [Fact]
    public void With_any_character_doubled_or_replaced() => Survives(Enumerable.Range(0, Whole.Length).Select(i =>
        (i % 3) switch
        {
            0 => Whole.Insert(i, Whole[i].ToString()),
            1 => Whole.Remove(i, 1).Insert(i, "9"),
            _ => Whole.Remove(i, 1).Insert(i, "\"([<,{-"[i % 7].ToString()),
        }));

    [Fact]
    public void With_any_word_missing_or_replaced_by_another()
    {
        string[] words = Whole.Split(' ');
        Survives(words.Select((_, i) => string.Join(' ', words.Where((_, j) => j != i))));
        Survives(words.Select((_, i) => string.Join(' ', words.Select((word, j) => j == i ? words[(i * 7 + 3) % words.Length] : word))));
    }

    [Theory]
    [InlineData("[Network, Input(4), Dense] partial class Net;")]
    [InlineData("[Network, Input(4), Dense()] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(\"ten\")] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(Missing.Constant)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2, Unknown = 3)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2, Bias = 1)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2, Bias = true, Bias = false)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2.5)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(1 / 0)] partial class Net;")]
    [InlineData("[Network, Input(4), Dens(2)] partial class Net;")]
    [InlineData("[Network, Input(4, \"x\"), Dense(2)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2), Conv2D(kernel: 2)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net : Missing;")]
    [InlineData("[Network, Network, Input(4), Dense(2)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net; [Network] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net; partial struct Net;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class ; ")]
    public void What_the_compiler_reports_is_not_reported_again(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Empty(run.Diagnostics);
        Assert.Contains(run.Compilation.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
    }

    private static void Survives(IEnumerable<string> sources)
    {
        var compilation = GeneratorHarness.Compile(Whole);
        GeneratorDriver driver = GeneratorHarness.Driver(compilation);
        foreach (string source in sources)
        {
            // As in an editor: one driver sees all edits.
            GeneratorRun run = GeneratorHarness.Run(compilation.WithFile(0, source), driver);
            driver = run.Driver;
            Assert.True(run.Result.Exception is null, $"{run.Result.Exception}\n\n{source}");
            Assert.DoesNotContain(run.Diagnostics, d => d.Id is "NG0000" or "CS8785" || !d.Id.StartsWith("NG", StringComparison.Ordinal));
        }
    }
}
