using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>A softmax over channels goes through pixels side by side where they lie so, and through the channels of each where these do.</summary>
public class SoftmaxTests
{
    [Theory]
    [InlineData("Input(6, 8, 8), Softmax, MeanSquaredError", 64)]
    [InlineData("Input(6, 8, 8), Tanh, Softmax, MeanSquaredError", 64)]
    [InlineData("Input(1, 30, 30), Conv2D(4, 3, Padding = Padding.Same), Relu, Softmax, MeanSquaredError", 30)]
    public void Pixels_side_by_side_are_taken_so(string layers, int pixels)
    {
        string text = TextOf(layers);
        Assert.Contains("SoftmaxColumns.Softmax(", text);
        Assert.Contains("SoftmaxColumns.SoftmaxGradient(", text);
        Assert.Contains($", {pixels}, ", text);
        Assert.DoesNotContain("SoftmaxRows.", text);
        Assert.DoesNotContain("Transposition.", text);
    }

    [Theory]
    [InlineData("Input(16, 8, 8), Conv2D(32, 3), Softmax, MeanSquaredError")]
    [InlineData("Input(64, 3, 3), Softmax, MeanSquaredError")]
    public void Channels_side_by_side_are_rows(string layers)
    {
        string text = TextOf(layers);
        Assert.Contains("SoftmaxRows.Softmax(", text);
        Assert.DoesNotContain("SoftmaxColumns.", text);
    }

    [Theory]
    [InlineData("Input(6, 8, 8), Softmax, MeanSquaredError")]
    [InlineData("Input(6, 8, 8), Softmax")]
    public void An_image_is_read_and_written_as_callers_have_it(string layers) =>
        Assert.Contains("SoftmaxColumns.Softmax(ref outputsS, 384, 64, ref inputsS, 384, 64, 6, 64, 0, 1);", TextOf(layers));

    [Fact]
    public void No_gaps_stand_between_its_pixels_whoever_reads_them()
    {
        string text = TextOf("Input(1, 6, 32), Conv2D(3, 3), Softmax, ConvTranspose2D(2, 2, Stride = 2), MeanSquaredError");
        Assert.Contains("SoftmaxColumns.Softmax(", text);
        Assert.DoesNotContain("softmax1Apart", text);
    }

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
