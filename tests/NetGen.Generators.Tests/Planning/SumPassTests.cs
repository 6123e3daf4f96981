using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Sums that read the same are taken in one pass, and in that of a map of what they sum.</summary>
public class SumPassTests
{
    private const string Norm = "Input(3, 32, 32), Conv2D({0}, 3), BatchNorm, Relu, MeanSquaredError";

    [Fact]
    public void A_map_writes_its_result_beside_the_sums_of_it()
    {
        string text = TextOf(string.Format(null, Norm, 64));
        Assert.Contains(
            " dScaleOfBatch1OfSample = Σ dNorm1 * (biased0 - mean1);\n            //   dBias1OfSample = Σ dNorm1\n", text);
        string kernel = KernelWith("void Relu2MapBackward<V>", text);
        Assert.Contains("zC0b += selected2;", kernel);
        Assert.Contains("V.Store(selected2, ref dxAlongI, 64);\n", kernel);
    }

    [Fact]
    public void More_channels_than_registers_hold_are_summed_behind_the_map()
    {
        string text = TextOf(string.Format(null, Norm, 128));
        Assert.Contains("given * orderedTarget : 0)\n", text);
        Assert.Contains("dScaleOfBatch1OfSample = Σ (biased0 - mean1) * dNorm1;\n            //   dBias1OfSample = Σ dNorm1\n", text);
    }

    [Fact]
    public void What_only_a_sum_reads_is_not_written()
    {
        string text = TextOf("Input(3, 32, 32), Conv2D(16, 3), BatchNorm, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy");
        Assert.Contains("// mean2 = z * 0.001111111, where z = Σ (scaleOfBatch1 * (biased0 - mean1) + bias1)\n", text);
        int start = text.IndexOf("void Backpropagate(", StringComparison.Ordinal);
        Assert.DoesNotContain("norm1", text[start..text.IndexOf("void EvaluateLoss(", StringComparison.Ordinal)]);
    }

    [Theory]
    // An exponential for each of many sums would swell the kernel.
    [InlineData("Input(3, 32, 32), Conv2D(16, 3), Tanh, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy", "where z = Σ tanh1\n")]
    // What is the same for all pixels has nothing that vectors could lie along where columns do.
    [InlineData("Input(1, 66, 66), Conv2D(4, 3), GlobalAveragePool, Dense(3), SoftmaxCrossEntropy", "// dBias0OfSample = Σ dBiased0\n")]
    // Turns have rows of their own.
    [InlineData("Input(3, 24, 24), Conv2D(12, 3), Relu, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy", "// dBias0OfTurn = Σ dBiased0\n")]
    public void What_does_not_go_along_has_a_pass_of_its_own(string layers, string sum) => Assert.Contains(sum, TextOf(layers));

    private static string KernelWith(string method, string text)
    {
        int place = text.IndexOf(method, StringComparison.Ordinal);
        return text[place..text.IndexOf("\n    }\n", place, StringComparison.Ordinal)];
    }

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
