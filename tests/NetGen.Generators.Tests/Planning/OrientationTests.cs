using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>What lies along the vectors of images: their columns, or the channels of a pixel.</summary>
public sealed class OrientationTests
{
    private const string AlongChannels = "vectors? along o";

    [Theory]
    [InlineData("Input(18, 32, 32), Conv2D(16, 1, Groups = 2), Relu, GlobalAveragePool", false)]
    [InlineData("Input(16, 32, 32), Conv2D(16, 3, Groups = 2), Relu, GlobalAveragePool", false)]
    [InlineData("Input(32, 32, 32), Conv2D(32, 3, Groups = 2), Relu, GlobalAveragePool", true)]
    [InlineData("Input(18, 32, 32), Conv2D(16, 1), Relu, GlobalAveragePool", true)]
    public void Columns_are_compared_with_the_channels_of_a_group(string layers, bool areChannels)
    {
        string text = GeneratorHarness.Generate($"[Network, {layers}, Dense(3), SoftmaxCrossEntropy] public partial class Net;")
            .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
        string reason = Regex.Match(text, "^// Conv2D0Forward .*$", RegexOptions.Multiline).Value;
        Assert.Equal(areChannels, Regex.IsMatch(reason, AlongChannels));
    }
}
