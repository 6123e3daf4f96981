using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>What is made of all steps of a sequence: the features of one step, or their means or maxima over time.</summary>
internal static class TimeLayers
{
    public static readonly LayerKind[] Kinds =
    [
        new("LastStep", Last) { KeepsRange = true, IsModule = false, MindsLength = true },
        new("FirstStep", First) { KeepsRange = true, IsModule = false, MindsLength = true },
        new("LastCell", Cell) { IsModule = false, MindsLength = true },
        new("MaxOverTime", Max) { KeepsRange = true, IsModule = false, MindsLength = true },
        new("MeanOverTime", Mean) { KeepsRange = true, IsModule = false, MindsLength = true },
    ];

    private static void Last(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence)
            return;
        FinishLast(layer, "last", sequence);
    }

    private static void FinishLast(LayerContext layer, string role, Value sequence)
    {
        Value last = layer.NewValue(role, sequence.Shape.Row);
        layer.Add(layer.Length is { } length
            ? SumOverTime(layer, last, length.HoldLast(layer, "onlyLast", sequence), scale: 1)
            : Sequences.Row(layer, last, sequence, sequence.Shape[0] - 1));
        layer.Finish(last, layer.Kind);
    }

    private static void First(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence)
            return;
        Value step = layer.NewValue("step", sequence.Shape.Row);
        layer.Add(Sequences.Row(layer, step, sequence, 0));
        layer.Finish(step, layer.Kind);
    }

    private static void Cell(LayerContext layer)
    {
        if (layer.InputFlow.Cell is not { } cells)
        {
            layer.Report(DiagnosticDescriptors.NeedsCell, null, layer.Kind);
            return;
        }

        FinishLast(layer, "cell", cells);
    }

    private static void Mean(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence)
            return;
        Value mean = layer.NewValue("mean", sequence.Shape.Row);
        if (layer.Length is { } length)
        {
            Value sum = layer.NewValue("sum", sequence.Shape.Row);
            layer.Add(SumOverTime(layer, sum, length.Hold(layer, "within", sequence, 0), scale: 1));
            layer.Add(new Map(
                layer.Name, mean, Functions.Variable("x") / Functions.Variable("n"),
                [MapOperand.Same("x", sum), MapOperand.Along("n", length.Input, 0)]));
        }
        else
        {
            layer.Add(SumOverTime(layer, mean, sequence, 1.0 / sequence.Shape[0]));
        }

        layer.Finish(mean, layer.Kind, sequence.Shape.Length);
    }

    private static Reduce SumOverTime(LayerContext layer, Value sum, Value sequence, double scale)
    {
        Index[] indices = [.. Axis.Along(sequence.Shape).Select(Index.Of)];
        return new Reduce(layer.Name, new Access(sum, [indices[1]]), new Access(sequence, indices), scale);
    }

    private static void Max(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence)
            return;
        (int steps, int features) = (sequence.Shape[0], sequence.Shape[1]);
        if (layer.Length is { } length)
            sequence = length.Hold(layer, "within", sequence, double.NegativeInfinity);
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
