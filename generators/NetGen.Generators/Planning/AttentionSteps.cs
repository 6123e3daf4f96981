using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>Attention over whole sequences and its gradients as steps.</summary>
/// <param name="linesOf">Where a tensor's rows lie, lines of them: those of one step, or those of one head.</param>
internal sealed class AttentionSteps(Func<Value, RowOperand> linesOf)
{
    public AttentionStep Of(Attention attention) => new(
        attention.Layer, $"{attention.Output.Name}: the values that each step looks at, each as much as its key is like the query", "Attend",
        ExtentsOf(attention),
        [
            linesOf(attention.Output), ByHead(attention.Sums), ByHead(attention.Queries), ByHead(attention.Keys), ByHead(attention.Values),
        ],
        2, LengthOf(attention));

    public AttentionStep Of(AttentionGradient gradient)
    {
        Attention forward = gradient.Forward;
        string comment = $"{gradient.Output.Name}, {gradient.Keys.Name} and {gradient.Values.Name}: "
            + $"{gradient.Gradient.Name} through the weights, which are made again";
        return new AttentionStep(
            gradient.Layer, comment, "Gradient", ExtentsOf(forward),
            [
                ByHead(gradient.Output), ByHead(gradient.Keys), ByHead(gradient.Values), linesOf(gradient.Gradient), linesOf(forward.Output),
                ByHead(forward.Sums), ByHead(forward.Queries), ByHead(forward.Keys), ByHead(forward.Values),
            ],
            3, LengthOf(forward));
    }

    private static AttentionExtents ExtentsOf(Attention attention)
    {
        Shape queries = attention.Queries.Shape, values = attention.Values.Shape;
        return new AttentionExtents(queries[0], queries[1], values[1], queries[2], values[2], attention.Scale, attention.IsCausal);
    }

    // What comes of the heads lies step by step; all else head by head, so that from line to line one goes to the next step.
    private RowOperand ByHead(Value value)
    {
        RowOperand lines = linesOf(value);
        return lines with { RowStride = lines.LineStride, LineStride = lines.RowStride };
    }

    private RowOperand? LengthOf(Attention attention) => attention.Length is { } length ? linesOf(length) : null;
}
