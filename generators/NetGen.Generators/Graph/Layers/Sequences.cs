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
