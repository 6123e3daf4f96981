using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Images of a single pixel are vectors: samples share the weights that these are multiplied with, or come of.</summary>
public class SinglePixelTests
{
    private const string Deep =
        "Input(16, 6, 6), Conv2D(32, 3, Stride = 3), Relu, Conv2D(64, 2), Relu, Conv2D(48, 1), Relu, Dense(10), SoftmaxCrossEntropy";

    [Fact]
    public void A_block_of_samples_shares_the_weights_of_what_is_one_pixel_large()
    {
        string[] block = CallsOn("0, count);");
        Assert.Equal(["Conv2D2Forward", "Conv2D4Forward", "Dense7Forward", "CopyOutput"], block);
        Assert.DoesNotContain("Conv2D2Forward", CallsOn("0, 1);").TakeWhile(call => call != "Conv2D2ForwardOne"));
    }

    [Fact]
    public void Its_tiles_have_samples_for_rows() => Assert.Contains(
        TextOf(Deep).Split('\n'),
        line => line.StartsWith("// Conv2D2Forward ", StringComparison.Ordinal) && line.Contains("by 8 along s.", StringComparison.Ordinal));

    [Theory]
    [InlineData("Input(16, 6, 6), Conv2D(32, 3, Stride = 3), Relu, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy", "GlobalAveragePool2SumForward")]
    [InlineData("Input(16, 6, 6), Conv2D(32, 3, Stride = 3), Relu, DepthwiseConv2D(2), Dense(3), SoftmaxCrossEntropy", "DepthwiseConv2D2ForwardOne")]
    public void What_has_fewer_weights_than_it_reads_of_an_image_is_done_while_the_cache_has_it(string layers, string call) =>
        Assert.Contains(TextOf(layers).Split('\n'), line => line.Contains($"    {call}(ref") && line.EndsWith("0, 1);", StringComparison.Ordinal));

    // Each pixel of what was read has one tap, and zeros around the one that is left would be multiplied with all others.
    [Theory]
    [InlineData("Conv2D(20, 2, Stride = 2), Relu, Conv2D(48, 3)")]
    [InlineData("Conv2D(20, 2, Stride = 2), Relu, Conv2D(48, 5, Pad = 1)")]
    public void On_the_way_back_to_several_pixels_they_share_them_as_well(string layers) => Assert.Contains(
        TextOf($"Input(3, 6, 6), {layers}, Relu, Dense(10), SoftmaxCrossEntropy").Split('\n'),
        line => line.StartsWith("// Conv2D2Backward ", StringComparison.Ordinal) && line.Contains("by 8 along s.", StringComparison.Ordinal));

    [Fact]
    public void In_a_training_step_all_samples_of_a_worker_share_them() =>
        Assert.All(
            TextOf(Deep).Split("void Backpropagate")[1].Split('\n').Where(line => line.TrimStart().StartsWith("Conv2D2", StringComparison.Ordinal)
                || line.TrimStart().StartsWith("Conv2D4", StringComparison.Ordinal)),
            line => Assert.DoesNotContain("last", line));

    private static string[] CallsOn(string range) =>
        [.. TextOf(Deep).Split("void Infer(")[1].Split("void Backpropagate")[0].Split('\n').Select(line => line.Trim())
            .Where(line => line.EndsWith(range, StringComparison.Ordinal)).Select(line => line[..line.IndexOf('(')])];

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
