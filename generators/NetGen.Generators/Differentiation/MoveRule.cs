using NetGen.Generators.Graph;
using Index = NetGen.Generators.Graph.Index;

namespace NetGen.Generators.Differentiation;

/// <summary>
/// The rule of a move: what was copied flows back to where it came from, and adds up where it was copied several times. Copies
/// of different pieces may have come from the same place, so that each piece is a share of the source's gradient.
/// </summary>
internal static class MoveRule
{
    public static void Backward(Move move, Value gradient, Differentiator differentiator)
    {
        foreach (IGrouping<Value, MovePiece> source in move.Pieces.GroupBy(piece => piece.Source.Value))
        {
            MovePiece[] pieces = [.. source];
            if (pieces.All(IsInjective) && !Overlap([.. pieces.Select(piece => piece.Source.Indices)]))
            {
                differentiator.Flow(source.Key, new Move(
                    move.Layer,
                    Differentiator.GradientOf(source.Key),
                    [.. pieces.Select(piece => new MovePiece(piece.Source.Indices, new Access(gradient, piece.Target)))]));
                continue;
            }

            foreach (MovePiece piece in pieces)
                Flow(move, piece, gradient, differentiator);
        }
    }

    /// <summary>
    /// Makes one move of the two that wrote shares of one gradient, where their pieces do not meet and nobody else has read either;
    /// null where they cannot be joined.
    /// </summary>
    public static Value? Join(List<Operation> operations, Value share, Value other)
    {
        if (operations.LastOrDefault() is not Move second || second.Output != other ||
            operations.FirstOrDefault(operation => operation.Output == share) is not Move first ||
            operations.Any(operation => operation.Inputs.Contains(share) || operation.Inputs.Contains(other)))
        {
            return null;
        }

        MovePiece[] pieces = [.. first.Pieces, .. second.Pieces];
        if (Overlap([.. pieces.Select(piece => piece.Target)]))
            return null;
        operations.Remove(first);
        operations[operations.Count - 1] = new Move(second.Layer, second.Output, pieces);
        return second.Output;
    }

    private static void Flow(Move move, MovePiece piece, Value gradient, Differentiator differentiator)
    {
        Value source = piece.Source.Value;
        var read = new Access(gradient, piece.Target);
        if (IsInjective(piece))
        {
            differentiator.Flow(source, new Move(move.Layer, Differentiator.GradientOf(source), [new MovePiece(piece.Source.Indices, read)]));
            return;
        }

        // What was repeated is summed first, over a tensor of the places that were read; then it goes to these places.
        if (piece.Source.Indices.All(index => index.IsPlain) && Covers(piece))
        {
            differentiator.Flow(source, new Reduce(
                move.Layer, new Access(Differentiator.GradientOf(source), piece.Source.Indices), read, scale: 1));
            return;
        }

        int[] extents = [.. piece.Source.Indices.Select(index => index.Terms.Count == 0 ? 1 : index.Terms.Single().Axis.Extent)];
        Value summed = Value.GradientOf(source, $"{Differentiator.GradientOf(source).Name}At", new Shape(extents));
        Index[] places = [.. piece.Source.Indices.Select(index => index.Terms.Count == 0 ? Index.Sum(0) : Index.Of(index.Terms[0].Axis))];
        differentiator.Prepare(new Reduce(move.Layer, new Access(summed, places), read, scale: 1));
        differentiator.Flow(source, new Move(
            move.Layer, Differentiator.GradientOf(source), [new MovePiece(piece.Source.Indices, new Access(summed, places))]));
    }

    /// <summary>Whether each element that is read is copied once.</summary>
    private static bool IsInjective(MovePiece piece) =>
        piece.Axes.All(axis => axis.Extent == 1 || piece.Source.Indices.Any(index => index.CoefficientOf(axis) != 0));

    private static bool Covers(MovePiece piece) => piece.Source.Indices.Select((index, d) =>
        index.Terms.Count == 1 && index.Terms[0].Axis.Extent == piece.Source.Value.Shape[d]).All(covers => covers);

    /// <summary>Whether two pieces may fall on the same element.</summary>
    private static bool Overlap(IReadOnlyList<Index>[] pieces)
    {
        for (int i = 0; i < pieces.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (pieces[i].Zip(pieces[j], Meet).All(meet => meet))
                    return true;
            }
        }

        return false;
    }

    private static bool Meet(Index a, Index b)
    {
        (int firstOfA, int lastOfA) = a.Range;
        (int firstOfB, int lastOfB) = b.Range;
        return firstOfA <= lastOfB && firstOfB <= lastOfA;
    }
}
