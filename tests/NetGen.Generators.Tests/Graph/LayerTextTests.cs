using NetGen.Generators.Graph.Layers;
using NetGen.Generators.Tests.Harness;
using NetGen.Generators.Tests.Snapshots;

namespace NetGen.Generators.Tests.Graph;

/// <summary>
/// What each layer and each loss of the language is made of, forwards and backwards, as text that a person reviews: a file for the layers and one for
/// the losses, with a paragraph for each.
/// </summary>
public sealed class LayerTextTests
{
    private const string Function = " { [Differentiable] private static float Bent(float x, float slope) => x > 0 ? x : slope * x; "
        + "[Differentiable] private static float Square(float output, float target) => (output - target) * (output - target); }";

    private const string Body = "[Block, Dense(4), Tanh] public partial class Body;";

    /// <summary>Where layers are not for vectors of 4, or take arguments: what stands on a network behind <c>[Network]</c>.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_layers = new Dictionary<string, string>
    {
        ["Activation"] = "Input(4), Activation(\"Bent\", 0.25, Trainable = true)",
        ["AveragePool1D"] = "Input(2, 6), AveragePool1D(2)",
        ["AveragePool2D"] = "Input(2, 6, 6), AveragePool2D(2)",
        ["BatchNorm"] = "Input(4), BatchNorm",
        ["ClippedRelu"] = "Input(4), ClippedRelu(3)",
        ["Conv1D"] = "Input(2, 6), Conv1D(3, 3, Padding = Padding.Causal)",
        ["Conv2D"] = "Input(2, 6, 6), Conv2D(3, 3, Stride = 2, Pad = 1)",
        ["ConvTranspose1D"] = "Input(2, 6), ConvTranspose1D(3, 2, Stride = 2)",
        ["ConvTranspose2D"] = "Input(2, 3, 3), ConvTranspose2D(3, 2, Stride = 2)",
        ["Crop"] = "Input(2, 6, 6), Crop(1)",
        ["Dense"] = "Input(4), Dense(3)",
        ["DepthwiseConv2D"] = "Input(2, 6, 6), DepthwiseConv2D(3, Multiplier = 2)",
        ["Dropout"] = "Input(4), Dropout(0.5)",
        ["Embedding"] = "Input(3, Vocabulary = 7), Embedding(4)",
        ["FirstStep"] = "Input(3, 4), Rnn(4), FirstStep",
        ["Flatten"] = "Input(2, 3, 3), Flatten",
        ["GlobalAveragePool"] = "Input(2, 3, 3), GlobalAveragePool",
        ["GlobalMaxPool"] = "Input(2, 3, 3), GlobalMaxPool",
        ["GroupNorm"] = "Input(4, 3, 3), GroupNorm(2)",
        ["Gru"] = "Input(3, 4), Gru(2)",
        ["GruCell"] = "Input(4), GruCell(2)",
        ["InstanceNorm"] = "Input(4, 3, 3), InstanceNorm",
        ["LastCell"] = "Input(3, 4), Lstm(2), LastCell",
        ["LastStep"] = "Input(3, 4), Rnn(4), LastStep",
        ["Lstm"] = "Input(3, 4), Lstm(2)",
        ["LstmCell"] = "Input(4), LstmCell(2)",
        ["MaxOverTime"] = "Input(3, 4, Sequence = true), MaxOverTime",
        ["MaxPool1D"] = "Input(2, 6), MaxPool1D(2)",
        ["MaxPool2D"] = "Input(2, 6, 6), MaxPool2D(2)",
        ["MeanOverTime"] = "Input(3, 4, Sequence = true), MeanOverTime",
        ["MultiHeadAttention"] = "Input(3, 4, Sequence = true), MultiHeadAttention(2, Causal = true)",
        ["Pad"] = "Input(2, 6, 6), Pad(1, Mode = PadMode.Reflect)",
        ["PixelShuffle"] = "Input(4, 3, 3), PixelShuffle(2)",
        ["Positions"] = "Input(3, 4, Sequence = true), Positions",
        ["Reshape"] = "Input(4), Reshape(2, 2)",
        ["Residual"] = "Input(4), Residual<Body>",
        ["Rnn"] = "Input(3, 4), Rnn(2)",
        ["RnnCell"] = "Input(4), RnnCell(2)",
        ["SinusoidalPositions"] = "Input(3, 4, Sequence = true), SinusoidalPositions",
        ["Slice"] = "Input(4), Slice(1, 3)",
        ["SpatialDropout"] = "Input(2, 3, 3), SpatialDropout(0.5)",
        ["Split"] = "Input(4), Split(2, 1)",
        ["Squeeze"] = "Input(4, 1, 1), Squeeze",
        ["SwiGlu"] = "Input(4), SwiGlu(3)",
        ["Threshold"] = "Input(4), Threshold(0.1, 2)",
        ["TransformerBlock"] = "Input(3, 4, Sequence = true), TransformerBlock(2, 8)",
        ["Transpose"] = "Input(2, 3, 4), Transpose(1, 0, 2)",
        ["Upsample"] = "Input(2, 3, 3), Upsample(2, Mode = UpsampleMode.Bilinear)",
        ["Use"] = "Input(4), Use<Body>",
    };

    private static readonly IReadOnlyDictionary<string, string> s_losses = new Dictionary<string, string>
    {
        ["BinaryCrossEntropy"] = "Input(4), Dense(1), BinaryCrossEntropy",
        ["Loss"] = "Input(4), Dense(3), Loss(\"Square\")",
    };

    [Fact]
    public void Layers() => Snapshot.Verify(
        Paragraphs(LayerKinds.Layers.Select(kind => kind.IsJoin ? Joined(kind.Name) : Alone(kind.Name, s_layers, ", MeanSquaredError"))),
        extension: "txt");

    [Fact]
    public void Losses() => Snapshot.Verify(Paragraphs(LayerKinds.Losses.Select(kind => Alone(kind.Name, s_losses, ""))), extension: "txt");

    private static (string Name, string Heading, string Source) Alone(string name, IReadOnlyDictionary<string, string> known, string end)
    {
        string usual = end.Length > 0 ? $"Input(4), {name}" : $"Input(4), Dense(3), {name}";
        string attributes = known.TryGetValue(name, out string? written) ? written : usual;
        return (name, attributes, $"{Body} [Network, {attributes}{end}] public partial class Net {Function}");
    }

    private static (string Name, string Heading, string Source) Joined(string name) => (name, "of a point and a dense layer behind it", $$"""
        [Network] public partial class Net
        {
            [Input(4)] public partial Layer A { get; }
            [Dense(4)] public partial Layer B { get; }
            [{{name}}(nameof(A), nameof(B)), MeanSquaredError] public partial Layer C { get; }
        }
        """);

    private static string Paragraphs(IEnumerable<(string Name, string Heading, string Source)> examples) => string.Join('\n', examples
        .OrderBy(example => example.Name, StringComparer.Ordinal)
        .Select(example =>
            $"== {example.Name}: {example.Heading}\n{GraphText.Of(GraphText.Build(example.Source)).Trim()}\n\n{Backward(example.Source)}"));

    private static string Backward(string source) => string.Concat(PlanText.GradientOf(source).Split('\n')
        .Where(line => line.Length > 0 && !line.StartsWith("forward", StringComparison.Ordinal))
        .Select(line => line + "\n"));
}
