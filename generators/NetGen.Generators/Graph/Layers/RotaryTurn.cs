using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>
/// Rotary positions (J. Su et al., "RoFormer", 2021): pairs of a head's features, in queries and keys, are turned by an angle that grows with the
/// step, so that the product of a query and a key depends on how far apart they are: (x, y) becomes (x cos − y sin, y cos + x sin).
/// </summary>
internal static class RotaryTurn
{
    /// <summary>The runtime's <c>RotaryPositions</c>.</summary>
    private enum Pairs
    {
        None,
        Neighbours,
        Halves,
    }

    /// <summary>Reports settings that an attention of these heads cannot have.</summary>
    public static void Check(LayerContext layer, int heads, int size)
    {
        if (!IsOn(layer) && layer.Has("RotaryBase"))
        {
            layer.Report(DiagnosticDescriptors.SettingWithoutEffect, "RotaryBase", layer.Kind, "RotaryBase",
                "positions are not rotary; write Rotary = RotaryPositions.Neighbours beside it, or remove it");
        }

        if (layer.Number("Rotary") is not (>= (double)Pairs.None and <= (double)Pairs.Halves))
            layer.ReportValue("Rotary", "RotaryPositions.None, RotaryPositions.Neighbours or RotaryPositions.Halves");
        else if (IsOn(layer) && size % 2 != 0)
            layer.Report(DiagnosticDescriptors.RotaryNeedsPairs, "Rotary", layer.Kind, Words.Of(heads), Words.Of(size));
        layer.NumberThat(value => value > 1 && !double.IsInfinity(value), "RotaryBase", "above 1 and finite", UsualBase);
    }

    /// <summary>Whether an attention has them.</summary>
    public static bool IsOn(LayerContext layer) => (Pairs)layer.Integer("Rotary") != Pairs.None;

    /// <summary>Turns queries and keys, [heads, time, features of a head], where the layer says so.</summary>
    public static void Apply(LayerContext layer, Value[] rows)
    {
        if (!IsOn(layer))
            return;
        (Value cosines, Value sines) = Tables(layer, "", rows[0].Shape);
        (Value ofKeys, Value sinesOfKeys) = rows[1].Shape[1] == rows[0].Shape[1] ? (cosines, sines) : Tables(layer, "OfKeys", rows[1].Shape);
        rows[0] = Turned(layer, "Queries", rows[0], cosines, sines);
        rows[1] = Turned(layer, "Keys", rows[1], ofKeys, sinesOfKeys);
    }

    private const double UsualBase = 10000;

    private static (Value Cosines, Value Sines) Tables(LayerContext layer, string suffix, Shape shape)
    {
        return (Table("cosines", PositionFunction.RotaryCosines), Table("sines", PositionFunction.RotarySines));

        Value Table(string role, PositionFunction function)
        {
            Value table = layer.NewValue($"{role}{suffix}", Shape.Sequence(shape[1], shape[2]), ValueKind.Derived);
            layer.Add(new PositionTable(layer.Name, table, function, layer.Number("RotaryBase", UsualBase), IsHalved(layer)));
            return table;
        }
    }

    // y = x · cosine + partner · sine, where the sine has the sign of its place in the pair.
    private static Value Turned(LayerContext layer, string role, Value value, Value cosines, Value sines)
    {
        (int heads, int steps, int size) = (value.Shape[0], value.Shape[1], value.Shape[2]);
        Index h = Index.Of(new Axis("h", heads)), t = Index.Of(new Axis("i", steps));
        var pair = new Axis("c", size / 2);
        (Index first, Index second) = IsHalved(layer)
            ? (Index.Of(pair), Index.Sum(size / 2, (pair, 1)))
            : (Index.Sum(0, (pair, 2)), Index.Sum(1, (pair, 2)));
        Value partners = layer.NewValue($"partnersOf{role}", value.Shape);
        layer.Add(new Move(layer.Name, partners,
        [
            new MovePiece([h, t, first], new Access(value, [h, t, second])),
            new MovePiece([h, t, second], new Access(value, [h, t, first])),
        ]));
        Value turned = layer.NewValue($"turned{role}", value.Shape);
        layer.Add(new Map(
            layer.Name, turned, (Functions.Variable("x") * Functions.Variable("c")) + (Functions.Variable("p") * Functions.Variable("s")),
            [
                MapOperand.Same("x", value),
                new MapOperand("c", cosines, [1, 2]) { IsConstant = true },
                MapOperand.Same("p", partners),
                new MapOperand("s", sines, [1, 2]) { IsConstant = true },
            ]));
        return turned;
    }

    private static bool IsHalved(LayerContext layer) => (Pairs)layer.Integer("Rotary") == Pairs.Halves;
}
