using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Snapshots;

/// <summary>
/// The generated files of a few networks as a user would read them. A change in the generator shows up here as a change of
/// text to review; <c>NETGEN_ACCEPT_SNAPSHOTS=1 dotnet test</c> takes all new texts.
/// </summary>
/// <remarks>Kernels are long, so those of the smallest network stand for all; of the others, the programs that call them.</remarks>
public partial class GeneratedFilesTests
{
    public const string Tiny =
        """
        namespace Samples;

        [Network, Input(2)]
        [Dense(3), Tanh]
        [Dense(1)]
        [MeanSquaredError]
        public partial class Tiny;
        """;

    public const string Dropped =
        """
        [Network]
        [Input(20)]
        [Dense(24), Gelu, Dropout(0.25f)]
        [Dense(5)]
        [Huber(0.5f)]
        public partial class Dropped;
        """;

    public const string Digits =
        """
        [Network]
        [Input(1, 12, 12)]
        [Conv2D(6, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
        [Conv2D(16, 3), Relu]
        [Dense(10)]
        [SoftmaxCrossEntropy]
        public partial class Digits;
        """;

    public const string Grouped =
        """
        [Network]
        [Input(8, 10, 10)]
        [Conv2D(8, 3, Groups = 8, Padding = Padding.Same), Relu6]
        [Conv2D(12, 3, Groups = 4, Stride = 2), Silu]
        [GlobalAveragePool]
        [Dense(4), BinaryCrossEntropy]
        public partial class Grouped;
        """;

    public const string Nested =
        """
        namespace Company.Product;

        public static partial class Models
        {
            internal partial struct Small
            {
                [Network, Input(3), Dense(4), Relu, Dense(2)]
                internal sealed partial class Predictor;
            }
        }
        """;

    public const string Normalised =
        """
        [Network, Input(5), Dense(11, Bias = false), BatchNorm, Relu, Dense(3), SoftmaxCrossEntropy]
        public partial class Normalised;
        """;

    public const string Branched =
        """
        [Network, Input(3, 8, 8), SoftmaxCrossEntropy]
        public partial class Branched
        {
            [Conv2D(8, 3, Padding = Padding.Same), Relu] public partial Layer Stem { get; }
            [Conv2D(12, 3, Stride = 2, Pad = 1)] public partial Layer Body { get; }
            [From(nameof(Stem)), Conv2D(12, 1, Stride = 2)] public partial Layer Shortcut { get; }
            [Add(nameof(Body), nameof(Shortcut)), Relu, GlobalAveragePool, Dense(4)] public partial Layer Logits { get; }
        }
        """;

    public const string NextToken =
        """
        [Network, Input(5, Vocabulary = 7, VariableLength = true), Embedding(3), Rnn(4), Dense(7), SoftmaxCrossEntropy(IgnoreIndex = -1)]
        public partial class NextToken;
        """;

    [Fact]
    public void Sequences_of_different_lengths_with_a_loss_at_each_step() => Verify(NextToken);

    [Fact]
    public void A_norm_that_predictions_fold_into_a_product() => Verify(Normalised);

    [Fact]
    public void A_graph_with_branches_of_different_stride() => Verify(Branched);

    [Fact]
    public void A_tiny_perceptron() => Verify(Tiny);

    [Fact]
    public void A_perceptron_with_dropout_and_an_elementwise_loss() => Verify(Dropped);

    [Fact]
    public void A_convolutional_network_with_pooling_and_a_softmax_loss() => Verify(Digits);

    [Fact]
    public void Depthwise_and_grouped_convolutions() => Verify(Grouped);

    [Fact]
    public void A_network_that_callers_train() =>
        Verify("using NetGen;\n\n[Network(OutputGradients = true), Input(4), Dense(5), Tanh, Dense(2)]\npublic partial class Actor;\n");

    [Fact]
    public void A_nested_network_that_only_predicts() => Verify(Nested);

    // Verifies all files before it fails, so that one run writes every received text.
    private static void Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Empty(run.AllDiagnostics);
        var failures = new List<string>();
        foreach ((string name, string text) in run.Files)
        {
            string part = name.Split('.')[^3];
            try
            {
                // The stamp stands for all other files, whose changes are seen there.
                Snapshot.Verify(CodeStamp().Replace(text, "CodeStamp = 0x…UL;"), part, method: method);
            }
            catch (Xunit.Sdk.FailException failure)
            {
                failures.Add($"{name}: {failure.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [GeneratedRegex("CodeStamp = 0x[0-9A-F]{16}UL;")]
    private static partial Regex CodeStamp();
}
