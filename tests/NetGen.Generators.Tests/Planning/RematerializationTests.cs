using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>What stands behind a norm is made again on the way back, of what the norm reads.</summary>
public class RematerializationTests
{
    [Fact]
    public void An_activation_behind_a_batch_norm_takes_turns_and_is_made_again_where_gradients_read_it()
    {
        string text = TextOf(
            "Input(3, 32, 32), Conv2D(16, 3), BatchNorm, Relu, Conv2D(8, 3), BatchNorm, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy");
        Assert.Contains("ref float relu2Turn", text);
        string loop = SampleSumTests.LoopWith("relu2Again", text);
        Assert.Contains("// relu2Again = max(scaleOfBatch1 * (biased0 - mean1) + bias1, 0)", loop);
        Assert.Contains("// dWeight3OfTurn = Σ relu2Again · dBiased3Sum", loop);
        Assert.Contains("ref float relu2AgainTurn", loop);
        Assert.Contains("// dNorm1 = (relu2Again > 0 ? z : 0), where z = Σ dBiased3Sum", loop);
    }

    [Fact]
    public void A_pooling_finds_its_winners_in_what_is_made_again()
    {
        string text = TextOf("Input(3, 32, 32), Conv2D(16, 3), BatchNorm, Relu, MaxPool2D(2), Conv2D(8, 3), BatchNorm, MeanSquaredError");
        Assert.Contains("// norm1Again = scaleOfBatch1 * (biased0 - mean1) + bias1", text);
        Assert.Contains("ref norm1AgainTurn", text);
    }

    [Fact]
    public void A_sum_with_what_is_made_again_is_made_of_both_sources_in_one_pass()
    {
        string text = GeneratorHarness.Generate("""
            [Network, Input(3, 32, 32), SoftmaxCrossEntropy]
            public partial class Net
            {
                [Conv2D(16, 3), BatchNorm, Relu] public partial Layer Stem { get; }
                [Conv2D(16, 3, Padding = Padding.Same), BatchNorm] public partial Layer Branch { get; }
                [Add(nameof(Stem), nameof(Branch)), Relu, Conv2D(8, 1), BatchNorm, GlobalAveragePool, Dense(3)] public partial Layer Last { get; }
            }
            """).Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
        string sum = @"max\(max\(scaleOfBatchStem1 \* \(biasedStem0 - meanStem1\) \+ biasStem1, 0\) \+ scaleOfBatchBranch1 ";
        Assert.Matches($"// reluLast0 = {sum}", text);
        Assert.Matches($"// reluLast0Again = {sum}", text);
        Assert.Contains("// dWeightLast1OfTurn = Σ reluLast0Again · ", text);
        Assert.Contains("// dWeightBranch0OfTurn = Σ reluStem2Again · ", text);
    }

    [Theory]
    // A cache holds what a batch is.
    [InlineData("Input(3, 16, 16), Conv2D(16, 3), BatchNorm, Relu, Conv2D(8, 3), BatchNorm, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy")]
    // A gradient that is summed over all samples at once wants it of all.
    [InlineData("Input(3, 8, 8), Conv2D(256, 3), BatchNorm, Relu, Conv2D(256, 3), BatchNorm, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy")]
    // No barrier stands between the way there and the way back.
    [InlineData("Input(16, 32, 32), BatchNorm, Relu, MeanSquaredError")]
    // Nobody else reads what the activation does.
    [InlineData("Input(3, 32, 32), Conv2D(16, 3), Relu, Conv2D(8, 3), BatchNorm, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy")]
    public void What_would_save_no_memory_is_kept(string layers) => Assert.DoesNotContain("Again", TextOf(layers));

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
