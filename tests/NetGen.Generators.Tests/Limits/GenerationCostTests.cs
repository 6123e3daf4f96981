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
    public void A_large_image_takes_no_more_memory_than_a_small_one()
    {
        // As large as declarations may be, and once more with training.
        string[] sources =
        [
            "[Network, Input(1, 1024, 1024), Conv2D(8, 1), GlobalAveragePool] public partial class Means;",
            "[Network, Input(1, 1024, 1024), Conv2D(8, 3, Padding = Padding.Same), Relu, MaxPool2D(2), GlobalAveragePool, Dense(3), "
            + "SoftmaxCrossEntropy] public partial class Trained;",
        ];
        foreach (string source in sources)
        {
            GeneratorHarness.Run(source);
            long before = GC.GetAllocatedBytesForCurrentThread();
            GeneratorRun run = GeneratorHarness.Run(source);
            long megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000_000;
            Assert.Empty(run.Diagnostics);
            Assert.True(megabytes < 300, $"{megabytes} MB allocated.");
        }
    }

    /// <summary>Functions of functions, and tensors of which each is read twice by the next: written out, they double with every point.</summary>
    [Theory]
    [InlineData("Gelu", 60)]
    [InlineData("Multiply(nameof(P{0}), nameof(P{0}))", 40)]
    [InlineData("Add(nameof(P{0}), nameof(P{0})), Silu", 40)]
    public void A_long_row_of_points_costs_no_more_than_its_length(string layers, int count)
    {
        string source = "[Network, Input(16)] public partial class Row { [Dense(16)] public partial Layer P0 { get; }\n"
            + string.Concat(Enumerable.Range(1, count).Select(i => $"[{string.Format(null, layers, i - 1)}] public partial Layer P{i} {{ get; }}\n"))
            + "[Dense(3), SoftmaxCrossEntropy] public partial Layer Scores { get; } }";
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotEmpty(GeneratorHarness.Generate(source));
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000_000, 0, 300);
    }

    /// <summary>
    /// Large networks of every build, long, wide, of blocks within blocks, and the megabytes that are allocated for them altogether. What is in
    /// use at a time is much less: all of them are generated within a heap of 160 MB, the compiler's own part included.
    /// </summary>
    public static TheoryData<string, int, string> LargeNetworks => new()
    {
        {
            "300 layers, one after the other", 300,
            $"[Network, Input(16), {string.Join(", ", Enumerable.Repeat("Dense(16), Relu", 300))}, Dense(2), MeanSquaredError] public partial class Stack;"
        },
        {
            // Twelve million characters: no two layers have a kernel in common.
            "300 unlike layers", 500,
            $"[Network, Input(16), {string.Join(", ", Enumerable.Range(16, 300).Select(units => $"Dense({units}), Relu"))}, Dense(2), MeanSquaredError] "
            + "public partial class Growing;"
        },
        {
            "blocks within blocks", 300,
            "[Block, Dense(16), Relu] public partial class Inner;\n[Block, Use<Inner>(Times = 4)] public partial class Middle;\n"
            + "[Block, Residual<Middle>(Times = 4)] public partial class Outer;\n[Block, Residual<Outer>(Times = 4)] public partial class Whole;\n"
            + "[Network, Input(16), Residual<Whole>(Times = 8), Dense(2), MeanSquaredError] public partial class Nested;"
        },
        {
            "a sum of 200 branches", 300,
            "[Network, Input(16)] public partial class Wide { [Dense(16)] public partial Layer Stem { get; }\n"
            + string.Concat(Enumerable.Range(0, 200).Select(i => $"[From(nameof(Stem)), Dense(16), Relu] public partial Layer B{i} {{ get; }}\n"))
            + $"[Add({string.Join(", ", Enumerable.Range(0, 200).Select(i => $"nameof(B{i})"))})] public partial Layer Sum {{ get; }}\n"
            + "[Dense(3), SoftmaxCrossEntropy] public partial Layer Scores { get; } }"
        },
        {
            "100 residual blocks", 300,
            "[Block, Conv2D(8, 3, Padding = Padding.Same), BatchNorm, Relu] public partial class Body;\n"
            + "[Network, Input(3, 16, 16), Conv2D(8, 3, Padding = Padding.Same), Residual<Body>(Times = 100)] "
            + "[GlobalAveragePool, Dense(10), SoftmaxCrossEntropy] "
            + "public partial class Residuals;"
        },
    };

    [Theory]
    [MemberData(nameof(LargeNetworks))]
    public void A_large_network_takes_the_memory_of_its_layers(string network, int most, string source)
    {
        GeneratorHarness.GenerateAsShipped(source);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotEmpty(GeneratorHarness.GenerateAsShipped(source));
        long megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000_000;
        Assert.True(megabytes < most, $"{network}: {megabytes} MB.");
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
