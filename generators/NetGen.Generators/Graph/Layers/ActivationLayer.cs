using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>y = f(x), element by element.</summary>
internal static class ActivationLayer
{
    public static void Build(LayerContext layer)
    {
        layer.FiniteNumber("slope");
        layer.FiniteNumber("alpha");
        Activation activation = Find(layer)
            ?? throw new InvalidOperationException($"{layer.Kind} is listed as an activation but has no definition.");
        Value output = layer.NewValue(char.ToLowerInvariant(layer.Kind[0]) + layer.Kind.Substring(1), layer.Input.Shape);
        layer.Add(new Map(layer.Name, output, activation.Value, [MapOperand.Same(Activation.Input.Name, layer.Input)])
        {
            Activation = activation,
        });
        layer.Finish(output, layer.Kind, output.Shape.Length);
    }

    /// <summary>The activation that an attribute declares, or null if it declares something else.</summary>
    public static Activation? Find(LayerContext layer) => layer.Kind switch
    {
        "Relu" => Activations.Relu,
        "LeakyRelu" => Activations.LeakyRelu(layer.Number("slope", 0.01)),
        "Relu6" => Activations.Relu6,
        "Elu" => Activations.Elu(layer.Number("alpha", 1)),
        "Selu" => Activations.Selu,
        "Silu" => Activations.Silu,
        "Gelu" => layer.Flag("Approximate", false) ? Activations.GeluTanh : Activations.Gelu,
        "Mish" => Activations.Mish,
        "Softplus" => Activations.Softplus,
        "Softsign" => Activations.Softsign,
        "Sigmoid" => Activations.Sigmoid,
        "Tanh" => Activations.Tanh,
        "HardSigmoid" => Activations.HardSigmoid,
        "HardSwish" => Activations.HardSwish,
        _ => null,
    };
}
