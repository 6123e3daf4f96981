using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>y = x for x > 0, w · x otherwise, with one w, or one per channel.</summary>
internal static class PReluLayer
{
    public static readonly LayerKind Kind = new("PRelu", Build) { IsActivation = true, MindsLength = true };

    private static void Build(LayerContext layer)
    {
        int slopes = layer.Flag("PerChannel", fallback: false) ? layer.Input.Shape[layer.Input.Shape.LaneDimension] : 1;
        Parameter weight = layer.NewParameter("weight", new Shape(slopes), new Initialisation("Constant", 0.25, 1, 1), decays: false);
        Variable x = Functions.Variable("x"), w = Functions.Variable("w");
        Value output = layer.NewValue("prelu", layer.Input.Shape);
        layer.Add(new Map(
            layer.Name, output, Functions.Select(x > 0, x, w * x),
            [MapOperand.Same("x", layer.Input), MapOperand.Along("w", weight, layer.Input.Shape.LaneDimension)])
        {
            IsRectifier = true,
        });
        layer.Finish(output, "PRelu", output.Shape.Length);
    }
}
