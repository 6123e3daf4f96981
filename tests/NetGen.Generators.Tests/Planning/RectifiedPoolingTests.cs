using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>
/// A rectifier behind a maximum pooling is part of it, in predictions and in training steps, unless somebody wants what is between them.
/// </summary>
public class RectifiedPoolingTests
{
    private const string Classifier = "Flatten, Dense(3), SoftmaxCrossEntropy";

    [Theory]
    [InlineData("MaxPool2D(2), Relu")]
    [InlineData("Relu, MaxPool2D(2)")]
    [InlineData("MaxPool2D(3, Stride = 2, Pad = 1), Relu")]
    public void A_rectifier_takes_no_pass_of_its_own(string layers)
    {
        string text = TextOf($"[Network, Input(2, 12, 12), Conv2D(4, 3), {layers}, {Classifier}] public partial class Net;");
        Assert.Contains("= the largest, or 0 where that is less, of each window of", text);
        Assert.DoesNotContain("MapForward", text);
        Assert.DoesNotContain("largest of each window", text);
    }

    [Theory]
    [InlineData("MaxPool2D(2), Tanh")]
    [InlineData("MaxPool2D(2), LeakyRelu(0.1)")]
    [InlineData("AveragePool2D(2), Relu")]
    public void Other_layers_stay_apart(string layers)
    {
        string text = TextOf($"[Network, Input(2, 12, 12), Conv2D(4, 3), {layers}, {Classifier}] public partial class Net;");
        Assert.DoesNotContain("or 0 where that is less", text);
        Assert.Contains("of each window", text);
    }

    [Fact]
    public void A_pooled_point_that_another_layer_reads_is_made_as_it_is()
    {
        string text = TextOf($$"""
            [Network, Input(2, 12, 12), SoftmaxCrossEntropy]
            public partial class Net
            {
                [Conv2D(4, 3), MaxPool2D(2)] public partial Layer Pooled { get; }
                [Relu] public partial Layer Rectified { get; }
                [Add(nameof(Pooled), nameof(Rectified)), Flatten, Dense(3)] public partial Layer Scores { get; }
            }
            """);
        Assert.DoesNotContain("or 0 where that is less", text);
    }

    private static string TextOf(string source) => GeneratorHarness.Generate(source)
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
