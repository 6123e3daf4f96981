using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Where results would leave most lanes of a vector empty, vectors lie along what is summed, and so do the weights.</summary>
public sealed class FewResultsTests
{
    [Theory]
    [InlineData("Input(16, 9, 8), Conv2D(64, 1), Relu, Conv2D(4, 3, Pad = 1), Dense(2), MeanSquaredError", "Conv2D2", true)]
    [InlineData("Input(16, 9, 8), Conv2D(64, 1), Relu, Conv2D(16, 3, Pad = 1), Dense(2), MeanSquaredError", "Conv2D2", false)]
    [InlineData("Input(16, 9, 8), Conv2D(16, 1), Relu, Conv2D(4, 3, Pad = 1), Dense(2), MeanSquaredError", "Conv2D2", false)]
    [InlineData("Input(200), Dense(32), Relu, Dense(1), MeanSquaredError", "Dense2", false)]
    [InlineData("Input(20), Dense(298), Relu, Dense(3), MeanSquaredError", "Dense2", true)]
    [InlineData("Input(298), Dense(3), MeanSquaredError", "Dense0", true)]
    public void Their_products_are_sums_of_vectors(string layers, string layer, bool areSums)
    {
        string text = TextOf(layers);
        Assert.Equal(areSums, ReasonOf(text, $"{layer}Forward").Contains("lanes added up", StringComparison.Ordinal));
        Assert.DoesNotContain("lanes added up", ReasonOf(text, $"{layer}Gradient"), StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_and_results_share_what_is_loaded() => Assert.Contains(
        " × 4 along o", ReasonOf(TextOf("Input(16, 12, 12), Conv2D(64, 1), Relu, Conv2D(4, 3), Dense(2), MeanSquaredError"), "Conv2D2Forward"),
        StringComparison.Ordinal);

    [Fact]
    public void On_the_way_back_the_weight_serves_as_it_lies() =>
        Assert.DoesNotContain("weight2Packed", TextOf("Input(20), Dense(298), Relu, Dense(3), MeanSquaredError"), StringComparison.Ordinal);

    private static string ReasonOf(string text, string kernel) =>
        text.Split('\n').First(line => line.StartsWith($"// {kernel}", StringComparison.Ordinal) && line.Contains(" along ", StringComparison.Ordinal));

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
