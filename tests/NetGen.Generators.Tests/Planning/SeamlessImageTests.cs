using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Images that everybody goes through pixel by pixel are read and written as callers pass them; others get the room they need.</summary>
public sealed class SeamlessImageTests
{
    private const string CopiedInput = "the input with room around it";
    private const string CopiedOutput = "what the caller gets";
    private const string CopiedForLoss = "laid out anew";

    [Theory]
    [InlineData("BatchNorm")]
    [InlineData("GroupNorm(4)")]
    [InlineData("InstanceNorm")]
    [InlineData("Silu")]
    [InlineData("Softmax")]
    [InlineData("Conv2D(20, 1)")]
    [InlineData("Conv2D(20, 1), BatchNorm, Relu, Conv2D(12, 1)")]
    public void Layers_of_single_pixels_copy_nothing(string layers)
    {
        string plan = PlanOf($"Input(8, 9, 9), {layers}");
        Assert.DoesNotContain(CopiedInput, plan, StringComparison.Ordinal);
        Assert.DoesNotContain(CopiedOutput, plan, StringComparison.Ordinal);
        Assert.DoesNotContain(CopiedForLoss, plan, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_of_pixels_reads_them_where_the_caller_has_them() =>
        Assert.DoesNotContain(CopiedInput, PlanOf("Input(24, 8, 8), GlobalAveragePool, Flatten, Dense(5)"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Input(8, 9, 9), BatchNorm, Conv2D(20, 3)")]
    [InlineData("Input(8, 9, 9), Conv2D(20, 1, Stride = 2)")]
    [InlineData("Input(8, 2, 2), BatchNorm")]
    public void What_has_its_channels_side_by_side_is_copied(string layers)
    {
        string plan = PlanOf(layers);
        Assert.Contains(CopiedOutput, plan, StringComparison.Ordinal);
        Assert.Contains(CopiedForLoss, plan, StringComparison.Ordinal);
    }

    private static string PlanOf(string layers) => PlanText.PlanOf($"[Network, {layers}, MeanSquaredError] public partial class Net;");
}
