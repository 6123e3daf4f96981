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
    public void Signals_are_gone_through_in_vectors(string layers) => Assert.Empty(Reasons(layers, "no axis is contiguous in every operand"));

    [Theory]
    [InlineData("Input(24, 16), TransformerBlock(2, 32, PreNorm = true), MeanOverTime, Dense(3), SoftmaxCrossEntropy")]
    [InlineData("Input(24, 16), LayerNorm, Gru(7), MeanSquaredError")]
    [InlineData("Input(24, 16), Tanh, MultiHeadAttention(2), LastStep, Dense(3), MeanSquaredError")]
    public void Sequences_lie_as_callers_pass_them(string layers) =>
        Assert.Empty(Reasons(layers, "no axis is contiguous in every operand").Concat(Reasons(layers, "A transposition.")));

    // Weights are packed once, in whatever order that takes.
    private static IEnumerable<string> Reasons(string layers, string reason) => GeneratorHarness
        .Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString().Split('\n')
        .Where(line => line.Contains(reason, StringComparison.Ordinal) && !line.StartsWith("// Pack", StringComparison.Ordinal));
}
