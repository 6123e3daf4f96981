using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>Sequences, [time, features], as recurrent layers and attention see them.</summary>
internal static class Sequences
{
    /// <summary>
    /// What the layer starts from as a sequence: two dimensions whose roles were open are time and features. Null with a report otherwise.
    /// </summary>
    public static Value? Of(LayerContext layer)
    {
        if (layer.Input.Shape.Rank == 2)
            return Of(layer, layer.Input, "sequence");
        layer.Report(DiagnosticDescriptors.NeedsSequence, null, layer.Kind, layer.Input.Shape.ToString());
        return null;
    }

    /// <summary>What the point that an argument names left, as a sequence; null where none is named, or with a report.</summary>
    public static Value? At(LayerContext layer, string argument)
    {
        if (layer.PointOf(argument) is not { } point)
            return null;
        if (point.Value.Shape.Rank == 2)
            return Of(layer, point.Value, "other");
        layer.Report(DiagnosticDescriptors.OtherIsNoSequence, argument, layer.Kind, point.Name, point.Value.Shape.ToString());
        return null;
    }

    private static Value Of(LayerContext layer, Value value, string role)
    {
        if (value.Shape.IsSequence)
            return value;
        Value sequence = layer.NewValue(role, Shape.Sequence(value.Shape[0], value.Shape[1]));
        layer.Add(new Reshape(layer.Name, sequence, value));
        return sequence;
    }

    /// <summary>y[t, n] = Σ_f x[t, f] · w[n, f].</summary>
    public static Value Project(LayerContext layer, Value output, Value sequence, Value weight)
    {
        Index time = Index.Of(new Axis("t", sequence.Shape[0]));
        Index unit = Index.Of(new Axis("n", weight.Shape[0]));
        Index feature = Index.Of(new Axis("k", sequence.Shape[1]));
        layer.Add(new Contract(
            layer.Name, new Access(output, [time, unit]), new Access(sequence, [time, feature]), new Access(weight, [unit, feature])));
        return output;
    }

    /// <summary>A row of a tensor: it costs nothing.</summary>
    public static Move Row(LayerContext layer, Value row, Value source, int number)
    {
        Index[] indices = [.. Axis.Along(row.Shape).Select(Index.Of)];
        return new Move(layer.Name, row, [new MovePiece(indices, new Access(source, [Index.Sum(number), .. indices]))]);
    }
}
