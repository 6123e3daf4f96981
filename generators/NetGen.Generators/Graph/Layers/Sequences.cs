using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>Sequences, [time, features], as recurrent layers and attention see them.</summary>
internal static class Sequences
{
    /// <summary>What the layer starts from as a sequence: two dimensions whose roles were open are time and features. Null with a report otherwise.</summary>
    public static Value? Of(LayerContext layer)
    {
        Shape shape = layer.Input.Shape;
        if (shape.IsSequence)
            return layer.Input;
        if (shape.Rank != 2)
        {
            layer.Report(DiagnosticDescriptors.NeedsSequence, null, layer.Kind, shape.ToString());
            return null;
        }

        Value sequence = layer.NewValue("sequence", Shape.Sequence(shape[0], shape[1]));
        layer.Add(new Reshape(layer.Name, sequence, layer.Input));
        return sequence;
    }

    /// <summary>y[t, n] = Σ_f x[t, f] · w[n, f] and, of several gates, y[t, g, n] with a weight for each.</summary>
    public static Value Project(LayerContext layer, Value output, Value sequence, Value weight)
    {
        var time = new Axis("t", sequence.Shape[0]);
        Axis[] units = [.. weight.Shape.Extents.Take(weight.Shape.Rank - 1).Select((extent, d) => new Axis(d == weight.Shape.Rank - 2 ? "n" : "g", extent))];
        var feature = new Axis("k", sequence.Shape[1]);
        Index[] outputs = [.. units.Select(Index.Of)];
        layer.Add(new Contract(
            layer.Name,
            new Access(output, [Index.Of(time), .. outputs]),
            new Access(sequence, [Index.Of(time), Index.Of(feature)]),
            new Access(weight, [.. outputs, Index.Of(feature)])));
        return output;
    }

    /// <summary>A row of a tensor: it costs nothing.</summary>
    public static Move Row(LayerContext layer, Value row, Value source, int number)
    {
        Index[] indices = [.. Axis.Along(row.Shape).Select(Index.Of)];
        return new Move(layer.Name, row, [new MovePiece(indices, new Access(source, [Index.Sum(number), .. indices]))]);
    }
}
