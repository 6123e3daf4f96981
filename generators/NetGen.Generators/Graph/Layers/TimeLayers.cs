using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>What is made of all steps of a sequence: the features of one step, or their means or maxima over time.</summary>
internal static class TimeLayers
{
    public static readonly LayerKind[] Kinds =
    [
        new("LastStep", layer => Step(layer, sequence => sequence.Shape[0] - 1)) { KeepsRange = true, IsModule = false },
        new("FirstStep", layer => Step(layer, _ => 0)) { KeepsRange = true, IsModule = false },
        new("LastCell", Cell) { IsModule = false },
        new("MaxOverTime", Max) { KeepsRange = true, IsModule = false },
        new("MeanOverTime", Mean) { KeepsRange = true, IsModule = false },
    ];

    private static void Step(LayerContext layer, Func<Value, int> choose)
    {
        if (Sequences.Of(layer) is not { } sequence)
            return;
        Value step = layer.NewValue("step", sequence.Shape.Row);
        layer.Add(Sequences.Row(layer, step, sequence, choose(sequence)));
        layer.Finish(step, layer.Kind);
    }

    private static void Cell(LayerContext layer)
    {
        if (layer.InputFlow.Cell is not { } cells)
        {
            layer.Report(DiagnosticDescriptors.NeedsCell, null, layer.Kind);
            return;
        }

        Value cell = layer.NewValue("cell", cells.Shape.Row);
        layer.Add(Sequences.Row(layer, cell, cells, cells.Shape[0] - 1));
        layer.Finish(cell, layer.Kind);
    }

    private static void Mean(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence)
            return;
        Index[] indices = [.. Axis.Along(sequence.Shape).Select(Index.Of)];
        Value mean = layer.NewValue("mean", sequence.Shape.Row);
        layer.Add(new Reduce(layer.Name, new Access(mean, [indices[1]]), new Access(sequence, indices), 1.0 / sequence.Shape[0]));
        layer.Finish(mean, layer.Kind, sequence.Shape.Length);
    }

    private static void Max(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence)
            return;
        (int steps, int features) = (sequence.Shape[0], sequence.Shape[1]);
        Value signal = layer.NewValue("signal", new Shape(features, 1, steps));
        Axis[] axes = Axis.Along(sequence.Shape);
        (Index step, Index feature) = (Index.Of(axes[0]), Index.Of(axes[1]));
        layer.Add(new Move(layer.Name, signal, [new MovePiece([feature, Index.Sum(0), step], new Access(sequence, [step, feature]))]));
        Value largest = layer.NewValue("largest", new Shape(features, 1, 1));
        layer.Add(new Window(layer.Name, largest, signal, WindowKind.Max, new WindowGeometry(1, steps, 1, steps, 0, 0, CountPadding: true)));
        Value output = layer.NewValue("max", new Shape(features));
        layer.Add(new Reshape(layer.Name, output, largest));
        layer.Finish(output, layer.Kind, sequence.Shape.Length);
    }
}
