using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>y = a + b + …, a − b − … and a · b · …, element by element, with what is 1 long repeated.</summary>
internal static class JoinLayers
{
    public static readonly LayerKind[] Kinds =
    [
        Elementwise("Add", (a, b) => a + b),
        Elementwise("Subtract", (a, b) => a - b),
        Elementwise("Multiply", (a, b) => a * b),
        new("Concat", Concat) { IsJoin = true, IsModule = false, MindsLength = true },
    ];

    /// <summary>The elementwise sum of two tensors that are known to fit: what a residual connection ends with.</summary>
    public static Value Sum(LayerContext layer, IReadOnlyList<Value> operands) =>
        Combine(layer, "sum", operands, operands[0].Shape, (a, b) => a + b);

    private static LayerKind Elementwise(string name, Func<Expression, Expression, Expression> combine) =>
        new(name, layer => Build(layer, combine)) { IsJoin = true, IsModule = false, MindsLength = true };

    private static void Build(LayerContext layer, Func<Expression, Expression, Expression> combine)
    {
        if (layer.Operands() is not { } operands || Common(layer, operands) is not { } shape)
            return;
        string role = layer.Kind switch { "Add" => "sum", "Subtract" => "difference", _ => "product" };
        Value output = Combine(layer, role, [.. operands.Select(operand => operand.Flow.Value)], shape, combine);
        layer.Finish(output, layer.Kind, (long)shape.Length * (operands.Count - 1));
    }

    /// <summary>One behind the other along a dimension.</summary>
    private static void Concat(LayerContext layer)
    {
        if (layer.Operands() is not { } operands)
            return;
        Operand first = operands[0];
        Shape shape = first.Flow.Value.Shape;
        if (PartLayers.AxisOf(layer, "Axis", shape.Rank) is not { } axis)
            return;

        // What is put behind the last step that there may be does not stand behind the last that there is.
        if (layer.Length is not null && shape.Dimensions[axis].Role == AxisRole.Time)
        {
            layer.Report(DiagnosticDescriptors.LengthUnknownTo, "Axis", layer.Kind);
            return;
        }

        var pieces = new List<MovePiece>();
        int length = 0;
        foreach (Operand operand in operands)
        {
            Value value = operand.Flow.Value;
            if (value.Shape.Rank != shape.Rank || value.Shape.Extents.Where((extent, d) => d != axis && extent != shape[d]).Any())
            {
                layer.ReportElement(DiagnosticDescriptors.ShapesDiffer, "points", operand.Element,
                    layer.Kind, first.Words, shape.ToString(), operand.Words, value.Shape.ToString(),
                    $"give both the same shape but for dimension {axis}, along which they are joined");
                return;
            }

            Axis[] axes = Axis.Along(value.Shape);
            int start = length;
            pieces.Add(new MovePiece(
                [.. axes.Select((a, d) => d == axis ? Index.Sum(start, (a, 1)) : Index.Of(a))],
                new Access(value, [.. axes.Select(Index.Of)])));
            length += value.Shape[axis];
        }

        if (!layer.FitsInMemory("its output", [.. shape.With(axis, length).Extents.Select(extent => (double)extent)]))
            return;
        Value output = layer.NewValue("joined", shape.With(axis, length));
        layer.Add(new Move(layer.Name, output, pieces));
        layer.Finish(output, "Concat");
    }

    /// <summary>The features of several sequences side by side.</summary>
    public static Value SideBySide(LayerContext layer, IReadOnlyList<Value> sequences)
    {
        Value output = layer.NewValue("joined", Shape.Sequence(sequences[0].Shape[0], sequences.Sum(sequence => sequence.Shape[1])));
        var pieces = new List<MovePiece>();
        int length = 0;
        foreach (Value sequence in sequences)
        {
            Axis[] axes = Axis.Along(sequence.Shape);
            pieces.Add(new MovePiece([Index.Of(axes[0]), Index.Sum(length, (axes[1], 1))], new Access(sequence, [.. axes.Select(Index.Of)])));
            length += sequence.Shape[1];
        }

        layer.Add(new Move(layer.Name, output, pieces));
        return output;
    }

    private static Value Combine(
        LayerContext layer, string role, IReadOnlyList<Value> operands, Shape shape, Func<Expression, Expression, Expression> combine)
    {
        Value output = layer.NewValue(role, shape);
        Variable[] variables = [.. operands.Select((_, i) => Functions.Variable(Letters(i)))];
        layer.Add(new Map(
            layer.Name,
            output,
            variables.Cast<Expression>().Aggregate(combine),
            [.. variables.Zip(operands, (variable, value) => MapOperand.Same(variable.Name, value))]));
        return output;
    }

    // Without digits, which are for the copies of a variable in unrolled loops.
    private static string Letters(int operand) => operand < 8 ? "xpqrtuvw"[operand].ToString() : "p" + Letters(operand - 8);

    /// <summary>The shape of the result, or null with a report where an operand does not fit the first.</summary>
    private static Shape? Common(LayerContext layer, IReadOnlyList<Operand> operands)
    {
        Operand first = operands[0];
        Shape result = first.Flow.Value.Shape;
        foreach (Operand other in operands.Skip(1))
        {
            Shape shape = other.Flow.Value.Shape;
            if (shape.Rank != result.Rank || shape.Extents.Zip(result.Extents, (a, b) => a != b && a != 1 && b != 1).Any(differs => differs))
            {
                layer.ReportElement(DiagnosticDescriptors.ShapesDiffer, "points", other.Element,
                    layer.Kind, first.Words, first.Flow.Value.Shape.ToString(), other.Words, shape.ToString(),
                    "give both the same shape, or 1 where a dimension is to be repeated");
                return null;
            }

            result = new Shape(shape.Dimensions
                .Zip(result.Dimensions, (a, b) => b.Extent == 1 ? b with { Extent = a.Extent } : b)
                .ToEquatableArray());
        }

        return result;
    }
}
