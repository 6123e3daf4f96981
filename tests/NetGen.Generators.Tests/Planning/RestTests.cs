using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>What whole tiles leave of an axis is computed again where that costs little, and by a smaller tile where it would cost more.</summary>
public sealed class RestTests
{
    private const string Images =
        "Input(3, 32, 32), Conv2D(32, 3, Padding = Padding.Same), Relu, Conv2D(32, 3, Padding = Padding.Same), Relu, MaxPool2D(2), " +
        "Conv2D(64, 3, Padding = Padding.Same), Relu, Conv2D(64, 3, Padding = Padding.Same), Relu, MaxPool2D(2), Flatten, " +
        "Dense(128), Relu, Dense(10)";

    [Theory]
    [InlineData("Input(784), Dense(128), Relu, Dense(10)", "Dense0Forward", "16 registers: 2 vectors along n0 by 6 along s, 4 at the end of s.")]
    [InlineData(Images, "Conv2D2Forward", "16 registers: 2 vectors along o by 2 along i × 3 along j, 2 at the end of j.")]
    public void A_large_kernel_has_a_smaller_tile(string layers, string kernel, string tile) => Assert.Contains(tile, ReasonOf(layers, kernel));

    [Fact]
    public void A_small_kernel_computes_some_rows_again() => Assert.DoesNotContain("at the end", ReasonOf("Input(100), Dense(160)", "Dense0Forward"));

    [Fact]
    public void Rows_of_a_batch_that_are_not_there_are_the_last_sample_once_more()
    {
        string text = KernelsOf("Input(784), Dense(128), Relu, Dense(10)");
        Assert.Contains("int sTiled = to - (to - from) % 6;", text);
        Assert.Contains("nuint s1 = (nuint)Math.Min(1, to - 1 - s), s2 = (nuint)Math.Min(2, to - 1 - s), s3 = (nuint)Math.Min(3, to - 1 - s);", text);
    }

    private static string ReasonOf(string layers, string kernel) =>
        KernelsOf(layers).Split('\n').Single(line => line.StartsWith($"// {kernel} ", StringComparison.Ordinal));

    private static string KernelsOf(string layers)
    {
        GeneratorRun run = GeneratorHarness.Run($"[Network(PlainSums = true), {layers}] public partial class Net;");
        Assert.Empty(run.AllDiagnostics);
        return run.Files.Single(file => file.Key.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)).Value;
    }
}
