using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>Parts of a tensor along one dimension, and what is made of its halves.</summary>
internal static class PartLayers
{
    public static readonly LayerKind[] Kinds =
    [
        new("Slice", Slice) { KeepsRange = true },
        new("Split", Split) { KeepsRange = true },
        new("Glu", Glu),
        new("Magnitude", Magnitude) { Range = new OutputRange("of 0 or more"), IsModule = false },
    ];

    /// <summary>The dimension that an argument names, counted from the last where negative; null with a report where there is none.</summary>
    public static int? AxisOf(LayerContext layer, string argument, int rank)
    {
        int axis = layer.IntegerIn(argument, -rank, rank - 1);
        return layer.HasErrors ? null : axis < 0 ? axis + rank : axis;
    }

    /// <summary>Copies a part of a tensor.</summary>
    public static Value Part(LayerContext layer, string role, Value source, int dimension, int start, int length)
    {
        Value part = layer.NewValue(role, source.Shape.With(dimension, length));
        Axis[] axes = Axis.Along(part.Shape);
        Index[] target = [.. axes.Select(Index.Of)];
        Index[] read = [.. axes.Select((axis, d) => d == dimension ? Index.Sum(start, (axis, 1)) : Index.Of(axis))];
        layer.Add(new Move(layer.Name, part, [new MovePiece(target, new Access(source, read))]));
        return part;
    }

    private static void Slice(LayerContext layer)
    {
        Shape shape = layer.Input.Shape;
        if (AxisOf(layer, "Axis", shape.Rank) is not { } axis)
            return;
        int start = layer.IntegerIn("start", 0, shape[axis] - 1);
        int length = layer.IntegerIn("length", 1, shape[axis] - start);
        if (layer.HasErrors)
            return;
        layer.Finish(Part(layer, "slice", layer.Input, axis, start, length), $"Slice({start}, {length})");
    }

    private static void Split(LayerContext layer)
    {
        Shape shape = layer.Input.Shape;
        if (AxisOf(layer, "Axis", shape.Rank) is not { } axis)
            return;
        int parts = layer.IntegerIn("parts", 1, shape[axis]);
        if (!layer.HasErrors && shape[axis] % parts != 0)
            layer.Report(DiagnosticDescriptors.PartsDoNotDivide, "parts", layer.Kind, Words.Of(parts), shape.ToString(), Words.Of(shape[axis]));
        int part = layer.IntegerIn("part", 0, parts - 1);
        if (layer.HasErrors)
            return;
        int length = shape[axis] / parts;
        layer.Finish(Part(layer, "part", layer.Input, axis, part * length, length), $"Split({parts}, {part})");
    }

    // x · σ(g)
    private static void Glu(LayerContext layer) =>
        OfHalves(layer, "glu", ("value", "x"), ("gate", "g"), (x, g) => x * Functions.Sigmoid(g));

    // √(x² + p²), whose slope at 0 is 0.
    private static void Magnitude(LayerContext layer) => OfHalves(layer, "magnitude", ("real", "x"), ("imaginary", "p"), (x, p) =>
    {
        Expression square = (x * x) + (p * p);
        return Functions.Select(square > 0, Functions.Sqrt(square), square);
    });

    /// <summary>What is made of the first half of a dimension and the second, element by element.</summary>
    private static void OfHalves(
        LayerContext layer, string role, (string Role, string Variable) first, (string Role, string Variable) second,
        Func<Expression, Expression, Expression> combine)
    {
        Shape shape = layer.Input.Shape;
        if (AxisOf(layer, "Axis", shape.Rank) is not { } axis)
            return;
        int half = shape[axis] / 2;
        if (shape[axis] % 2 != 0)
        {
            layer.Report(DiagnosticDescriptors.PartsDoNotDivide, "Axis", layer.Kind, "2", shape.ToString(), Words.Of(shape[axis]));
            return;
        }

        Value one = Part(layer, first.Role, layer.Input, axis, 0, half);
        Value other = Part(layer, second.Role, layer.Input, axis, half, half);
        Value output = layer.NewValue(role, one.Shape);
        layer.Add(new Map(
            layer.Name, output, combine(Functions.Variable(first.Variable), Functions.Variable(second.Variable)),
            [MapOperand.Same(first.Variable, one), MapOperand.Same(second.Variable, other)]));
        layer.Finish(output, layer.Kind, 2L * output.Shape.Length);
    }
}
