using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The same elements under another shape, or in another order.</summary>
internal static class ShapeLayers
{
    public static readonly LayerKind[] Kinds =
    [
        new("Reshape", Reshape) { KeepsRange = true },
        new("Squeeze", Squeeze) { KeepsRange = true },
        new("Transpose", Transpose) { KeepsRange = true },
    ];

    private const int MaximumRank = 4;

    private static void Reshape(LayerContext layer)
    {
        Shape input = layer.Input.Shape;
        int[] sizes = [.. layer.Numbers("dimensions").Select(size => (int)size)];
        int known = sizes.Where(size => size > 0).Aggregate(1, (product, size) => (int)Math.Min((long)product * size, int.MaxValue));
        bool fits = sizes.Length is > 0 and <= MaximumRank && sizes.All(size => size is > 0 or -1) && sizes.Count(size => size == -1) switch
        {
            0 => known == input.Length,
            1 => input.Length % known == 0,
            _ => false,
        };
        if (!fits)
        {
            layer.Report(DiagnosticDescriptors.ReshapeDoesNotFit, "dimensions",
                string.Join("×", sizes), input.ToString(), Words.Of(input.Length));
            return;
        }

        Finish(layer, "reshaped", new Shape([.. sizes.Select(size => size == -1 ? input.Length / known : size)]));
    }

    private static void Squeeze(LayerContext layer)
    {
        Shape input = layer.Input.Shape;
        int? axis = layer.Has("axis") ? PartLayers.AxisOf(layer, "axis", input.Rank) : null;
        if (layer.HasErrors)
            return;
        if (axis is { } one && input[one] != 1)
        {
            layer.ReportValue("axis", $"a dimension of length 1 of {input}");
            return;
        }

        int[] extents = [.. input.Extents.Where((extent, d) => axis is { } taken ? d != taken : extent != 1)];
        Finish(layer, "squeezed", extents.Length == 0 ? new Shape(1) : new Shape(extents));
    }

    private static void Finish(LayerContext layer, string role, Shape shape)
    {
        Value output = layer.NewValue(role, shape);
        layer.Add(new Graph.Reshape(layer.Name, output, layer.Input));
        layer.Finish(output, $"{layer.Kind}({string.Join(", ", shape.Extents)})");
    }

    private static void Transpose(LayerContext layer)
    {
        Shape input = layer.Input.Shape;
        int[] order = [.. layer.Numbers("order").Select(axis => (int)axis)];
        if (!order.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(0, input.Rank)))
        {
            layer.Report(DiagnosticDescriptors.OrderDoesNotFit, "order",
                string.Join(", ", order), input.ToString(), string.Join(", ", Enumerable.Range(0, input.Rank)));
            return;
        }

        // The roles stay in their places: what follows reads the first dimension as channels, whatever it was before.
        Value output = layer.NewValue("transposed", new Shape([.. order.Select(axis => input[axis])]));
        Axis[] axes = Axis.Along(output.Shape);
        var read = new Index[input.Rank];
        for (int d = 0; d < read.Length; d++)
            read[order[d]] = Index.Of(axes[d]);
        layer.Add(new Move(layer.Name, output, [new MovePiece([.. axes.Select(Index.Of)], new Access(layer.Input, read))]));
        layer.Finish(output, $"Transpose({string.Join(", ", order)})");
    }
}
