using NetGen.Benchmarks.Peers.Onnx;

namespace NetGen.Benchmarks.Sweep;

/// <summary>The activations that can be drawn.</summary>
internal static class ActivationKinds
{
    // In operations of the processor's peak, for one element.
    private const double Exponential = 32;
    private const double Logarithm = 32;
    private const double HyperbolicTangent = 38;
    private const double Division = 12;

    private static readonly Func<int[], DrawnLayer>[] s_kinds =
    [
        Of("Relu", 0, Operator("Relu")),
        Of("Relu6", 0, Clip(0, 6)),
        Of("LeakyRelu", 0, Operator("LeakyRelu", AttributeMessage.Of("alpha", 0.01f))),
        Of("Sigmoid", Exponential + Division, Operator("Sigmoid")),
        Of("Tanh", HyperbolicTangent, Operator("Tanh")),
        Of("Elu", Exponential, Operator("Elu")),
        Of("Selu", Exponential, Operator("Selu")),
        Of("Silu", Exponential + Division, (graph, _, inputs) => graph.Add("Mul", [inputs[0], graph.Add("Sigmoid", inputs)])),
        Of("Gelu", HyperbolicTangent, Operator("Gelu")),
        Of("Gelu(Approximate = true)", HyperbolicTangent, Operator("Gelu", AttributeMessage.Of("approximate", "tanh"))),
        Of("Mish", Exponential + Division, Operator("Mish")),
        Of("Softplus", Exponential + Logarithm, Operator("Softplus")),
        Of("Softsign", Division, Operator("Softsign")),
        Of("HardSigmoid", 0, Operator("HardSigmoid", AttributeMessage.Of("alpha", 1 / 6f), AttributeMessage.Of("beta", 0.5f))),
        Of("HardSwish", 0, Operator("HardSwish")),
        Of("HardTanh", 0, Clip(-1, 1)),
        Of("PRelu", 0, (graph, name, inputs) => graph.Add("PRelu", [inputs[0], .. graph.Parameters(name + ".weight")])),
    ];

    /// <summary>How many there are; those that networks have most come first.</summary>
    public static int Count => s_kinds.Length;

    /// <summary>One of them, for a shape.</summary>
    public static DrawnLayer Create(int kind, int[] shape) => s_kinds[kind](shape);

    private static Func<int[], DrawnLayer> Of(string attribute, double functions, OnnxWriter onnx) =>
        shape => new DrawnLayer(attribute, shape, onnx) { Functions = functions * DrawnLayer.LengthOf(shape), IsElementwise = true };

    private static OnnxWriter Operator(string name, params AttributeMessage[] attributes) =>
        (graph, _, inputs) => graph.Add(name, inputs, attributes);

    private static OnnxWriter Clip(float least, float most) =>
        (graph, name, inputs) => graph.Add("Clip", [inputs[0], graph.Constant(name + ".least", least), graph.Constant(name + ".most", most)]);
}
