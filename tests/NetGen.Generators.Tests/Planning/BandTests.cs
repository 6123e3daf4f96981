using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Layers on images larger than the cache, some lines at a time: what a band holds of the copy of the caller's image.</summary>
public class BandTests
{
    private const string Pointwise = "Relu, Conv2D(64, 1), Relu";

    [Fact]
    public void Lines_are_copied_a_channel_at_a_time_where_each_is_read_for_one_alone()
    {
        string text = TextOf("Input(32, 112, 112), DepthwiseConv2D(3, Pad = 1)");
        Assert.Contains("for (int line = 0; line < 112; line += 28)", text);
        Assert.Contains("for (int channel = 0; channel < 32; channel++)", text);
        Assert.Contains("ImageLines.Copy(ref Unsafe.Add(ref input, 16), 0, 128, ref inputsSChannel, 1, 112, 112, line - 1, 30);", text);
        Assert.Contains(
            "DepthwiseConv2D0Forward(ref relu1Channel, ref Unsafe.Add(ref input, 15), ref weight0Channel, ref bias0Channel, 0, 1);", text);
        Assert.DoesNotContain("the input with room around it", text);
    }

    // Sums need all channels, and weights in panels are not equally far apart.
    [Theory]
    [InlineData("Input(3, 224, 224), Conv2D(8, 3, Pad = 1)", "ref inputsS, 3, 224, 224, line - 1, 30);")]
    [InlineData("Input(64, 56, 112), DepthwiseConv2D(3, Pad = 1)", "ref inputsS, 64, 56, 112, line - 1, 10);")]
    public void Lines_of_all_channels_are_copied_elsewhere(string layers, string arguments)
    {
        string text = TextOf(layers);
        Assert.Contains(arguments, text);
        Assert.DoesNotContain("channel++", text);
        Assert.DoesNotContain("the input with room around it", text);
    }

    [Theory]
    [InlineData("DepthwiseConv2D(3, Pad = 1)", "line - 1, 30);")]
    [InlineData("DepthwiseConv2D(5, Pad = 2)", "line - 2, 32);")]
    [InlineData("DepthwiseConv2D(3, Pad = 2, Dilation = 2)", "line - 2, 32);")]
    public void As_many_lines_are_copied_as_windows_read(string layer, string lines) =>
        Assert.Contains(lines, TextOf($"Input(32, 112, 112), {layer}"));

    [Fact]
    public void The_last_band_reaches_back_where_no_number_of_lines_divides_an_image()
    {
        string text = TextOf("Input(32, 113, 112), DepthwiseConv2D(3, Pad = 1)");
        Assert.Contains("for (int lineNext = 0; lineNext < 113; lineNext += 29)", text);
        Assert.Contains("int line = Math.Min(lineNext, 84);", text);
    }

    // 32 lines of 224 floats are seven pages.
    [Fact]
    public void Bands_are_no_whole_pages_where_others_divide_an_image() =>
        Assert.Contains("line < 224; line += 28)", TextOf("Input(3, 224, 224), Conv2D(8, 3, Pad = 1)"));

    [Fact]
    public void All_of_an_image_is_copied_where_somebody_else_reads_it_too()
    {
        string text = GeneratorHarness.Generate("""
            [Network]
            public partial class Net
            {
                [Input(32, 112, 112)] public partial Layer Image { get; }
                [DepthwiseConv2D(3, Pad = 1), Relu, Conv2D(64, 1), Relu, Conv2D(8, 1)] public partial Layer Body { get; }
                [From(nameof(Image)), Conv2D(8, 3, Pad = 1)] public partial Layer Shortcut { get; }
                [Add(nameof(Body), nameof(Shortcut)), Output] public partial Layer Sum { get; }
            }
            """).Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
        Assert.Contains("lines at a time, so that what one layer hands to the next", text);
        Assert.DoesNotContain("ImageLines", text);
    }

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}, {Pointwise}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
