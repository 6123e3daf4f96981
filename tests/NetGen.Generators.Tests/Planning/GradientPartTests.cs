using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Which gradients are computed in parts that the optimizer applies while the cache has them.</summary>
public class GradientPartTests
{
    [Theory]
    [InlineData("Input(784), Dense(128), Relu, Dense(10), SoftmaxCrossEntropy", "dWeight0")]
    [InlineData("Input(50), Dense(1490), Relu, Dense(32), SoftmaxCrossEntropy", "dWeight0, dWeight2")]
    [InlineData("Input(256, 7, 7), Conv2D(256, 1), Relu, GlobalAveragePool, Dense(5), SoftmaxCrossEntropy", "dWeight0")]
    public void Those_of_large_weights_are(string layers, string gradients) => Assert.Equal(gradients, string.Join(", ", PartsOf(layers).Order()));

    [Theory]
    [InlineData("Input(64), Dense(64), Relu, Dense(10), SoftmaxCrossEntropy")] // All in the cache anyway.
    [InlineData("Input(6), Dense(6000), Relu, Dense(1), MeanSquaredError")] // Workers share panels of the first; the second has gaps.
    [InlineData("Input(64, 9, 9), Conv2D(96, 3), Relu, GlobalAveragePool, Dense(5), SoftmaxCrossEntropy")] // A share has stretches.
    public void Others_are_not(string layers) => Assert.Empty(PartsOf(layers));

    [Fact]
    public void Weights_of_two_places_are_summed_first() => Assert.Empty(PartsOf(GeneratorHarness.Generate("""
        [Block, Dense(200), Tanh] public partial class Wide;
        [Network, Input(200), MeanSquaredError]
        public partial class Net
        {
            [Use<Wide>] public partial Layer First { get; }
            [Use<Wide>(Share = nameof(First))] public partial Layer Second { get; }
        }
        """)));

    [Fact]
    public void A_part_is_a_panel_or_so_many_inputs_of_one_and_is_applied_as_soon_as_it_is_there()
    {
        string[] program = [.. KernelsOf(Generate("Input(2000), Dense(100), Relu, Dense(10), SoftmaxCrossEntropy"))
            .Split('\n').Select(line => line.Trim()).SkipWhile(line => !line.StartsWith("GradientParts", StringComparison.Ordinal)).Take(12)];
        Assert.Equal(
            [
                "GradientParts dWeight0Parts = frame.PartsOf(ref dWeight0, 256000, 64000, worker);",
                "for (int first = from; first < to; first += 1020)",
                "{",
                "int last = Math.Min(first + 1020, to);",
                "for (int panel = 0; panel < 4; panel++)",
                "{",
                "ref float dWeight0Panel = ref Unsafe.Add(ref dWeight0, (nint)panel * 64000);",
                "ref float dBiased0Panel = ref Unsafe.Add(ref dBiased0, (nint)panel * 32);",
                "Dense0Gradient(ref dWeight0Parts.PlaceOf(ref dWeight0Panel), ref inputs, ref dBiased0Panel, first, last, count);",
                "dWeight0Parts.Apply(ref dWeight0Panel, first * 32, last * 32);",
                "}",
                "}",
            ],
            program);
    }

    [Fact]
    public void Nobody_waits_behind_the_last_gradient()
    {
        string text = KernelsOf(Generate("Input(20), Dense(10), SoftmaxCrossEntropy"));
        string program = text.Split("static void Backpropagate")[1].Split("static void EvaluateLoss")[0];
        Assert.True(program.LastIndexOf("Gradient(", StringComparison.Ordinal) > program.LastIndexOf("worker.Barrier", StringComparison.Ordinal));
    }

    private static IEnumerable<Microsoft.CodeAnalysis.SyntaxTree> Generate(string layers) =>
        GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;");

    private static string KernelsOf(IEnumerable<Microsoft.CodeAnalysis.SyntaxTree> files) =>
        files.Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();

    private static IEnumerable<string> PartsOf(string layers) => PartsOf(Generate(layers));

    private static IEnumerable<string> PartsOf(IEnumerable<Microsoft.CodeAnalysis.SyntaxTree> files) => KernelsOf(files).Split('\n')
        .Where(line => line.Contains("frame.PartsOf(", StringComparison.Ordinal))
        .Select(line => line.Split("PartsOf(ref ")[1].Split(',')[0]);
}
