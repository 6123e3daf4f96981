using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>y = down(silu(gate x) · up x), each of the three a dense layer.</summary>
internal static class SwiGluLayer
{
    public static readonly LayerKind Kind = new("SwiGlu", Build) { Implies = shape => shape.Rank > 1 ? FlattenLayer.Kind : null };

    private static void Build(LayerContext layer)
    {
        int inputs = layer.Input.Shape.Length;
        int hidden = layer.IntegerIn("hidden", 1, Limits.MaximumExtent);
        if (layer.HasErrors || !layer.FitsInMemory("its weights", 3, hidden, inputs))
            return;

        Value gate = DenseLayer.Product(layer, "gate", layer.Input, hidden);
        Value up = DenseLayer.Product(layer, "up", layer.Input, hidden);
        Value gated = layer.NewValue("gated", gate.Shape);
        Variable g = Functions.Variable("g"), x = Functions.Variable("x");
        layer.Add(new Map(
            layer.Name, gated, g * Functions.Sigmoid(g) * x, [MapOperand.Same("g", gate), MapOperand.Same("x", up)]));
        layer.Finish(DenseLayer.Product(layer, "down", gated, inputs), $"SwiGlu({hidden})", 6L * inputs * hidden);
    }
}
