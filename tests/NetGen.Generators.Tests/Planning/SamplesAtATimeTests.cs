using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>How many samples go through layers of images and sequences together in a training step: as many as the cache holds.</summary>
public class SamplesAtATimeTests
{
    [Theory]
    [InlineData("Input(1, 12, 12), Conv2D(8, 3), Relu, MaxPool2D(2), Flatten, Dense(3), SoftmaxCrossEntropy", 8)]
    [InlineData("Input(8, 16, 16), Conv2D(48, 3, Padding = Padding.Same), Tanh, Conv2D(8, 1), Flatten, Dense(3), SoftmaxCrossEntropy", 4)]
    [InlineData("Input(3, 40, 40), Conv2D(64, 3), Tanh, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy", 1)]
    [InlineData("Input(256, 128), LayerNorm, MultiHeadAttention(4), MeanOverTime, Dense(3), SoftmaxCrossEntropy", 2)]
    public void Large_samples_go_few_at_a_time(string layers, int samples)
    {
        string text = TextOf(layers);
        Assert.Contains($"worker.Share(count, {samples});", text);
        Assert.Contains(samples == 1 ? "for (int first = from; first < to; first++)" : $"for (int first = from; first < to; first += {samples})", text);
    }

    // Samples of 20 Ki floats each, of which two are in the cache.
    [Theory]
    [InlineData("Conv2D(256, 3, Pad = 1), Tanh, Conv2D(256, 3, Pad = 1)", 8)]
    [InlineData("Conv2D(256, 1), Tanh, DepthwiseConv2D(3, Pad = 1)", 2)]
    public void More_go_together_where_weights_that_no_cache_holds_would_come_again(string layers, int samples) => Assert.Contains(
        $"for (int first = from; first < to; first += {samples})",
        TextOf($"Input(256, 7, 7), {layers}, Tanh, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy"));

    [Fact]
    public void Products_of_vectors_take_all_samples_of_a_share_whatever_comes_behind_them()
    {
        string[] lines = TextOf("Input(1, 12, 12), Conv2D(8, 3), MaxPool2D(2), Tanh, Flatten, Dense(32), Tanh, Dense(3), SoftmaxCrossEntropy").Split('\n');
        Assert.All(lines.Where(line => line.TrimStart().StartsWith("Dense", StringComparison.Ordinal) && line.Contains("ward(ref")),
            line => Assert.DoesNotContain("last)", line));
    }

    [Fact]
    public void Vectors_alone_go_all_together() =>
        Assert.DoesNotContain("at a time, so that", TextOf("Input(20), Dense(33), LayerNorm, Tanh, Dropout(0.1f), Dense(3), SoftmaxCrossEntropy"));

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
