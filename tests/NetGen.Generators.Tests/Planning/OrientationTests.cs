using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>What lies along the vectors of images: their columns, or the channels of a pixel.</summary>
public sealed class OrientationTests
{
    private const string AlongChannels = "vectors? along o";

    [Theory]
    [InlineData("Input(18, 32, 32), Conv2D(16, 1, Groups = 2), Relu, GlobalAveragePool", false)]
    [InlineData("Input(16, 32, 32), Conv2D(16, 3, Groups = 2), Relu, GlobalAveragePool", false)]
    [InlineData("Input(32, 32, 32), Conv2D(32, 3, Groups = 2), Relu, GlobalAveragePool", true)]
    [InlineData("Input(18, 32, 32), Conv2D(16, 1), Relu, GlobalAveragePool", true)]
    public void Columns_are_compared_with_the_channels_of_a_group(string layers, bool areChannels)
    {
        string text = GeneratorHarness.Generate($"[Network, {layers}, Dense(3), SoftmaxCrossEntropy] public partial class Net;")
            .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
        string reason = Regex.Match(text, "^// Conv2D0Forward .*$", RegexOptions.Multiline).Value;
        Assert.Equal(areChannels, Regex.IsMatch(reason, AlongChannels));
    }

    // Vectors are made of columns that are a few apart, of an image that the caller passes.
    [Theory]
    [InlineData("Input(3, 32, 64), Conv2D(8, 3, Stride = 2, Pad = 1)", 2)]
    [InlineData("Input(3, 32, 96), Conv2D(8, 5, Stride = 3)", 3)]
    [InlineData("Input(3, 32, 64), Conv2D(8, 1, Stride = 4)", 4)]
    [InlineData("Input(24, 33, 65), Conv2D(24, 3, Stride = 2, Groups = 4)", 2)]
    [InlineData("Input(3, 32, 96), Conv2D(8, 5, Stride = 5)", 1)]
    [InlineData("Input(3, 32, 30), Conv2D(8, 3, Stride = 2)", 1)]
    [InlineData("Input(3, 32, 64), Conv2D(13, 3, Stride = 2)", 1)]
    [InlineData("Input(3, 32, 64), Relu, Conv2D(8, 3, Stride = 2)", 1)]
    // What is computed tile by tile reads pixels.
    [InlineData("Input(24, 85, 85), Conv2D(24, 3, Stride = 3, Groups = 4), Relu, Conv2D(48, 3, Pad = 1)", 1)]
    [InlineData("Input(24, 85, 85), Conv2D(24, 3, Stride = 3, Groups = 4), Relu, Conv2D(48, 1)", 3)]
    public void Columns_that_are_a_few_apart_lie_along_vectors_where_channels_are_few(string layers, int apart)
    {
        string network = $"[Network, {layers}, Relu, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]";
        string text = GeneratorHarness.Generate($"{network} public partial class Net;")
            .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
        string[] loads = [.. Regex.Matches(text, @"Strided\.Load<V>\(ref \w+, [^)]+, (\d)\)").Select(match => match.Groups[1].Value).Distinct()];
        Assert.Equal(apart == 1 ? [] : [$"{apart}"], loads);
    }

    // Its channels are those that it reads: of columns it would take one in each vector.
    [Fact]
    public void A_depthwise_convolution_of_pixels_reads_a_copy_of_columns_by_pixels()
    {
        string text = TextOf("Input(24, 32, 32), Conv2D(48, 1, Groups = 2), Relu, DepthwiseConv2D(3, Stride = 2, Pad = 1), Relu, Conv2D(8, 1)");
        Assert.Matches(@"// relu1ByPixels +48×32×32 ", text);
        Assert.Matches(@"// DepthwiseConv2D2Forward .* 1 vector along g by ", text);
        Assert.Matches(@"// DepthwiseConv2D2Gradient .* 1 vector along g by ", text);
    }

    [Fact]
    public void A_sum_of_pixels_that_columns_wait_for_is_laid_out_anew()
    {
        string text = TextOf("Input(1, 32, 48), Conv2D(32, 3, Pad = 1), Relu, Upsample(2), Conv2D(1, 3, Pad = 1)");
        Assert.Matches(@"// dRelu1ByPixels +32×32×48 .*Upsample2SumBackward", text);
        Assert.Matches(@"// Upsample2SumBackward .*vectors along c", text);
    }

    // Of pixels three of sixteen lanes, or one, would be a result; and what follows would go through empty ones.
    [Theory]
    [InlineData("Conv2D(3, 3, Pad = 1), Tanh", true)]
    [InlineData("Conv2D(1, 3, Pad = 1), Sigmoid", true)]
    [InlineData("Conv2D(2, 3, Pad = 1), Softmax", true)]
    [InlineData("Conv2D(16, 3, Pad = 1), Relu", false)]
    [InlineData("Conv2D(4, 1), Relu", false)]
    [InlineData("Conv2D(1, 3, Pad = 1), Flatten, Dense(3)", false)]
    public void The_last_product_of_few_results_comes_back_to_columns(string layers, bool isBack)
    {
        string text = TextOf($"Input(1, 64, 64), Conv2D(16, 3, Stride = 2, Pad = 1), Relu, ConvTranspose2D(16, 2, Stride = 2), Relu, {layers}");
        Assert.Equal(isBack, Regex.IsMatch(text, @"// Conv2D4Forward .*\d vectors? along j"));
        Assert.Equal(isBack, Regex.IsMatch(text, @"// relu3ByColumns +16×64×64 "));
        if (isBack)
            Assert.Matches("// Conv2D4Gradient .*sums of vectors along j", text);
    }

    // Three taps side by side would fill three of four lanes.
    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void The_gradient_of_a_single_filter_lies_along_columns(int columns) => Assert.Matches(
        "// Conv2D2Gradient .*sums of vectors along j by 3 along u × 3 along v",
        TextOf($"Input(1, 32, {columns}), Conv2D(16, 3, Pad = 1), Relu, Conv2D(1, 3, Pad = 1)"));

    // Panels of 32, 16 and 16 outputs, whose last would have lanes without one: every generation in tests is held to the law that it stays in memory.
    [Theory]
    [InlineData("Input(3, 30, 64), Conv2D(50, 3, Pad = 1)")]
    [InlineData("Input(3, 30, 64), Conv2D(70, 1), Relu, Conv2D(10, 1)")]
    [InlineData("Input(70, 20, 64), DepthwiseConv2D(3, Pad = 1), Relu, Conv2D(10, 1)")]
    [InlineData("Input(9, 6, 32), Conv2D(50, 1), Relu, DepthwiseConv2D(3, Stride = 2, Pad = 1), Relu, Conv2D(10, 1)")]
    public void Channels_that_no_panel_divides_are_one_panel_where_columns_lie_along_vectors(string layers)
    {
        string text = TextOf(layers);
        Assert.DoesNotMatch(@"for \(int [og]1 = 0", text);
    }

    // The first group's gradients end where the second's begin, and the last group's where the next sample's do.
    [Theory]
    [InlineData("Input(2, 3, 3), Conv2D(150, 2), Relu, Conv2D(6, 1, Groups = 3), Relu, Dense(2)")]
    [InlineData("Input(8, 1, 1), Conv2D(326, 1), Relu, Conv2D(8, 1, Groups = 2), Relu, Dense(2)")]
    public void The_channels_of_a_group_that_no_panel_divides_are_one_panel_on_the_way_back(string layers)
    {
        string text = TextOf(layers);
        Assert.Contains("weight2Packed", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"for \(int cp = 0", text);
    }

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}, MeanSquaredError] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
