using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Limits;

/// <summary>Generated code is read and reviewed, and compiled with every build: it must stay short.</summary>
public sealed partial class LineCountTests
{
    private const string LeNet =
        """
        [Network, Input(1, 28, 28)]
        [Conv2D(6, 5, Padding = Padding.Same), Relu, MaxPool2D(2)]
        [Conv2D(16, 5), Relu, MaxPool2D(2), Flatten]
        [Dense(120), Relu, Dense(84), Relu, Dense(10)]
        [SoftmaxCrossEntropy]
        public partial class LeNet;
        """;

    [Theory]
    [InlineData(LeNet, 4_050)]
    [InlineData("[Network, Input(4), Dense(16), Relu, Dense(16), Relu, Dense(3)] public partial class Predictor;", 500)]
    [InlineData("[Network, Input(6), Dense(11), Relu, Dense(4), Relu, Dense(3), SoftmaxCrossEntropy] public partial class Small;", 1_500)]
    public void All_files_of_a_network_together_are_short(string source, int mostLines)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Empty(run.AllDiagnostics);
        int lines = run.Files.Values.Sum(text => text.Count(character => character == '\n'));
        Assert.True(lines <= mostLines, $"{lines} lines, at most {mostLines} are wanted.");
    }

    /// <summary>The table at the top of the kernels says how many vectors and rows a tile has: the code must have as many sums.</summary>
    [Theory]
    [InlineData(LeNet)]
    [InlineData("[Network, Input(16, 20, 20)] [Conv2D(48, 5, Padding = Padding.Same), Relu, MaxPool2D(2), Dense(100), SoftmaxCrossEntropy] "
        + "public partial class Wide;")]
    public void A_printed_reason_is_the_tile_that_was_written(string source)
    {
        string text = GeneratorHarness.Run(source).Files.Single(file => file.Key.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)).Value;
        int compared = 0;
        foreach (Match line in TableLine().Matches(text))
        {
            foreach ((string suffix, string prefix) in new[] { ("On32", "32 registers: "), ("On16", "16 registers: "), ("On16Short", "16 short ones: ") })
            {
                Match tile = Regex.Match(line.Groups["reason"].Value, prefix + @"(?<vectors>\d+) vectors? along \w+(?<rest>[^.]*)\.");
                if (!tile.Success)
                    continue;
                Match rows = Rows().Match(tile.Groups["rest"].Value);
                Match chains = Chains().Match(tile.Groups["rest"].Value);
                int sums = int.Parse(tile.Groups["vectors"].Value)
                    * rows.Groups["count"].Captures.Aggregate(1, (product, count) => product * int.Parse(count.Value))
                    * (chains.Success ? int.Parse(chains.Groups["chains"].Value) : 1);
                Assert.Equal(sums, SumsOf(text, line.Groups["name"].Value + suffix));
                compared++;
            }
        }

        Assert.True(compared > 4, $"Only {compared} tiles were found.");
    }

    // The different accumulators of a method: those of its largest tile, of which the others use some.
    private static int SumsOf(string text, string method)
    {
        int start = Regex.Match(text, $@" static void {method}(<V, S>)?\(") is { Success: true } found ? found.Index : -1;
        Assert.True(start >= 0, $"{method} is in the table alone.");
        string body = text[start..text.IndexOf("\n    }\n", start, StringComparison.Ordinal)];
        return Accumulator().Matches(body).Select(sum => sum.Groups[1].Value).Distinct().Count();
    }

    [GeneratedRegex(@"^// (?<name>\w+) +(?<reason>.*vectors? along.*)$", RegexOptions.Multiline)]
    private static partial Regex TableLine();

    [GeneratedRegex(@"^ by (?:× )?(?:(?<count>\d+) along \w+(?: × )?)+")]
    private static partial Regex Rows();

    [GeneratedRegex(@"(?<chains>\d+) partial sums")]
    private static partial Regex Chains();

    [GeneratedRegex(@"[ ,](z\d+(?:_\d+)?[a-d]?) = (?:b\d+|Vector|V\.|default)")]
    private static partial Regex Accumulator();
}
