using NetGen.Numerics.Tests.Generated;
using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Promises;

/// <summary>
/// Every layer and every loss of the language, each a point of its own beside others of its family, so that few networks have them all. Each output
/// of each layer here depends on some input.
/// </summary>
internal static class LayerExamples
{
    private static readonly WindowAxis s_three = new(3, Same: true), s_two = new(2, 2);

    /// <summary>The networks that the oracle knows, by the names of their families.</summary>
    public static readonly IReadOnlyDictionary<string, OracleNetwork> WithOracle = new Dictionary<string, OracleNetwork>
    {
        ["activations"] = Beside([38], Activations.All),
        ["vectors"] = Beside([38],
        [
            () => new OracleDense(17), () => new OracleSwiGlu(9), () => new OracleGlu(), () => new OraclePRelu(perChannel: true),
            () => new OracleSoftmax(), () => new OracleSoftmax(isLogarithm: true), () => new OracleLayerNorm(), () => new OracleRmsNorm(),
            () => new OracleGroupNorm(2), () => new OracleBatchNorm(), () => OracleSlice.Of(0, 5, 20), () => OracleSlice.Part(0, 2, 1, [38]),
            () => new OracleReshape(2, 19), () => new OracleDropout("0"), () => new OracleMagnitude(),
            () => new OracleRecurrentCell(RecurrentKind.Rnn, 5), () => new OracleRecurrentCell(RecurrentKind.Lstm, 6),
            () => new OracleRecurrentCell(RecurrentKind.Gru, 17), () => new OracleRecurrentCell(RecurrentKind.GruResetBefore, 3),
        ]),
        ["images"] = Beside([4, 6, 18],
        [
            () => new OracleConv(5, s_three, s_three), () => new OracleConv(4, s_three, s_three, 4) { IsDepthwise = true },
            () => new OracleConvTranspose(3, s_two, s_two), () => new OraclePRelu(perChannel: true), () => new OracleSoftmax(),
            () => new OracleSoftmax(isLogarithm: true), () => new OracleBatchNorm(), () => new OracleLayerNorm(), () => new OracleRmsNorm(),
            () => new OracleGroupNorm(2), () => new OracleGroupNorm(4, isInstance: true), () => new OracleGlu(),
            () => new OracleDropout("0", isSpatial: true),
        ]),
        ["pools and moves"] = Beside([4, 6, 18],
        [
            () => new OracleMaxPool(s_two, s_two), () => new OracleAveragePool(s_two, s_two), () => new OracleGlobalAveragePool(),
            () => new OracleGlobalMaxPool(), () => new OracleRepeat(2), () => new OracleInterpolation(2), () => new OraclePixelShuffle(2),
            () => new OracleBorder((1, 2), 2, 1, PadMode.Reflect), () => new OracleBorder((0, 1), 1, 0, PadMode.Edge),
            () => new OracleBorder((-1, -1), -2, 0), () => new OracleTranspose(2, 0, 1), () => new OracleFlatten(), () => OracleSlice.Of(1, 1, 4),
        ]),
        ["signals"] = Beside([6, 19],
        [
            () => new OracleConv(7, null, new(3) { Causal = true }), () => new OracleConvTranspose(5, null, s_two),
            () => new OracleMaxPool(null, s_two), () => new OracleAveragePool(null, s_two), () => new OracleBatchNorm(), () => new OracleSoftmax(),
        ]),
        ["attention"] = Beside([6, 12],
        [
            () => new OracleRecurrent(RecurrentKind.GruResetBefore, 5), () => new OraclePositions(), () => new OracleSinusoidalPositions(),
            () => new OracleAttention(3, isCausal: true), () => new OracleAttention(2, isSeparate: true, rotary: RotaryPositions.Neighbours),
            () => new OracleAttention(1, rotary: RotaryPositions.Halves),
        ]),
        ["joins and blocks"] = Joined(),
        ["losses"] = Judged(),
    };

    /// <summary>Those whose numbers are compared with PyTorch's alone (<c>Conformance</c>).</summary>
    private static readonly IReadOnlyDictionary<string, string> s_others = new Dictionary<string, string>
    {
        ["sequences"] = """
            [Network]
            public partial class Network
            {
                [Input(6, 4, Sequence = true)] public partial Layer Steps { get; }
                [Rnn(7), LastStep, MeanSquaredError] public partial Layer A { get; }
                [From(nameof(Steps)), Rnn(17, Relu = true), FirstStep, MeanSquaredError] public partial Layer B { get; }
                [From(nameof(Steps)), Lstm(5)] public partial Layer Cells { get; }
                [LastStep, MeanSquaredError] public partial Layer C { get; }
                [From(nameof(Cells)), LastCell, MeanSquaredError] public partial Layer D { get; }
                [From(nameof(Steps)), Gru(5, Layers = 2, Bidirectional = true), MeanOverTime, MeanSquaredError] public partial Layer E { get; }
                [From(nameof(Steps)), Positions, MultiHeadAttention(2), MeanSquaredError] public partial Layer F { get; }
                [From(nameof(Steps)), TransformerBlock(2, 8), MaxOverTime, MeanSquaredError] public partial Layer G { get; }
                [From(nameof(Cells)), Dense(3), Loss(nameof(Row), Sum = true)] public partial Layer H { get; }

                [Differentiable]
                private static float Row([Elements(3)] ReadOnlySpan<float> y, [NotDifferentiated, Elements(3)] ReadOnlySpan<float> t) =>
                    (y[0] - t[0]) * (y[1] - t[1]) + MathF.Exp(-y[2] * t[2]);
            }
            """,
        ["functions"] = """
            [Network]
            public partial class Network
            {
                [Input(38)] public partial Layer Start { get; }
                [Activation(nameof(Swish), 1.5), Loss(nameof(Squared))] public partial Layer A { get; }
                [From(nameof(Start)), Activation(nameof(Swish), 0.5, Trainable = true), Loss(nameof(Squared), Sum = true)] public partial Layer B { get; }
                [From(nameof(Start)), Activation(nameof(Bent), 0.5, 2, Trainable = true, PerChannel = true), MeanSquaredError] public partial Layer C { get; }
                [From(nameof(Start)), Dense(3), Loss(nameof(Apart), 0.5)] public partial Layer D { get; }

                [Differentiable] private static float Swish(float x, float beta) => x * NetGen.Maths.VectorMath.Sigmoid(beta * x);
                [Differentiable] private static float Bent(float x, float low, float high) => x > 0 ? high * x : low * MathF.Tanh(x);
                [Differentiable] private static float Squared(float output, float target) => (output - target) * (output - target);
                [Differentiable]
                private static float Apart([Elements(3)] ReadOnlySpan<float> y, [NotDifferentiated, Elements(3)] ReadOnlySpan<float> t, float a)
                {
                    float sum = a;
                    for (int i = 0; i < y.Length; i++)
                        sum += (y[i] - t[i]) * (y[i] - t[i]);
                    return MathF.Sqrt(sum);
                }
            }
            """,
        ["tokens"] = "[Network, Input(4, Vocabulary = 9), Embedding(5), MeanOverTime, Dense(3), SoftmaxCrossEntropy]\npublic partial class Network;",
    };

    public static TheoryData<string> Names => [.. Sources.Keys];

    public static TheoryData<string> NamesWithOracle => [.. WithOracle.Keys];

    /// <summary>The networks' texts.</summary>
    public static IReadOnlyDictionary<string, string> Sources { get; } =
        WithOracle.ToDictionary(pair => pair.Key, pair => pair.Value.Source).Concat(s_others).ToDictionary();

    private static readonly Lazy<IReadOnlyDictionary<string, Type>> s_types = new(() => Sources.Keys
        .Zip(NetworkCompiler.Compile(Sources.Values))
        .ToDictionary(pair => pair.First, pair => pair.Second));

    /// <summary>The networks' classes, compiled once.</summary>
    public static IReadOnlyDictionary<string, Type> Types => s_types.Value;

    private static OracleNetwork Beside(int[] input, IEnumerable<Func<OracleLayer>> layers) => new(new OracleBody(
        "Network", [.. layers.Select((create, i) => Point($"P{i}", new LayerItem(create)))]) { Input = input });

    private static OracleNetwork Joined()
    {
        var body = OracleBody.Chain("Body", new LayerItem(() => new OracleConv(4, s_three, s_three)), new LayerItem(() => new OracleBatchNorm()));
        var narrow = OracleBody.Chain("Narrow", new LayerItem(() => new OracleConv(6, new(3, 2, Same: true), new(3, 2, Same: true))));
        var shortcut = OracleBody.Chain("Shortcut", new LayerItem(() => new OracleMaxPool(s_two, s_two)), new LayerItem(() => new OracleConv(6, new(1), new(1))));
        OracleItem squeezed = new LayerItem(() => new OracleSqueeze());
        return new OracleNetwork(new OracleBody("Network",
            Point("A", new UseItem(body)),
            Point("B", new UseItem(body) { Share = "A" }),
            Point("C", new ResidualItem(body) { Times = 2 }),
            Point("D", new ResidualItem(narrow, shortcut)),
            Point("E", new LayerItem(() => new OracleGlobalAveragePool()), squeezed),
            Join("F", "Add"),
            Join("G", "Subtract"),
            Join("H", "Multiply"),
            Point("I", new JoinItem(() => new OracleConcat(), "A", "C"))) { Input = [4, 6, 18] });

        static OraclePoint Join(string name, string attribute) => Point(name, new JoinItem(() => new OracleElementwise(attribute), "A", "C"));
    }

    private static OracleNetwork Judged()
    {
        OracleLoss[] losses =
        [
            OracleLosses.MeanSquaredError, OracleLosses.MeanAbsoluteError, OracleLosses.Huber, OracleLosses.SmoothL1, OracleLosses.LogCosh,
            OracleLosses.PoissonNll, new BinaryHingeOracle(), OracleLosses.BinaryCrossEntropy, new CosineOracle(), OracleLosses.SoftmaxCrossEntropy,
            OracleLosses.Weighted(5), new FocalOracle(), OracleLosses.KullbackLeibler, new MultiClassHingeOracle(),
        ];
        return new OracleNetwork(new OracleBody("Network", [.. losses.Select((loss, i) =>
            Point($"P{i}", new LayerItem(() => new OracleDense(5))) with { Loss = loss, LossWeight = i % 2 == 0 ? 1 : 0.5 })]) { Input = [7] });
    }

    private static OraclePoint Point(string name, params OracleItem[] items) => new(name, items)
    {
        From = items[0] is JoinItem ? null : Layer.Input,
        Loss = OracleLosses.MeanSquaredError,
    };
}
