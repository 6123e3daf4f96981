using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Limits;

/// <summary>Images of one pixel and sequences of one step: what lacks a dimension is as long as what has it.</summary>
public sealed class OnePositionTests
{
    [Theory]
    [InlineData("Input(1, 4, Sequence = true), Dense(6), GroupNorm(2)")]
    [InlineData("Input(1, 4, Sequence = true), Dense(6), InstanceNorm")]
    [InlineData("Input(1, 4, Sequence = true), LayerNorm, BatchNorm, RmsNorm")]
    [InlineData("Input(2, 3, 3), Conv2D(6, 3), GroupNorm(3), InstanceNorm")]
    [InlineData("Input(2, 3, 3), Conv2D(6, 3), BatchNorm, PRelu")]
    [InlineData("Input(2, 3, 3), Conv2D(6, 3), LayerNorm, SpatialDropout(0.5)")]
    public void Layers_that_go_over_positions_are_generated_for_one(string layers) =>
        Assert.Empty(GeneratorHarness.Run($"[Network, {layers}, Flatten, Dense(3), MeanSquaredError] public partial class One;").Diagnostics);
}
