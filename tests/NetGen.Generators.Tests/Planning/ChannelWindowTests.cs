using System.Globalization;
using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>
/// Windows of depthwise convolutions, which go from pixel to pixel with a few channels of each: how pixels lie, and how often they are read; and
/// windows by steps of two.
/// </summary>
public sealed partial class ChannelWindowTests
{
    [Theory]
    [InlineData("Input(128, 10, 10), DepthwiseConv2D(7, Pad = 3)", 16 * 16 * 144)]
    [InlineData("Input(256, 10, 10), DepthwiseConv2D(7, Pad = 3)", 16 * 16 * 272)]
    // In other lines of the cache from pixel to pixel as they are, or with all channels of a pixel read together.
    [InlineData("Input(96, 10, 10), DepthwiseConv2D(7, Pad = 3)", 16 * 16 * 96)]
    [InlineData("Input(128, 10, 10), Conv2D(16, 5, Pad = 2)", 14 * 14 * 128)]
    public void Pixels_do_not_meet_in_few_lines_of_a_cache(string layers, int length)
    {
        string text = TextOf(layers);
        Assert.Contains($"ref float xS = ref Unsafe.Add(ref x, (nint)s * {length});", ForwardOf(text), StringComparison.Ordinal);
    }

    [Theory]
    // The second cache holds the image, of which every turn of the channels reads a part of each line; or does not.
    [InlineData("Input(64, 20, 20), DepthwiseConv2D(3, Pad = 1)", true)]
    [InlineData("Input(640, 24, 24), DepthwiseConv2D(3, Pad = 1)", false)]
    public void Channels_go_around_the_pixels_that_a_cache_holds(string layers, bool lead)
    {
        string forward = ForwardOf(TextOf(layers));
        (int channels, int rows) = (forward.IndexOf("int g1 = 0", StringComparison.Ordinal), forward.IndexOf("int i = 0", StringComparison.Ordinal));
        Assert.True(channels > 0 && rows > 0);
        Assert.Equal(lead, channels < rows);
    }

    [Theory]
    [InlineData("Input(32, 21, 21), DepthwiseConv2D(5, Stride = 2, Pad = 2)")]
    [InlineData("Input(1, 64, 64), Conv2D(1, 3, Dilation = 2, Pad = 2)")]
    [InlineData("Input(32, 21, 21), DepthwiseConv2D(3, Pad = 1)")]
    public void What_windows_a_step_apart_share_is_loaded_once(string layers)
    {
        string forward = ForwardOf(TextOf(layers));
        int step = forward.LastIndexOf("++)\n", forward.IndexOf("FusedMultiplyAdd", StringComparison.Ordinal), StringComparison.Ordinal);
        string body = forward[step..forward.IndexOf('}', step)];
        string[] places = [.. PlacesOfInputs().Matches(body).Select(match => match.Groups[1].Value)];
        Assert.Equal(places.Distinct(), places);
        Assert.True(Regex.Count(body, "FusedMultiplyAdd") >= 2 * places.Length, string.Create(
            CultureInfo.InvariantCulture, $"{places.Length} loads for {Regex.Count(body, "FusedMultiplyAdd")} multiply-adds"));
    }

    [Fact]
    public void Zeros_around_a_small_image_are_left_out_of_windows_by_steps_of_two()
    {
        string text = TextOf("Input(192, 9, 9), Conv2D(192, 3, Stride = 2, Pad = 1)");
        Assert.Matches(@"// Conv2D0Forward +32 registers: 2 vectors along o0 by 5 along [ij], the window along [uv] sliding .* leaving out zeros", text);
        // Two vectors of the taps of five rows, of which the first and the last have one outside.
        Assert.Equal(2 * (5 * 3 - 2), Regex.Count(ForwardOf(text), "FusedMultiplyAdd"));
    }

    private static string ForwardOf(string text)
    {
        Match method = ForwardMethod().Match(text);
        return text[method.Index..text.IndexOf("\n    }\n", method.Index, StringComparison.Ordinal)];
    }

    private static string TextOf(string layers) => GeneratorHarness.Generate(
        $"[Network, {layers}, Relu, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();

    [GeneratedRegex(@"static void \w*Conv2D\dForwardOn32\(")]
    private static partial Regex ForwardMethod();

    [GeneratedRegex(@"LoadUnsafe\(ref (xAlong\w+, [^)]*)\)")]
    private static partial Regex PlacesOfInputs();
}
