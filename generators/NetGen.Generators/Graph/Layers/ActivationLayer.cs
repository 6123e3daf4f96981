namespace NetGen.Generators.Graph.Layers;

/// <summary>y = f(x), element by element.</summary>
internal static class ActivationLayer
{
    public static void Build(LayerContext layer)
    {
        Activation activation = Activation.Find(layer)
            ?? throw new InvalidOperationException($"{layer.Kind} is listed as an activation but has no definition.");
        Value output = layer.NewValue(activation.Name.ToLowerInvariant(), layer.Input.Shape);
        layer.Add(new Map(layer.Name, output, activation.Value, [MapOperand.Same("x", layer.Input)]));
        layer.Finish(output, activation.Name, output.Shape.Length);
    }
}
