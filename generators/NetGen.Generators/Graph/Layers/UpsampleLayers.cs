using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>More pixels: each repeated, means of neighbours, or channels spread over squares.</summary>
internal static class UpsampleLayers
{
    public static readonly LayerKind[] Kinds =
    [
        new("Upsample", Upsample) { KeepsRange = true },
        new("PixelShuffle", PixelShuffle) { Implies = OneChannel.Before, KeepsRange = true },
    ];

    private const int MaximumFactor = 64;

    /// <summary>The runtime's <c>UpsampleMode</c>.</summary>
    private enum Mode
    {
        Nearest,
        Bilinear,
    }

    private static void Upsample(LayerContext layer)
    {
        Shape shape = layer.Input.Shape;
        if (shape.Rank is not (2 or 3))
        {
            layer.Report(DiagnosticDescriptors.NeedsImage, null, layer.Kind, shape.ToString());
            return;
        }

        int factor = layer.IntegerIn("factor", 1, MaximumFactor);
        var mode = (Mode)layer.Integer("Mode");
        if (mode is not (Mode.Nearest or Mode.Bilinear))
            layer.ReportValue("Mode", "UpsampleMode.Nearest or UpsampleMode.Bilinear");
        if (layer.HasErrors || !layer.FitsInMemory("its output", [.. shape.Extents.Select((extent, d) => d == 0 ? extent : (double)extent * factor)]))
            return;

        Value output = layer.Input;
        if (mode == Mode.Nearest)
            output = Repeat(layer, factor);
        else
        {
            for (int dimension = 1; dimension < shape.Rank; dimension++)
                output = Interpolate(layer, output, dimension, factor);
        }

        layer.Finish(output, $"Upsample({factor}{(mode == Mode.Bilinear ? ", bilinear" : "")})", mode == Mode.Nearest ? 0 : 6L * output.Shape.Length);
    }

    /// <summary>y[c, f·i + a, f·j + b] = x[c, i, j].</summary>
    private static Value Repeat(LayerContext layer, int factor)
    {
        Shape shape = layer.Input.Shape;
        Axis[] axes = Axis.Along(shape);
        Index[] target =
            [.. axes.Select((axis, d) => d == 0 ? Index.Of(axis) : Index.Sum(0, (axis, factor), (new Axis($"{axis.Name}r", factor), 1)))];
        Value output = layer.NewValue("repeated", Longer(shape, Enumerable.Range(1, shape.Rank - 1), factor));
        layer.Add(new Move(layer.Name, output, [new MovePiece(target, new Access(layer.Input, [.. axes.Select(Index.Of)]))]));
        return output;
    }

    /// <summary>
    /// Along one dimension: element f·i + a lies at i + (a + ½) / f − ½ of the input, between two of its elements; before the
    /// first and behind the last it is that one.
    /// </summary>
    private static Value Interpolate(LayerContext layer, Value input, int dimension, int factor)
    {
        Value before = Shifted(layer, input, dimension, -1), after = Shifted(layer, input, dimension, 1);
        Axis[] axes = Axis.Along(input.Shape);
        var pieces = new List<MovePiece>();
        for (int phase = 0; phase < factor; phase++)
        {
            double place = ((phase + 0.5) / factor) - 0.5;
            Value neighbour = place < 0 ? before : after;
            Value mean = layer.NewValue($"phase{phase}{Direction(input.Shape, dimension)}", input.Shape);
            layer.Add(new Map(
                layer.Name,
                mean,
                ((1 - Math.Abs(place)) * Functions.Variable("x")) + (Math.Abs(place) * Functions.Variable("n")),
                [MapOperand.Same("x", input), MapOperand.Same("n", neighbour)]));
            pieces.Add(new MovePiece(
                [.. axes.Select((axis, d) => d == dimension ? Index.Sum(phase, (axis, factor)) : Index.Of(axis))],
                new Access(mean, [.. axes.Select(Index.Of)])));
        }

        Value output = layer.NewValue($"means{Direction(input.Shape, dimension)}", Longer(input.Shape, [dimension], factor));
        layer.Add(new Move(layer.Name, output, pieces));
        return output;
    }

    /// <summary>Each element's neighbour along a dimension; its own value at the end.</summary>
    private static Value Shifted(LayerContext layer, Value input, int dimension, int by)
    {
        Value output = layer.NewValue($"{(by < 0 ? "before" : "after")}{Direction(input.Shape, dimension)}", input.Shape);
        int length = input.Shape[dimension];
        Axis[] whole = Axis.Along(input.Shape);
        var pieces = new List<MovePiece>
        {
            Piece(new Axis("e", 1), target: by < 0 ? 0 : length - 1, source: by < 0 ? 0 : length - 1),
        };
        if (length > 1)
            pieces.Add(Piece(new Axis("e", length - 1), target: by < 0 ? 1 : 0, source: by < 0 ? 0 : 1));
        layer.Add(new Move(layer.Name, output, pieces));
        return output;

        MovePiece Piece(Axis along, int target, int source) => new(
            [.. whole.Select((axis, d) => d == dimension ? Index.Sum(target, (along, 1)) : Index.Of(axis))],
            new Access(input, [.. whole.Select((axis, d) => d == dimension ? Index.Sum(source, (along, 1)) : Index.Of(axis))]));
    }

    /// <summary>y[c, r·i + u, r·j + v] = x[r²·c + r·u + v, i, j].</summary>
    private static void PixelShuffle(LayerContext layer)
    {
        Shape shape = layer.Input.Shape;
        if (!SpatialAxis.IsImage(layer))
            return;
        int factor = layer.IntegerIn("factor", 1, MaximumFactor);
        int squared = factor * factor;
        if (!layer.HasErrors && shape[0] % squared != 0)
            layer.Report(DiagnosticDescriptors.PartsDoNotDivide, "factor", layer.Kind, Words.Of(squared), shape.ToString(), Words.Of(shape[0]));
        if (layer.HasErrors)
            return;

        var c = new Axis("c", shape[0] / squared);
        var u = new Axis("u", factor);
        var v = new Axis("v", factor);
        var i = new Axis("i", shape[1]);
        var j = new Axis("j", shape[2]);
        Value output = layer.NewValue("shuffled", new Shape(c.Extent, shape[1] * factor, shape[2] * factor));
        layer.Add(new Move(layer.Name, output, [new MovePiece(
            [Index.Of(c), Index.Sum(0, (i, factor), (u, 1)), Index.Sum(0, (j, factor), (v, 1))],
            new Access(layer.Input, [Index.Sum(0, (c, squared), (u, factor), (v, 1)), Index.Of(i), Index.Of(j)]))]));
        layer.Finish(output, $"PixelShuffle({factor})");
    }

    private static string Direction(Shape shape, int dimension) => dimension == shape.Rank - 1 ? "Columns" : "Rows";

    private static Shape Longer(Shape shape, IEnumerable<int> dimensions, int factor) =>
        dimensions.Aggregate(shape, (longer, dimension) => longer.With(dimension, longer[dimension] * factor));
}
