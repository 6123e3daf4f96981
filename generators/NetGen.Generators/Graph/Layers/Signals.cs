using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>Signals, [channels, time], as images of a single row: the same memory.</summary>
internal static class Signals
{
    /// <summary>Whether the layer starts from channels over time; reports it if not.</summary>
    public static bool IsSignal(LayerContext layer)
    {
        if (layer.Input.Shape is { Rank: 2, IsSequence: false })
            return true;
        layer.Report(DiagnosticDescriptors.NeedsSignal, null, layer.Kind, layer.Input.Shape.ToString());
        return false;
    }

    public static Value AsRow(LayerContext layer)
    {
        Value row = layer.NewValue("row", new Shape(layer.Input.Shape[0], 1, layer.Input.Shape[1]));
        layer.Add(new Reshape(layer.Name, row, layer.Input));
        return row;
    }

    public static Value FromRow(LayerContext layer, string role, Value row)
    {
        Value signal = layer.NewValue(role, new Shape(row.Shape[0], row.Shape[2]));
        layer.Add(new Reshape(layer.Name, signal, row));
        return signal;
    }
}
