using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Which convolutions are computed tile by tile, and in which parts of an image.</summary>
public sealed class TiledConvolutionTests
{
    private const string Tiles = "the points of each tile of ";

    [Theory]
    [InlineData("Conv2D(32, 3, Padding = Padding.Same)")]
    [InlineData("Conv2D(32, 3)")]
    [InlineData("Conv2D(24, 3, Pad = 2, Bias = false)")]
    [InlineData("ConvTranspose2D(32, 3)")]
    public void Enough_channels_and_pixels_are_worth_it(string layer) => Assert.Contains(Tiles, KernelsOf(layer));

    [Theory]
    [InlineData("Conv2D(32, 3, Stride = 2)")]
    [InlineData("Conv2D(32, 3, Dilation = 2)")]
    [InlineData("Conv2D(32, 3, Groups = 2)")]
    [InlineData("Conv2D(32, 5)")]
    [InlineData("Conv2D(32, 3, 1)")]
    [InlineData("Conv2D(32, 1)")]
    [InlineData("DepthwiseConv2D(3)")]
    [InlineData("Conv2D(4, 1), Conv2D(4, 3)")]
    [InlineData("MaxPool2D(4), Conv2D(32, 3)")]
    public void Others_are_not(string layer) => Assert.DoesNotContain(Tiles, KernelsOf(layer));

    [Fact]
    public void Plain_sums_are_there_for_those_who_want_them() =>
        Assert.DoesNotContain(Tiles, KernelsOf("Conv2D(32, 3)", "(PlainSums = true)"));

    [Fact]
    public void A_training_step_computes_the_gradient_of_the_input_tile_by_tile_too()
    {
        string text = KernelsOf("Conv2D(32, 3), Relu, Conv2D(16, 3)");
        Assert.Contains("MirroredPoints: the points of weight", text);
        Assert.Contains("for (int sample = first; sample < last; sample++)", text);
    }

    [Fact]
    public void Large_images_are_done_some_lines_at_a_time_the_last_of_which_reach_back()
    {
        string text = KernelsOf("Conv2D(64, 3, Padding = Padding.Same)", size: 37);
        Assert.Contains("for (int lineNext = 0; lineNext < 37; lineNext += 4)", text);
        Assert.Contains("int line = Math.Min(lineNext, 33);", text);
    }

    /// <summary>The sum, too, reads the image as it comes, and would have it lie by columns.</summary>
    [Fact]
    public void A_residual_block_by_itself_is_worth_it_too() => Assert.Contains(Tiles, TextOf(
        "[Block, Conv2D(64, 3, Padding = Padding.Same), BatchNorm, Relu, Conv2D(64, 3, Padding = Padding.Same), BatchNorm] public class Body;\n"
        + "[Network, Input(64, 16, 16), Residual<Body>, Relu] public partial class Net;"));

    private static string KernelsOf(string layers, string options = "", int size = 16) => TextOf(
        $"[Network{options}, Input(3, {size}, {size}), Conv2D(16, 1), Relu, {layers}, Tanh, GlobalAveragePool, Dense(3), "
        + "SoftmaxCrossEntropy] public partial class Net;");

    private static string TextOf(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Empty(run.AllDiagnostics);
        return run.Files.Single(file => file.Key.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)).Value;
    }
}
