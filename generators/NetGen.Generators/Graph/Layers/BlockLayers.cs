using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The layers of a block, alone or beside a shortcut: y = block(x), y = shortcut(x) + body(x).</summary>
internal static class BlockLayers
{
    public static readonly LayerKind[] Kinds = [new("Use", Use) { MindsLength = true }, new("Residual", Residual) { MindsLength = true }];

    // More of one block than anybody means, and few enough to be written out.
    private const int MaximumTimes = 1000;

    private static void Use(LayerContext layer)
    {
        if (IsRepeatable(layer) && layer.RunBlock("TBlock", layer.Path) is { } output)
            layer.PassOn(output);
    }

    private static void Residual(LayerContext layer)
    {
        if (!IsRepeatable(layer) || layer.RunBlock("TBody", layer.Path.Inner("body")) is not { } body)
            return;
        Flow? shortcut = layer.Has("TShortcut") ? layer.RunBlock("TShortcut", layer.Path.Inner("shortcut")) : layer.InputFlow;
        if (shortcut is null)
            return;

        if (!body.Value.Shape.Extents.SequenceEqual(shortcut.Value.Shape.Extents))
        {
            string other = layer.Has("TShortcut") ? "the shortcut's output" : "its input";
            layer.Report(DiagnosticDescriptors.ShapesDiffer, "TBody",
                layer.Kind, "the body's output", body.Value.Shape.ToString(), other, shortcut.Value.Shape.ToString(),
                "give the body that shape, or write a block between the angle brackets that gives the shortcut the body's: "
                + "[Residual<Body, Shortcut>]");
            return;
        }

        Value output = JoinLayers.Sum(layer, [shortcut.Value, body.Value]);
        layer.Finish(output, "Residual", output.Shape.Length);
    }

    private static bool IsRepeatable(LayerContext layer)
    {
        layer.IntegerIn("Times", 1, MaximumTimes, fallback: 1);
        return !layer.HasErrors;
    }
}
