using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>A step of a stream takes tens of nanoseconds: what it is made of counts.</summary>
public sealed class StreamKernelTests
{
    [Theory]
    [InlineData("Input(64, 1), Lstm(20)", 1)]
    [InlineData("Input(64, 1), Lstm(60)", 1)]
    [InlineData("Input(64, 1), Rnn(33)", 1)]
    [InlineData("Input(64, 1), Gru(7)", 1)]
    [InlineData("Input(64, 2), Lstm(20)", 2)]
    public void The_product_of_a_single_number_is_taken_where_it_is_read(string layers, int products) =>
        Assert.Equal(products, Regex.Count(KernelsOf(layers), "^// [A-Z][a-z]+0Stream(One)?(_2)? ", RegexOptions.Multiline));

    [Fact]
    public void A_convolution_reads_the_past_of_a_layer_that_has_a_single_step() =>
        Assert.Contains("StreamStep(", KernelsOf("Input(1, 7, Sequence = true), Rnn(8), Transpose(1, 0), Conv1D(21, 2, Padding = Padding.Causal)"));

    [Fact]
    public void What_is_left_of_a_vector_is_begun_before_the_whole_ones_and_finished_behind_them()
    {
        string kernels = KernelsOf("Input(64, 1), Lstm(20)");
        string body = kernels.Substring(kernels.IndexOf("static void Lstm0MapStream<V>(", StringComparison.Ordinal));
        int loop = body.IndexOf("for (nuint c = 0", StringComparison.Ordinal), end = body.IndexOf("\n    }", StringComparison.Ordinal);
        int begun = body.IndexOf("F32x4.Load", StringComparison.Ordinal), finished = body.LastIndexOf("F32x4.Store", end, StringComparison.Ordinal);
        Assert.InRange(begun, 0, loop);
        Assert.InRange(finished, loop, end);
        Assert.InRange(body.LastIndexOf("V.Store", end, StringComparison.Ordinal), loop, finished);
    }

    private static string KernelsOf(string layers)
    {
        GeneratorRun run = GeneratorHarness.Run($"[Network, {layers}] public partial class Net;");
        Assert.Empty(run.AllDiagnostics);
        return run.Files.Single(file => file.Key.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)).Value;
    }
}
