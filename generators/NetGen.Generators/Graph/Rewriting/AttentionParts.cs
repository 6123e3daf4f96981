using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Rewriting;

/// <summary>
/// Writes attention over whole sequences as two products with a softmax between them: what is trained, and what predicts where all steps are there at
/// once. Streams have a form of their own and look at a prediction before this is done to it.
/// </summary>
internal static class AttentionParts
{
    public static IReadOnlyList<Operation> Rewrite(IReadOnlyList<Operation> operations) =>
        [.. operations.SelectMany(operation => operation is Attention attention ? Parts(attention) : [operation])];

    private static IEnumerable<Operation> Parts(Attention attention)
    {
        string layer = attention.Layer;
        Shape queries = attention.Queries.Shape, keys = attention.Keys.Shape;
        Index h = Index.Of(new Axis("h", queries[0])), t = Index.Of(new Axis("i", queries[1])), s = Index.Of(new Axis("j", keys[1]));
        Index c = Index.Of(new Axis("c", queries[2])), d = Index.Of(new Axis("d", attention.Values.Shape[2]));

        // Keys of all steps side by side, so that the scores of a query are.
        Value byStep = New("keysByStep", Shape.Of((keys[0], AxisRole.Head), (keys[2], AxisRole.Feature), (keys[1], AxisRole.Time)));
        yield return new Move(layer, byStep, [new MovePiece([h, c, s], new Access(attention.Keys, [h, s, c]))]);
        Shape scores = Shape.Of((queries[0], AxisRole.Head), (queries[1], AxisRole.Time), (keys[1], AxisRole.Feature));
        Value products = New("products", scores), scaled = New("scores", scores), weights = New("attention", scores);
        yield return new Contract(
            layer, new Access(products, [h, t, s]), new Access(attention.Queries, [h, t, c]), new Access(byStep, [h, c, s]));
        Expression score = Functions.Variable("x") * attention.Scale;
        yield return attention.Mask is { } mask
            ? new Map(
                layer, scaled, SequenceLength.Within(score, double.NegativeInfinity), [MapOperand.Same("x", products), SequenceLength.Along(mask, 2)])
            : new Map(layer, scaled, score, [MapOperand.Same("x", products)]);
        yield return new Softmax(layer, weights, scaled) { IsCausal = attention.IsCausal };
        yield return new Contract(
            layer, new Access(attention.Output, [t, h, d]), new Access(weights, [h, t, s]), new Access(attention.Values, [h, s, d]));

        Value New(string role, Shape shape) => new($"{role}{layer}", shape, ValueKind.Activation);
    }
}
