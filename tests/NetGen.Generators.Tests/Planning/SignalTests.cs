using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>
/// Signals that nobody reads as the row of an image, as at the end of a network of convolutions: they lie as such a row would, step by step, so that
/// products store whole vectors of channels and maps go along them.
/// </summary>
public class SignalTests
{
    [Theory]
    [InlineData("Input(16, 12), Conv1D(40, 12), Relu, Flatten, Dense(5)")]
    [InlineData("Input(16, 12), Conv1D(40, 3), Tanh, Flatten, Dense(5), SoftmaxCrossEntropy")]
    [InlineData("Input(16, 12), Conv1D(20, 3, Stride = 2), Silu, Transpose(1, 0), Gru(7)")]
    public void Signals_are_gone_through_in_vectors(string layers)
    {
        string kernels = GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
            .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
        Assert.DoesNotContain("no axis is contiguous in every operand", kernels, StringComparison.Ordinal);
    }
}
