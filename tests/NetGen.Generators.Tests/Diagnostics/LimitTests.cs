using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>What lies just inside the limits is generated, and compiles: no overflow, no endless unrolling.</summary>
public class LimitTests
{
    [Theory]
    [InlineData("[Input(1 << 20)] [Dense(255)]")]
    [InlineData("[Input(255)] [Dense(1 << 20)]")]
    [InlineData("[Input(1 << 20)] [Dense(1)]")]
    [InlineData("[Input(1, 4096, 4096)] [Conv2D(1, 4096)]")]
    [InlineData("[Input(1 << 20, 1, 1)] [Conv2D(1 << 20, 1, Groups = 1 << 20)]")]
    [InlineData("[Input(1, 1, 1)] [Conv2D(1, 1, Pad = 2000)]")]
    [InlineData("[Input(1, 4096, 4096)] [MaxPool2D(4096)]")]
    [InlineData("[Input(1, 1, 1)] [Conv2D(1, 1, Pad = 2000, Stride = 4096, Dilation = 4096)]")]
    [InlineData("[Input(3, 2048, 2048)] [GlobalAveragePool]")]
    public void Networks_at_the_limits_are_generated(string attributes) =>
        Markup.Reports($"[Network] {attributes} [MeanSquaredError] public partial class Net;");

    [Fact]
    public void A_network_of_many_layers_is_generated() => Markup.Reports(
        $"[Network] [Input(8)] {string.Concat(Enumerable.Repeat("[Dense(8), Relu] ", 200))}[MeanSquaredError] public partial class Net;");
}
