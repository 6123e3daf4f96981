using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The bias that dense layers and convolutions add, one number per output channel.</summary>
internal static class Biases
{
    public static Value Add(LayerContext layer, Value product, int fanIn, int fanOut, string role = "bias")
    {
        if (!layer.Flag("Bias", fallback: true))
        {
            foreach (string setting in new[] { "BiasInit", "BiasValue" }.Where(layer.Has))
                layer.Report(
                    DiagnosticDescriptors.SettingWithoutEffect, setting, layer.Kind,
                    setting, "the layer has no bias; remove it, or remove Bias = false");
            return product;
        }

        Parameter bias = layer.NewParameter(
            role, new Shape(product.Shape[product.Shape.LaneDimension]), layer.BiasInitialisation(fanIn, fanOut), decays: false);
        Value sum = layer.NewValue("biased", product.Shape);
        layer.Add(new Map(
            layer.Name,
            sum,
            Functions.Variable("x") + Functions.Variable("b"),
            [MapOperand.Same("x", product), MapOperand.Along("b", bias, product.Shape.LaneDimension)]));
        return sum;
    }
}
