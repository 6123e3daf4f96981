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
    [InlineData("Input(3, 9), Conv1D(4, 3, Pad = 1, Stride = 2)", "its layer 0, Conv1D, reads steps that are still to come; write Padding = Padding.Causal")]
    [InlineData(
        "Input(3, 9), MaxPool1D(3, Stride = 1, Padding = Padding.Same)",
        "its layer 0, MaxPool1D, reads steps that are still to come; write Padding = Padding.Causal")]
    [InlineData("Input(3, 9), ConvTranspose1D(4, 2, Stride = 2)", "its layer 0, ConvTranspose1D, gives several steps for one that it reads")]
    [InlineData("Input(3, 9), Upsample(2)", "its layer 0, Upsample, puts steps in other places")]
    [InlineData("Input(3, 9), Slice(0, 5, Axis = 1)", "it has an output that ends before its input does")]
    [InlineData("Input(9, 4), MaxOverTime", "its layer MaxOverTime takes all steps together")]
    [InlineData("Input(3, 9), GlobalMaxPool", "its layer 0, GlobalMaxPool, takes all steps together")]
    [InlineData(
        "Input(3, 30000), Conv1D(2, 200, Stride = 200), MaxPool1D(100)",
        "its layer 1, MaxPool1D, gives a step for more of the input's than a stream can wait for")]
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

    [Theory]
    [InlineData(
        "[Conv1D(4, 2, Stride = 2)] public partial Layer Slow { get; } "
        + "[From(Layer.Input), Conv1D(4, 1), Slice(0, 4, Axis = 1)] public partial Layer Fast { get; } "
        + "[Add(nameof(Slow), nameof(Fast))] public partial Layer Both { get; }",
        "its layer Both, Add, joins what has several steps for one of what it is joined with")]
    [InlineData(
        "[Conv1D(4, 2, Stride = 2), Output] public partial Layer Slow { get; } "
        + "[From(Layer.Input), Conv1D(4, 1), Output] public partial Layer Fast { get; }",
        "it has outputs of which one has several steps for one of another")]
    public void The_compiler_says_where_rates_differ(string points, string reason)
    {
        GeneratorRun run = GeneratorHarness.Run(
            $"[Network, Input(3, 9)] public partial class Net {{ {points} }} "
            + "public static class User { public static void Open() => new Net().OpenStream(); }");
        Assert.Empty(run.Diagnostics);
        Assert.Contains($"Net cannot run as a stream: {reason}.", Assert.Single(run.CompilerDiagnostics).GetMessage());
    }

    [Theory]
    [InlineData("Input(3, 12), Conv1D(4, 3, Stride = 2)", "one output for every 2 steps, the first with the 3rd")]
    [InlineData("Input(3, 24), MaxPool1D(12)", "one output for every 12 steps, the first with the 12th")]
    [InlineData("Input(3, 12), Conv1D(4, 2)", "one output for each step, the first with the 2nd")]
    [InlineData("Input(3, 12), Conv1D(4, 3, Padding = Padding.Causal, Stride = 2)", "one output for every 2 steps")]
    [InlineData("Input(3, 12), AveragePool1D(2, Stride = 1, Padding = Padding.Causal)", "one step in, one out")]
    public void The_documentation_says_when_outputs_come(string layers, string when)
    {
        GeneratorRun run = GeneratorHarness.Run($"[Network, {layers}] public partial class Net;");
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Contains(run.Files.Values, file => file.Contains($"A stream of steps through the network: {when}; for one thread", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_without_steps_has_no_stream()
    {
        GeneratorRun run = GeneratorHarness.Run("[Network, Input(9), Dense(2)] public partial class Net;");
        Assert.DoesNotContain(run.Files.Values, file => file.Contains("OpenStream", StringComparison.Ordinal));
    }
}
