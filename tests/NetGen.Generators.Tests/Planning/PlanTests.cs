using System.Runtime.CompilerServices;
using NetGen.Generators.Tests.Harness;
using NetGen.Generators.Tests.Snapshots;

namespace NetGen.Generators.Tests.Planning;

/// <summary>The plan of a network of each family, and the gradient graph it is made of, as text that a person reviews.</summary>
public sealed class PlanTests
{
    [Fact]
    public void A_chain_of_vectors() => Check("""
        [Network, Input(6), Dense(11), Gelu, Dense(4), SoftmaxCrossEntropy] public partial class Net;
        """);

    [Fact]
    public void A_chain_of_images() => Check("""
        [Network, Input(1, 12, 12), Conv2D(4, 3, Padding = Padding.Same), Relu, MaxPool2D(2), Dense(3), SoftmaxCrossEntropy] public partial class Net;
        """);

    [Fact]
    public void Norms_that_predictions_fold_into_products() => Check("""
        [Network, Input(7), Dense(11, Bias = false), BatchNorm, Relu, Dense(3), SoftmaxCrossEntropy] public partial class Net;
        """);

    [Fact]
    public void Branches_of_different_stride() => Check("""
        [Network, Input(3, 8, 8), SoftmaxCrossEntropy]
        public partial class Net
        {
            [Conv2D(8, 3, Padding = Padding.Same), Relu] public partial Layer Stem { get; }
            [Conv2D(12, 3, Stride = 2, Pad = 1)] public partial Layer Body { get; }
            [From(nameof(Stem)), Conv2D(12, 1, Stride = 2)] public partial Layer Shortcut { get; }
            [Add(nameof(Body), nameof(Shortcut)), Relu, GlobalAveragePool, Dense(4)] public partial Layer Logits { get; }
        }
        """);

    [Fact]
    public void Convolutions_tile_by_tile() => Check("""
        [Network, Input(2, 9, 12), Conv2D(16, 1), Relu, Conv2D(32, 3, Padding = Padding.Same), Relu, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]
        public partial class Net;
        """);

    [Fact]
    public void A_product_that_only_predicts() => Check("""
        [Network, Input(2, 5), ConvTranspose1D(4, 4, Stride = 2, Pad = 1), Tanh] public partial class Net;
        """);

    [Fact]
    public void Recurrent_layers_one_behind_the_other() => Check("""
        [Network, Input(6, 3), Gru(5), Lstm(4), LastStep, Dense(3), SoftmaxCrossEntropy] public partial class Net;
        """);

    [Fact]
    public void Outputs_whose_gradients_callers_compute() => Check("""
        [Network(OutputGradients = true)]
        public partial class Net
        {
            [Input(2, 5, 7)] public partial Layer Image { get; }
            [Conv2D(5, 3), Tanh, Output] public partial Layer Painted { get; }
            [GlobalAveragePool, Dense(4), SoftmaxCrossEntropy] public partial Layer Kind { get; }
        }
        """);

    private static void Check(string source, [CallerMemberName] string test = "")
    {
        Snapshot.Verify(PlanText.PlanOf(source), null, "txt", method: test);
        if (source.Contains("SoftmaxCrossEntropy", StringComparison.Ordinal))
            Snapshot.Verify(PlanText.GradientOf(source), "gradient", "txt", method: test);
    }
}
