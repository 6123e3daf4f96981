using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>What is summed over the positions of all samples is summed sample by sample, in the loop that makes what is summed.</summary>
public class SampleSumTests
{
    private const string Norms =
        "Input(8, 33, 33), DepthwiseConv2D(3, Pad = 1, Bias = false), BatchNorm, Relu, "
        + "Conv2D(32, 1, Bias = false), BatchNorm, Relu, MeanSquaredError";

    [Fact]
    public void A_bias_is_summed_where_its_gradient_is_made()
    {
        string loop = LoopWith("dBias0OfSample", TextOf("Input(3, 32, 32), Conv2D(16, 3), Relu, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy"));
        Assert.Contains("// dBiased0 = (relu1 > 0 ? 0.001111111 * dMean2 : 0); dBias0OfSample = Σ dBiased0\n", loop);
    }

    [Fact]
    public void Statistics_of_a_batch_norm_are_those_of_its_samples_first()
    {
        string text = TextOf(Norms);
        string loop = LoopWith("squares4OfSample", text);
        Assert.Contains("// conv3 = ", loop);
        Assert.Contains("// sum4OfSample = ", loop);
        Assert.Contains(
            "// squares4Rest = Σ (conv3 - sum4OfSample); squares4OfSample = Σ (conv3 - sum4OfSample) * (conv3 - sum4OfSample)\n", loop);
    }

    [Fact]
    public void The_way_back_through_a_batch_norm_is_summed_once_for_its_bias_and_its_mean()
    {
        string text = TextOf(Norms);
        string loop = LoopWith("dScaleOfBatch1OfSample", text);
        Assert.Contains("// dScaleOfBatch1OfSample = Σ (conv0 - mean1) * dNorm1; dBias1OfSample = Σ dNorm1\n", loop);
        Assert.Single(Regex.Matches(text, "[A-Za-z0-9]+ = Σ dNorm1(;|\n)"));
    }

    [Fact]
    public void What_differs_from_a_mean_of_the_batch_goes_through_no_memory()
    {
        string text = TextOf(Norms);
        Assert.DoesNotContain("centered", text);
        Assert.DoesNotContain("deviation", text);
    }

    [Fact]
    public void A_weight_and_a_bias_are_summed_over_the_samples_of_a_turn_where_their_gradient_is_made()
    {
        string text = TextOf("Input(1, 28, 28), Conv2D(6, 5, Pad = 2), Relu, MaxPool2D(2), Flatten, Dense(3), SoftmaxCrossEntropy");
        string loop = LoopWith("dWeight0OfTurn", text);
        Assert.Contains("// dBiased0: dLargest2 where", loop);
        Assert.Contains("ref Unsafe.Add(ref dBias0OfTurn, (nint)(first / 8) * 16)", loop);
        Assert.Contains("ref Unsafe.Add(ref dWeight0OfTurn, (nint)(first / 8) * 400), ref Unsafe.Add(ref input, (nint)first *", loop);
        Assert.Contains("last - first);", loop);
        Assert.Contains("Samples.AddUp(ref dWeight0, ref dWeight0OfTurn, 400, (count + 7) / 8, from, to);", text);
        Assert.Contains("ref float dBiased0Turn", loop);
    }

    [Fact]
    public void A_turn_of_one_sample_has_the_row_of_that()
    {
        string text = TextOf("Input(3, 64, 64), Conv2D(32, 3), Relu, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy");
        Assert.Contains("ref Unsafe.Add(ref dWeight0OfTurn, (nint)first * ", LoopWith("dWeight0OfTurn", text));
        Assert.Matches(@"Samples\.AddUp\(ref dWeight0, ref dWeight0OfTurn, \d+, count, from, to\);", text);
    }

    [Fact]
    public void A_weight_that_is_more_than_a_turn_reads_is_summed_at_once() =>
        Assert.DoesNotContain("dWeight0OfTurn", TextOf("Input(256, 7, 7), Conv2D(256, 3), Relu, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy"));

    [Fact]
    public void What_few_units_leave_over_goes_to_workers_in_turn()
    {
        string text = TextOf("Input(20), Dense(33), Relu, Dense(9), Relu, Dense(3), SoftmaxCrossEntropy");
        string gradients = text[text.IndexOf("// The parameters' gradients", StringComparison.Ordinal)..];
        int turn = 0;
        MatchCollection shares = Regex.Matches(gradients, @"worker\.Share\((\d+), (\d+)(?:, (\d+))?\);");
        Assert.True(shares.Count > 4);
        foreach (Match match in shares)
        {
            int[] share = [.. match.Groups.Values.Skip(1).Select(part => part.Success ? int.Parse(part.Value) : 0)];
            int units = (share[0] + share[1] - 1) / share[1];
            Assert.Equal(units < 8 ? turn : 0, share[2]);
            turn += units < 8 ? units : 0;
        }
    }

    [Theory]
    [InlineData("Input(1, 12, 12), Conv2D(8, 3), Relu, Flatten, Dense(3), SoftmaxCrossEntropy")]
    [InlineData("Input(4000), Dense(3000), Relu, Dense(3), SoftmaxCrossEntropy")]
    [InlineData("Input(16, 3, 3), Conv2D(64, 2), Relu, MeanSquaredError")]
    [InlineData("Input(64, 24), Gru(32), MeanOverTime, Dense(3), SoftmaxCrossEntropy")]
    public void What_a_cache_holds_or_is_hardly_less_than_a_sample_is_summed_at_once(string layers) =>
        Assert.DoesNotMatch("OfSample|OfTurn", TextOf(layers));

    /// <summary>The loop over samples in which something is made, by the comment that says so.</summary>
    internal static string LoopWith(string sum, string text)
    {
        Match match = Regex.Match(text, $"// ([^\n]*; )?{sum} = ");
        Assert.True(match.Success, $"{sum} is not there.");
        int place = match.Index;
        int start = text.LastIndexOf("for (int first = from;", place, StringComparison.Ordinal);
        return text[start..text.IndexOf("worker.Barrier();", place, StringComparison.Ordinal)];
    }

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
