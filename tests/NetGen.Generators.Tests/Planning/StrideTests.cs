using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>What a stride leaves out is not computed with zeros instead: positions that have their taps in common have a kernel of their own.</summary>
public sealed class StrideTests
{
    private const string Chain = "Input(3, 16, 16), Conv2D(32, 3, Pad = 1), Relu, ";

    private const string Head = ", Relu, GlobalAveragePool, Dense(10), SoftmaxCrossEntropy";

    [Fact]
    public void A_strided_convolution_goes_back_by_the_remainders_of_its_positions()
    {
        string plan = PlanOf($"{Chain}Conv2D(64, 3, Stride = 2, Pad = 1){Head}");
        foreach (string places in new[] { "rows 2n and columns 2n", "rows 2n and columns 2n + 1", "rows 2n + 1 and columns 2n", "rows 2n + 1 and columns 2n + 1" })
            Assert.Contains($"z = Σ dBiased2 · weight2Packed, for {places}  →", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Apart", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_is_packed_once_for_all_of_them() => Assert.Single(
        PlanOf($"{Chain}Conv2D(64, 3, Stride = 2, Pad = 1){Head}").Split('\n'),
        line => line.Contains("weight2Packed: weight2", StringComparison.Ordinal));

    [Fact]
    public void Positions_without_a_tap_are_cleared()
    {
        string plan = PlanOf($"{Chain}Conv2D(64, 1, Stride = 2){Head}");
        Assert.Contains("z = Σ dBiased2 · weight2Packed, for rows 2n and columns 2n  →", plan, StringComparison.Ordinal);
        Assert.Contains("dBiased0 = 0, for rows 2n + 1 and columns 2n + 1  →", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_along_the_vector_stay_side_by_side()
    {
        string plan = PlanOf("Input(2, 16, 32), Conv2D(4, 3, Pad = 1), Relu, Conv2D(32, 3, Stride = 2, Pad = 1), Relu, GlobalAveragePool, MeanSquaredError");
        Assert.Contains("for rows 2n + 1  →", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("columns 2n", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transposed_convolution_multiplies_no_zeros()
    {
        string plan = PlanOf("Input(16, 8, 8), ConvTranspose2D(16, 2, Stride = 2)");
        Assert.Contains("= bias0 + Σ input · weight0, for rows 2n + 1 and columns 2n  →", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Apart", plan, StringComparison.Ordinal);
    }

    private static string PlanOf(string layers) => PlanText.PlanOf($"[Network, {layers}] public partial class Net;");
}
