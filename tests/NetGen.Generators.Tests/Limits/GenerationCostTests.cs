using System.Diagnostics;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Limits;

/// <summary>What generation costs does not grow with what a network computes: the editor waits for it.</summary>
public sealed class GenerationCostTests
{
    private static readonly string[] s_activations =
    [
        "Relu", "LeakyRelu(0.1f)", "Relu6", "Elu", "Selu", "Silu", "Gelu", "Mish", "Softplus", "Softsign", "Sigmoid", "Tanh", "HardSigmoid", "HardSwish",
    ];

    [Fact]
    public void A_large_image_is_generated_as_fast_as_a_small_one()
    {
        // As large as declarations may be, and once more with training.
        string[] sources =
        [
            "[Network, Input(1, 1024, 1024), Conv2D(8, 1), GlobalAveragePool] public partial class Means;",
            "[Network, Input(1, 1024, 1024), Conv2D(8, 3, Padding = Padding.Same), Relu, MaxPool2D(2), GlobalAveragePool, Dense(3), SoftmaxCrossEntropy] public partial class Trained;",
        ];
        foreach (string source in sources)
        {
            GeneratorHarness.Run(source);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            GeneratorRun run = GeneratorHarness.Run(source);
            TimeSpan elapsed = clock.Elapsed;
            long megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000_000;
            Assert.Empty(run.Diagnostics);
            Assert.True(megabytes < 300, $"{megabytes} MB allocated.");
            Assert.True(elapsed < TimeSpan.FromSeconds(2), $"{elapsed.TotalSeconds:f1} s.");
        }
    }

    [Fact]
    public void Any_activation_may_follow_any_other()
    {
        string[] sources =
        [
            .. s_activations.SelectMany((first, i) => s_activations.Select((second, j) =>
                $"[Network, Input(3), Dense(4), {first}, {second}, Dense(2), MeanSquaredError] public partial class Pair{i}And{j};")),
        ];
        GeneratorRun run = GeneratorHarness.Run(sources);
        Assert.DoesNotContain(run.AllDiagnostics, diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        Assert.Equal(sources.Length, run.Files.Count(file => file.Key.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)));
    }
}
