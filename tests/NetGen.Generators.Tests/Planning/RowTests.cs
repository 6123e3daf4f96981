using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Rows of a tile read something in common; where they would not, sums go on in partial sums instead.</summary>
public sealed class RowTests
{
    [Fact]
    public void Sums_of_products_that_share_no_factor_have_no_rows() => Assert.DoesNotContain(
        " by ", ReasonOf("Input(512, 2, 2), Conv2D(512, 1), GroupNorm(512), MeanSquaredError", "LossSumBackward"));

    [Fact]
    public void Sums_along_vectors_have_few_where_these_share_nothing()
    {
        // 17 channels, each with its own lines; more than six sums at a time are more than memory can follow.
        string reason = ReasonOf(
            "Input(17, 28, 28), DepthwiseConv2D(3, Padding = Padding.Same), BatchNorm, Relu, Flatten, Dense(4), MeanSquaredError",
            "BatchNorm1SumForward");
        string[] rows = [.. Regex.Matches(reason, "by ([0-9]+) along c").Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(rows);
        Assert.All(rows, count => Assert.InRange(int.Parse(count), 2, 6));
    }

    [Theory]
    [InlineData("Input(100, 64), Gru(64), LastStep, Dense(10), SoftmaxCrossEntropy", "Gru0Gradient")]
    [InlineData("Input(50, 24), Lstm(48), LastStep, Dense(10), SoftmaxCrossEntropy", "Lstm0Gradient")]
    public void Sums_over_a_batch_have_no_rows_along_panels_of_which_each_is_streamed_by_itself(string layers, string kernel)
    {
        string reason = ReasonOf(layers, kernel);
        Assert.Contains("along k", reason);
        Assert.DoesNotContain("along n1", reason);
    }

    [Fact]
    public void Products_that_share_a_factor_have_rows() =>
        Assert.Contains(" by ", ReasonOf("Input(784), Dense(128), Relu, Dense(10), MeanSquaredError", "Dense0Forward"));

    private static string ReasonOf(string layers, string kernel)
    {
        GeneratorRun run = GeneratorHarness.Run($"[Network, {layers}] public partial class Net;");
        Assert.Empty(run.AllDiagnostics);
        string[] lines = run.Files.Single(file => file.Key.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)).Value.Split('\n');
        return lines.FirstOrDefault(line => line.StartsWith($"// {kernel} ", StringComparison.Ordinal))
            ?? throw new Xunit.Sdk.XunitException(string.Join('\n', lines.Where(line => line.StartsWith("// ", StringComparison.Ordinal))));
    }
}
