using Microsoft.CodeAnalysis;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>Where a stream is asked for that cannot be, the compiler says at that place which layer stands in the way.</summary>
public sealed class StreamObstacleTests
{
    [Theory]
    [InlineData("Input(9, 3), Gru(4, Bidirectional = true)", "its layer 0, Gru, runs from the last step to the first")]
    [InlineData("Input(9, 3), Gru(4), MeanOverTime, Dense(2)", "its layer MeanOverTime takes all steps together")]
    [InlineData("Input(3, 9), Conv1D(4, 3, Padding = Padding.Same)", "its layer 0, Conv1D, reads steps that are still to come; write Padding = Padding.Causal")]
    [InlineData("Input(3, 9), Conv1D(4, 3, Padding = Padding.Causal, Stride = 2)", "its layer 0, Conv1D, gives a step for several that it reads")]
    [InlineData("Input(3, 9), MaxPool1D(3)", "its layer 0, MaxPool1D, looks at several steps at once")]
    [InlineData("Input(3, 9), Dense(4)", "its layer 0, Flatten, takes all steps together")]
    [InlineData("Input(9, 4), MultiHeadAttention(2)", "its layer 0, MultiHeadAttention, looks at steps that are still to come; write Causal = true")]
    [InlineData("Input(9, 4), TransformerBlock(2, 3)", "its layer 0, TransformerBlock, looks at steps that are still to come; write Causal = true")]
    public void The_compiler_names_the_layer(string layers, string reason)
    {
        GeneratorRun run = GeneratorHarness.Run(
            $"[Network, {layers}] public partial class Net; public static class User {{ public static void Open() => new Net().OpenStream(); }}");
        Assert.Empty(run.Diagnostics);
        Diagnostic error = Assert.Single(run.CompilerDiagnostics);
        Assert.Equal("CS0619", error.Id);
        Assert.Contains($"Net cannot run as a stream: {reason}.", error.GetMessage());
    }

    [Fact]
    public void A_network_without_steps_has_no_stream()
    {
        GeneratorRun run = GeneratorHarness.Run("[Network, Input(9), Dense(2)] public partial class Net;");
        Assert.DoesNotContain(run.Files.Values, file => file.Contains("OpenStream", StringComparison.Ordinal));
    }
}
