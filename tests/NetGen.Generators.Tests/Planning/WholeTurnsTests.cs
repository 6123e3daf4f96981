using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>A few samples go through the loss and back before the next ones, where that keeps more in the cache than weights cost.</summary>
public sealed class WholeTurnsTests
{
    private const string Loss = "SoftmaxCrossEntropyLoss.Run(frame, ref {0}, ref d{1}, new({2}, {3}), ";

    [Fact]
    public void Large_images_go_forth_and_back_one_after_the_other()
    {
        string text = TextOf("Input(3, 64, 64), Conv2D(32, 3), Relu, GlobalAveragePool, Dense(10), SoftmaxCrossEntropy");
        Assert.Contains(string.Format(null, Loss, "biased4", "Biased4", 10, 16) + "first, first + 1);", text, StringComparison.Ordinal);
        Assert.Contains("Conv2D0Forward(ref relu1Turn,", text, StringComparison.Ordinal);
        Assert.Contains("// Forward and backward on this worker's share of the samples.", text, StringComparison.Ordinal);
    }

    [Theory]
    // Weights that samples share are more than what is kept of each.
    [InlineData("Input(3, 64, 64), Conv2D(32, 3), Relu, MaxPool2D(2), Dense(64), Relu, Dense(10), SoftmaxCrossEntropy")]
    // Of small images the second cache holds a batch.
    [InlineData("Input(3, 16, 16), Conv2D(16, 3), Relu, GlobalAveragePool, Dense(10), SoftmaxCrossEntropy")]
    public void Others_share_the_weights_of_vectors(string layers)
    {
        string text = TextOf(layers);
        Assert.Contains("new(10, 16), from, to);", text, StringComparison.Ordinal);
        Assert.DoesNotContain("new(10, 16), first,", text, StringComparison.Ordinal);
    }

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
