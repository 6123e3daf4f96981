using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Which loops are the outer ones where factors are larger than the caches, and how a caller's image of many channels is copied.</summary>
public class LoopTrafficTests
{
    private const string Large = "Input(128, 6, 6), Conv2D(160, 3, Stride = 2, Pad = 1), Relu, Flatten, Dense(3), SoftmaxCrossEntropy";
    private const string Small = "Input(32, 6, 6), Conv2D(64, 3, Stride = 2, Pad = 1), Relu, Flatten, Dense(3), SoftmaxCrossEntropy";

    [Fact]
    public void Samples_share_weights_that_no_cache_holds()
    {
        string text = TextOf(Large);
        Assert.Contains("for (int s = 0; s < count; s += 8)", text);
        Assert.Contains("int few = Math.Min(8, count - s);", text);
        Assert.Contains("all samples by one panel of weights before the next", text);
        string forward = text[text.IndexOf("void Conv2D0ForwardOn32", StringComparison.Ordinal)..];
        Assert.True(forward.IndexOf("o1 < 5", StringComparison.Ordinal) < forward.IndexOf("s < to", StringComparison.Ordinal));
    }

    [Fact]
    public void Points_of_tiles_are_around_panels_of_weights_that_no_cache_holds()
    {
        string text = TextOf("Input(256, 7, 7), Conv2D(256, 3, Pad = 1), Relu, Flatten, Dense(3), SoftmaxCrossEntropy");
        string forward = text[text.IndexOf("void Conv2D0ForwardOn32", StringComparison.Ordinal)..];
        int[] loops = [.. new[] { "u < 16", "o1 < 8", "s < to" }.Select(loop => forward.IndexOf(loop, StringComparison.Ordinal))];
        Assert.Equal(loops.Order(), loops);
    }

    [Fact]
    public void Weights_that_a_cache_holds_are_read_again_for_each_sample()
    {
        string text = TextOf(Small);
        Assert.Contains("for (int s = 0; s < count; s++)", text);
        Assert.DoesNotContain("before the next", text);
    }

    [Fact]
    public void A_gradient_reads_a_batch_once_and_not_for_each_panel()
    {
        string text = TextOf("Input(96, 6, 6), Conv2D(128, 3, Stride = 4), Relu, Flatten, Dense(3), SoftmaxCrossEntropy");
        Assert.Contains("the loop along c around all others", text);
        string gradient = text[text.IndexOf("void Conv2D0GradientOn32", StringComparison.Ordinal)..];
        Assert.True(gradient.IndexOf(" = from;", StringComparison.Ordinal) < gradient.IndexOf("o1 < 4", StringComparison.Ordinal));
    }

    [Fact]
    public void Gradients_add_up_few_samples_at_a_time_where_the_cache_holds_no_batch()
    {
        string text = TextOf("Input(64, 16, 16), Conv2D(64, 3, Pad = 1), Relu, GlobalAveragePool, Flatten, Dense(10), SoftmaxCrossEntropy");
        Assert.Matches("// Conv2D0Gradient +32 registers: .*, 3 samples at a time. 16 registers: .*, 3 samples at a time.", text);
        string gradient = text[text.IndexOf("void Conv2D0GradientOn32", StringComparison.Ordinal)..];
        string[] order = ["first < count; first += 3", "int last = Math.Min(first + 3, count);", "= from;", "s = first; s < last", "if (first > 0)"];
        int[] lines = [.. order
            .Select(line => gradient.IndexOf(line, StringComparison.Ordinal))];
        Assert.Equal(lines.Order(), lines);
        Assert.DoesNotContain(-1, lines);
    }

    [Fact]
    public void Gradients_add_up_few_pixels_at_a_time_where_the_cache_holds_no_sample_and_ask_for_the_next()
    {
        const string Layers = "Input(3, 56, 56), Conv2D(192, 1), Relu, Conv2D(64, 1), Relu, GlobalAveragePool, Flatten, Dense(10), SoftmaxCrossEntropy";
        Assert.Matches("32 registers: [^.]*, 64 steps along i at a time, asking for the next meanwhile", ReasonOf("Conv2D2Gradient", Layers));
        string text = TextOf(Layers);
        string gradient = text[text.IndexOf("void Conv2D2GradientOn32", StringComparison.Ordinal)..];
        string[] order =
        [
            "first < count; first++", "iFirst < 3136; iFirst += 64", "c = from", "i = 0; i < 64", "Prefetch(ref xAlongI, 12288)",
            "Prefetch(ref dyAlongI, 4096)", "Prefetch(ref dyAlongI, 4112)", "if (first + iFirst > 0)",
        ];
        int[] places = [.. order.Select(line => gradient.IndexOf(line, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    // As many as the first cache holds; lanes are added up for each, which small images are not worth.
    [Theory]
    [InlineData("Input(3, 128, 128), Conv2D(8, 3, Pad = 1)", "8 steps along i at a time")]
    [InlineData("Input(3, 128, 128), Conv2D(8, 3, Stride = 2, Pad = 1)", "16 steps along i at a time")]
    [InlineData("Input(3, 28, 28), Conv2D(8, 3, Pad = 1)", null)]
    public void Sums_along_vectors_go_through_some_lines_of_large_images(string layers, string? lines)
    {
        string reason = ReasonOf("Conv2D0Gradient", $"{layers}, Relu, GlobalAveragePool, Dense(10), SoftmaxCrossEntropy");
        Assert.Contains("sums of vectors along j", reason);
        if (lines is null)
            Assert.DoesNotContain("steps along", reason);
        else
            Assert.Contains(lines, reason);
    }

    [Fact]
    public void Of_a_small_factor_nobody_asks_for_more()
    {
        string text = TextOf("Input(3, 56, 56), Conv2D(96, 5, Pad = 2), Relu, GlobalAveragePool, Flatten, Dense(10), SoftmaxCrossEntropy");
        string gradient = text[text.IndexOf("void Conv2D0GradientOn32", StringComparison.Ordinal)..];
        Assert.Contains("Prefetch(ref dy", gradient);
        Assert.DoesNotContain("Prefetch(ref x", gradient);
    }

    [Fact]
    public void Sums_along_vectors_add_up_few_samples_at_a_time_too()
    {
        string text = TextOf("Input(17, 28, 28), Conv2D(17, 5, Pad = 2), Relu, GlobalAveragePool, Flatten, Dense(10), SoftmaxCrossEntropy");
        string gradient = text[text.IndexOf("void Conv2D0GradientOn32", StringComparison.Ordinal)..];
        Assert.Matches(@"if \(first > 0\)\s+\{\s+z0 \+= dw\w*;", gradient);
    }

    // A tile that reaches back computes what another has computed: it must not be added twice.
    [Fact]
    public void A_gradient_whose_tiles_overlap_goes_through_all_samples_at_once() => Assert.DoesNotContain(
        "at a time", ReasonOf("Conv2D0Gradient", "Input(61, 16, 16), Conv2D(64, 1), Relu, GlobalAveragePool, Dense(10), SoftmaxCrossEntropy"));

    // Workers' shares are multiples of five channels, so that a tile of four at the end of one reaches back, or into another's.
    [Fact]
    public void A_gradient_whose_tiles_do_not_fit_the_shares_of_workers_goes_through_all_samples_at_once()
    {
        string reason = ReasonOf("Conv2D0Gradient", "Input(20, 20, 20), Conv2D(64, 5), Relu, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy");
        Assert.Matches(@"32 registers: [^.]* by 4 along c × 5 along u\. 16 registers: [^.]* by 5 along c, 5 samples at a time\.", reason);
    }

    [Fact]
    public void A_gradient_that_reads_a_batch_from_the_cache_goes_through_panels_first() =>
        Assert.DoesNotContain("around all others", TextOf("Input(16, 9, 9), Conv2D(32, 3), Relu, Dense(10), SoftmaxCrossEntropy"));

    [Theory]
    [InlineData("Input(128, 6, 6), Conv2D(8, 3, Pad = 1), Flatten, Dense(3), SoftmaxCrossEntropy", true)]
    [InlineData("Input(128, 6, 16), Conv2D(8, 3, Pad = 1), Flatten, Dense(3), SoftmaxCrossEntropy", false)]
    [InlineData("Input(4, 6, 6), Conv2D(32, 3, Pad = 1), Flatten, Dense(3), SoftmaxCrossEntropy", false)]
    public void Rows_that_fill_no_vector_are_no_order_for_many_channels(string layers, bool areTransposed) =>
        Assert.Equal(areTransposed, Regex.IsMatch(TextOf(layers), "^// CopyInput +A transposition", RegexOptions.Multiline));

    [Fact]
    public void Tiles_of_samples_ask_for_the_next_panel_of_weights_that_no_cache_holds()
    {
        string text = TextOf("Input(1024), Dense(512), Relu, Dense(3), SoftmaxCrossEntropy");
        string forward = text[text.IndexOf("void Dense0ForwardOn32", StringComparison.Ordinal)..];
        Assert.Contains("nint ahead = 32768 + (s - from) * (nint)32768 / (to - from), asked = 256 / (to - from);", forward);
        Assert.Contains("CacheLine.Prefetch(ref wN1, ahead);", forward);
        Assert.Contains("ahead += asked;", forward);
        // One sample reads all of them once, in order, and asks a few lines ahead instead.
        Assert.DoesNotContain("CacheLine.Prefetch(", text[..text.IndexOf("void Dense0ForwardOn32", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Lines_of_pixels_ask_for_the_next_panel_of_weights_that_no_cache_holds()
    {
        string text = TextOf("Input(512, 7, 7), Conv2D(1024, 1), GlobalAveragePool, Flatten, Dense(3), SoftmaxCrossEntropy");
        Assert.Matches(@"nint ahead = 16384 \+ i \* 334;", text);
        Assert.Contains("CacheLine.Prefetch(ref wO1, ahead);", text);
    }

    [Fact]
    public void A_single_sample_asks_for_weights_that_the_first_cache_does_not_hold()
    {
        string text = TextOf("Input(256), Dense(64), Relu, Dense(16), Relu, Dense(3), SoftmaxCrossEntropy");
        string one = text[text.IndexOf("void Dense0ForwardOneOn32", StringComparison.Ordinal)..];
        Assert.Matches(@"k \+= 4\)\s+\{\s+CacheLine.PrefetchFirst\(ref wAlongK, 512, 8\);", one);
        Assert.Matches("// Dense0ForwardOne +32 registers: .*, asking for weights that come a little later. 16 registers: ", text);
        Assert.DoesNotContain("CacheLine", one[one.IndexOf("void Dense0ForwardOneOn16", StringComparison.Ordinal)..]);
        Assert.DoesNotContain("PrefetchFirst", TextOf("Input(2048), Dense(2048), Relu, Dense(3), SoftmaxCrossEntropy"));
        // The second layer's 4 KB stay; and samples side by side have enough to do with each weight.
        Assert.DoesNotContain("CacheLine", text[text.IndexOf("void Dense2ForwardOne", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void The_first_panel_asks_for_pixels_of_a_large_image_that_lies_channel_by_channel()
    {
        const string Behind = "Relu, GlobalAveragePool, Flatten, Dense(3), SoftmaxCrossEntropy";
        string text = TextOf($"Input(18, 112, 112), Conv2D(16, 1, Groups = 2), {Behind}");
        string forward = text[text.IndexOf("void Conv2D0ForwardOn32", StringComparison.Ordinal)..];
        Assert.Matches(@"c < 9; c\+\+\)\s+\{\s+if \(o == 0\) CacheLine.Prefetch\(ref xAlongC, 320, 5\);", forward);
        Assert.DoesNotContain("CacheLine", TextOf($"Input(18, 56, 56), Conv2D(16, 1, Groups = 2), {Behind}"));
    }

    [Fact]
    public void Nobody_asks_where_the_second_cache_holds_all_weights() =>
        Assert.DoesNotContain("CacheLine.Prefetch(", TextOf("Input(512), Dense(512), Relu, Dense(3), SoftmaxCrossEntropy"));

    [Fact]
    public void Nobody_asks_where_the_second_cache_holds_no_two_panels()
    {
        string text = TextOf("Input(8192), Dense(64), Relu, Dense(3), SoftmaxCrossEntropy");
        // 64 weights of each input are two panels of 1 MB. Those of the gradient of the input are 256 panels.
        Assert.DoesNotContain("ref wN1, ahead", text);
        Assert.Contains("ref wtKp, ahead", text);
    }

    [Fact]
    public void Pixels_that_a_cache_holds_meet_all_panels_before_the_next_and_ask_for_what_the_next_have_of_results()
    {
        string text = TextOf("Input(3, 56, 56), Conv2D(32, 1), Relu, Conv2D(192, 1), GlobalAveragePool, Flatten, Dense(3), SoftmaxCrossEntropy");
        string forward = text[text.IndexOf("void Conv2D2Forward_2On32", StringComparison.Ordinal)..];
        // A panel has 32 of the 192 results of a pixel, of which its 32 steps ask for every third line: two ahead of that of the panel before.
        string[] order =
        [
            "s = from; s < to", "iFirst = 0; iFirst < 3136; iFirst += 72", "o1 = 0; o1 < 6", "i = iFirst; i < iLast; i += 8",
            "nint yAhead = 13824 - o1 * 24;", "c = 0; c < 32", "CacheLine.Prefetch(ref ySO1I, yAhead);", "yAhead += 48;",
        ];
        int[] places = [.. order.Select(line => forward.IndexOf(line, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    // Of the second image a tile of eight pixels leaves one, which by itself would have a smaller tile.
    [Theory]
    [InlineData("Input(3, 53, 59), Conv2D(32, 1), Relu, Conv2D(192, 1)", 3119)]
    [InlineData("Input(3, 17, 17), Conv2D(256, 1), Relu, Conv2D(256, 1)", 281)]
    public void The_last_of_many_pixels_are_computed_again_where_tiles_do_not_divide_them(string layers, int lastStart)
    {
        string text = TextOf($"{layers}, GlobalAveragePool, Flatten, Dense(3), SoftmaxCrossEntropy");
        Assert.Contains("int iLast = Math.Min(iFirst + ", text);
        Assert.Matches($@"for \(int iNext = iFirst; iNext < iLast; iNext \+= 8\)\s+\{{\s+int i = Math\.Min\(iNext, {lastStart}\);", text);
    }

    private static string ReasonOf(string kernel, string layers) => Regex.Match(TextOf(layers), $"^// {kernel} .*$", RegexOptions.Multiline).Value;

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
