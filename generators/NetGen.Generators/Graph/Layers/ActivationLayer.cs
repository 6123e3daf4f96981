using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>y = f(x), element by element. The functions themselves are in <see cref="Activations"/>.</summary>
internal static class ActivationLayer
{
    public static readonly LayerKind[] Kinds =
    [
        Of("Relu", _ => Activations.Relu, new("of 0 or more")),
        Of("LeakyRelu", layer => Activations.LeakyRelu(layer.FiniteNumber("slope"))),
        Of("Relu6", _ => Activations.Relu6, new("from 0 to 6")),
        Of("Elu", layer => Activations.Elu(layer.FiniteNumber("alpha"))),
        Of("Selu", _ => Activations.Selu),
        Of("Silu", _ => Activations.Silu),
        Of("Gelu", layer => layer.Flag("Approximate", fallback: false) ? Activations.GeluTanh : Activations.Gelu),
        Of("Mish", _ => Activations.Mish),
        Of("Softplus", _ => Activations.Softplus, new("above 0")),
        Of("Softsign", _ => Activations.Softsign, new("from -1 to 1", OutputMeaning.Signs)),
        Of("Sigmoid", _ => Activations.Sigmoid, new("from 0 to 1", OutputMeaning.Probabilities)),
        Of("Tanh", _ => Activations.Tanh, new("from -1 to 1", OutputMeaning.Signs)),
        Of("HardSigmoid", _ => Activations.HardSigmoid, new("from 0 to 1", OutputMeaning.Probabilities)),
        Of("HardSwish", _ => Activations.HardSwish),
        Of("HardTanh", HardTanh),
        Of("ClippedRelu", layer => Activations.ClippedRelu(Positive(layer, "ceiling")), new("of 0 or more")),
        Of("Celu", layer => Activations.Celu(Positive(layer, "alpha"))),
        Of("HardShrink", layer => Activations.HardShrink(NotNegative(layer, "reach"))),
        Of("SoftShrink", layer => Activations.SoftShrink(NotNegative(layer, "reach"))),
        Of("TanhShrink", _ => Activations.TanhShrink),
        Of("Threshold", layer => Activations.Threshold(layer.FiniteNumber("threshold"), layer.FiniteNumber("value"))),
        Of("LogSigmoid", _ => Activations.LogSigmoid, new("below 0")),
    ];

    private static Activation HardTanh(LayerContext layer)
    {
        double minimum = layer.FiniteNumber("minimum");
        double maximum = layer.NumberThat(
            value => value > minimum && !double.IsInfinity(value), "maximum", $"finite and above the minimum, {Words.Of(minimum)}", minimum + 1);
        return Activations.HardTanh(minimum, maximum);
    }

    private static double Positive(LayerContext layer, string argument) =>
        layer.NumberThat(value => value > 0 && !double.IsInfinity(value), argument, "positive and finite", fallback: 1);

    private static double NotNegative(LayerContext layer, string argument) =>
        layer.NumberThat(value => value >= 0 && !double.IsInfinity(value), argument, "at least 0 and finite", fallback: 0);

    private static LayerKind Of(string name, Func<LayerContext, Activation> function, OutputRange? range = null) =>
        new(name, layer => Build(layer, function(layer))) { IsActivation = true, Range = range, MindsLength = true };

    private static void Build(LayerContext layer, Activation activation)
    {
        Value output = layer.NewValue(char.ToLowerInvariant(layer.Kind[0]) + layer.Kind.Substring(1), layer.Input.Shape);
        layer.Add(new Map(layer.Name, output, activation.Value, [MapOperand.Same(Activation.Input.Name, layer.Input)])
        {
            Activation = activation,
        });
        layer.Finish(output, Words.Call(layer.Kind, layer.Settings), output.Shape.Length);
    }
}
