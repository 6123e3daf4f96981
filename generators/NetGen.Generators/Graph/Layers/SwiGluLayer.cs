using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>y = down(silu(gate x) · up x), each of the three a dense layer; of a sequence, at each step.</summary>
internal static class SwiGluLayer
{
    public static readonly LayerKind Kind = new("SwiGlu", Build)
    {
        MindsLength = true,
        Implies = shape => shape.Rank > 1 && !shape.IsSequence ? FlattenLayer.Kind : null,
    };

    private static void Build(LayerContext layer)
    {
        int inputs = layer.Input.Shape[layer.Input.Shape.LaneDimension];
        int hidden = layer.IntegerIn("hidden", 1, Limits.MaximumExtent);
        if (layer.HasErrors || !layer.FitsInMemory("its weights", 3, hidden, inputs))
            return;

        Value gate = DenseLayer.Product(layer, "gate", layer.Input, hidden);
        Value up = DenseLayer.Product(layer, "up", layer.Input, hidden);
        Value gated = layer.NewValue("gated", gate.Shape);
        Variable g = Functions.Variable("g"), x = Functions.Variable("x");
        layer.Add(new Map(
            layer.Name, gated, g * Functions.Sigmoid(g) * x, [MapOperand.Same("g", gate), MapOperand.Same("x", up)]));
        layer.Finish(DenseLayer.Product(layer, "down", gated, inputs), $"SwiGlu({hidden})", 6L * layer.Input.Shape.Length * hidden);
    }
}
