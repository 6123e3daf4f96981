using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Few callers ask for the gradients of inputs: who computes them takes a copy instead of spreading what every step goes through.</summary>
public sealed class InputGradientTests
{
    [Theory]
    [InlineData("Conv2D(24, 5, Stride = 2)", "dBiased0WithRoom")]
    [InlineData("Conv2D(6, 5, Padding = Padding.Same)", "dBiased0WithRoom")]
    public void The_first_convolution_s_gradient_has_zeros_around_it_in_a_copy(string layer, string copy)
    {
        string plan = PlanOf($"Input(1, 32, 32), {layer}, Relu");
        Assert.Contains($"{copy} = dBiased0, laid out anew", plan, StringComparison.Ordinal);
        Assert.Contains($"dInput = Σ {copy} ·", plan, StringComparison.Ordinal);
        Assert.DoesNotContain($"dWeight0 = Σ input · {copy}", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Conv2D(24, 3, Stride = 3)")]
    [InlineData("Conv2D(24, 1, Stride = 4)")]
    public void What_needs_no_zeros_around_it_is_not_copied(string layer) =>
        Assert.Contains("dInput = Σ dBiased0 ·", PlanOf($"Input(1, 36, 36), {layer}, Relu"), StringComparison.Ordinal);

    [Fact]
    public void What_every_step_has_zeros_around_is_not_copied() => Assert.DoesNotContain(
        "WithRoom", PlanOf("Input(1, 32, 32), Conv2D(8, 1), Conv2D(24, 5, Stride = 2), Relu"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Gelu", false)]
    [InlineData("Conv2D(8, 1), Gelu", true)]
    public void The_slope_of_an_input_s_activation_is_computed_with_its_gradient(string layers, bool isKept) =>
        Assert.Equal(isKept, PlanOf($"Input(3, 16, 16), {layers}").Contains("Slope", StringComparison.Ordinal));

    private static string PlanOf(string layers) => PlanText.PlanOf($"[Network, {layers}, MeanSquaredError] public partial class Net;");
}
