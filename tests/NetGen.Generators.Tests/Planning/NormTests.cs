using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>How norms of single samples are summed on both ways, and what of them is written.</summary>
public class NormTests
{
    [Theory]
    [InlineData("Input(8, 9, 9), GroupNorm(4)")]
    [InlineData("Input(8, 9, 9), InstanceNorm, Relu")]
    [InlineData("Input(8, 9, 9), Conv2D(32, 3), LayerNorm")]
    [InlineData("Input(12, 20, Sequence = true), LayerNorm")]
    public void What_differs_from_a_mean_goes_through_no_memory(string layers) =>
        Assert.DoesNotMatch("// (centered|deviation)[0-9] +[0-9]+×[0-9]", TextOf(layers));

    [Fact]
    public void Squares_of_a_group_are_about_its_one_mean() =>
        Assert.Contains("where z = Σ (input - mean0) * (input - mean0)", TextOf("Input(8, 9, 9), GroupNorm(4)"));

    [Theory]
    [InlineData("Input(8, 9, 9), GroupNorm(4)")]
    [InlineData("Input(8, 9, 9), InstanceNorm")]
    public void The_way_back_is_two_sums_of_each_channel_and_a_map(string layers)
    {
        string text = TextOf(layers);
        Assert.Single(Regex.Matches(text, "[A-Za-z0-9]+ = Σ dNorm0(;|\n)"));
        Assert.Single(Regex.Matches(text, @"[A-Za-z0-9]+ = Σ \(input - mean0(Of0)?\) \* dNorm0(;|\n)"));
        Assert.Contains("// dWeight0 = Σ scale0", text);
        Assert.Contains("// dBias0 = Σ dNorm0Sum", text);
        Assert.DoesNotContain("standard0", text);
        Assert.DoesNotContain("dStandard0", text);
    }

    [Fact]
    public void The_features_of_a_step_are_summed_twice_on_the_way_back()
    {
        string text = TextOf("Input(12, 20, Sequence = true), LayerNorm");
        Assert.Single(Regex.Matches(text, "Σ dStandard0(;|\n)"));
        Assert.Single(Regex.Matches(text, @"Σ \(input - mean0\) \* dStandard0(;|\n)"));
    }

    [Fact]
    public void A_long_sum_along_vectors_has_partial_sums_and_what_they_leave_goes_into_the_first()
    {
        string text = TextOf("Input(48, 34, 34), GroupNorm(4)");
        Assert.Contains("Sums of vectors along k, 4 partial sums each to hide the latency, their lanes added up at the end.", text);
        Assert.Contains("for (nuint k = 0; k < 13824; k += 4 * lanes)", text);
        Assert.Contains("for (nuint k = 13824; k < 13872; k += lanes)", text);
    }

    [Fact]
    public void What_ends_within_a_vector_is_added_behind_the_loop()
    {
        string text = TextOf("Input(1, 9, 15), LayerNorm");
        Assert.Matches(@"for \(; (\w+) < 128; \1 \+= 4 \* lanes\)", text);
        Assert.Matches(@"for \(; (\w+) \+ lanes <= 135; \1 \+= lanes\)", text);
        Assert.Matches(@"if \(\w+ < 135\)", text);
    }

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}, MeanSquaredError] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
