using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Placing;

/// <summary>
/// Which tensors are the same memory under another shape. A group has a root, which decides how the memory lies: what lies as
/// the caller wants it, or its image, or else the member with the most dimensions.
/// </summary>
/// <param name="callers">The tensors in callers' memory.</param>
/// <param name="scanned">The tensors of all steps of a scan, which have room beside them for what comes before the first.</param>
/// <param name="plain">The tensors each of whose dimensions has one stride: operations begin anywhere in them, or run along whole rows.</param>
/// <param name="panels">The tensors that loops go through together with weights in panels, and the width of those.</param>
internal sealed class Views(
    IEnumerable<Value> callers, IEnumerable<Value> scanned, IEnumerable<Value> plain, IEnumerable<(Value Value, int Width)> panels)
{
    private readonly HashSet<Value> _callers = [.. callers];
    private readonly HashSet<Value> _scanned = [.. scanned];
    private readonly HashSet<Value> _plain = [.. plain];
    private readonly ILookup<Value, int> _panels = panels.ToLookup(pair => pair.Value, pair => pair.Width);
    private readonly Dictionary<Value, Part> _parts = [];
    private readonly HashSet<Value> _uncopied = [];
    private readonly HashSet<Value> _readBehind = [];
    private readonly Dictionary<Value, Value> _roots = [];
    private readonly Dictionary<Value, List<Value>> _members = [];
    private readonly Dictionary<Value, Companions> _companions = [];

    /// <summary>The tensor whose memory a value is a view of; itself where it is none.</summary>
    public Value RootOf(Value value) => _roots.TryGetValue(value, out Value? root) ? root : value;

    public bool IsView(Value value) => RootOf(value) != value;

    /// <summary>Makes two tensors views of one memory; false where no layout serves both shapes, and all theirs.</summary>
    public bool TryJoin(Value source, Value view)
    {
        (Value a, Value b) = (RootOf(source), RootOf(view));
        if (a == b)
            return true;

        Value root = Rank(b).CompareTo(Rank(a)) > 0 ? b : a;
        Value[] members = [.. MembersOf(a), .. MembersOf(b)];
        if (!members.All(member => Carves(root.Shape, member.Shape) && !(_plain.Contains(member) && Splits(root.Shape, member.Shape)))
            || !TryTie(source, view))
            return false;
        foreach (Value member in members)
            _roots[member] = root;
        _members[root] = [.. members];
        return true;
    }

    /// <summary>Lets nothing that comes later cut a tensor's dimensions; gives the tensor.</summary>
    public Value KeepPlain(Value value)
    {
        _plain.Add(value);
        return value;
    }

    /// <summary>
    /// Notes that one loop goes through two tensors, so that neither they nor their views may be cut where the other is not; false where they are
    /// already.
    /// </summary>
    public bool TryTie(Value one, Value other)
    {
        (Companions a, Companions b) = (CompanionsOf(one), CompanionsOf(other));
        if (a == b)
            return true;
        int[] boundaries = [.. a.Boundaries, .. b.Boundaries];
        if (!Nest(boundaries) || !Nest(boundaries.Where(boundary => boundary < boundaries.Max()).Concat(a.Panels).Concat(b.Panels)))
            return false;
        (Companions fewer, Companions more) = a.Members.Count < b.Members.Count ? (a, b) : (b, a);
        more.Members.AddRange(fewer.Members);
        more.Boundaries.UnionWith(fewer.Boundaries);
        more.Panels.UnionWith(fewer.Panels);
        foreach (Value value in fewer.Members)
            _companions[value] = more;
        return true;
    }

    /// <summary>Makes one tensor a part, at some offset, of another's memory, or all of it, wherever its elements lie there.</summary>
    public void Attach(Value part, Value whole) => _roots[part] = RootOf(whole);

    /// <summary>The rows, at a step of time or by a number, of another tensor that a value is; null where it is none.</summary>
    public Part? PartOf(Value value) => _parts.TryGetValue(value, out Part? part) ? part : null;

    /// <summary>Makes a tensor a row of another.</summary>
    public void Attach(Value row, Part part)
    {
        _parts[row] = part;
        Attach(row, part.Whole);
    }

    /// <summary>
    /// Makes a copy of a row, or of a part of a vector, no copy at all: it is read where it lies. False where it must be copied. Behind a part
    /// of a vector stands what is none of it, which only the body of a step reads harmlessly, lane by lane.
    /// </summary>
    public bool TryAttach(Move move, bool isInStep)
    {
        if (move.Pieces.Count != 1 || IsView(move.Output) || move.Output.Shape.IsSpatial || !new Access(move.Output, move.Pieces[0].Target).IsWhole)
            return false;
        Access source = move.Pieces[0].Source;
        if (!source.Value.IsPerSample || source.Value.Shape.IsSpatial || (IsView(source.Value) && PartOf(source.Value) is null))
            return false;
        Graph.Index first = source.Indices[0];
        if (first.Terms.Count == 0 && source.Indices.Skip(1).SequenceEqual(move.Pieces[0].Target))
            Attach(move.Output, new Part(source.Value, first.Offset));
        else if (isInStep && source.Value.Shape.IsVector && first.Terms.Count == 1 && (first with { Offset = 0 }).Equals(move.Pieces[0].Target[0]))
        {
            Attach(move.Output, new Part(source.Value, first.Offset, move.Output.Shape[0]));
            _readBehind.Add(RootOf(source.Value));
        }
        else
            return false;
        _plain.Add(source.Value);
        _uncopied.Add(move.Output);
        return true;
    }

    /// <summary>
    /// Makes what the body of a step computes for a vector, and puts into it piece by piece, parts of that vector: computed where it goes,
    /// it needs no copy. Whole registers alone, because kernels write no less, and what nothing clears between.
    /// </summary>
    public void Compose(Move move, IEnumerable<Operation> body)
    {
        if (!move.Covers || !move.Output.Shape.IsVector || move.Output.Shape[0] % Layout.Lanes != 0)
            return;
        foreach (MovePiece piece in move.Pieces.Where(piece => piece.Source.IsWhole && !IsView(piece.Source.Value)))
        {
            Value source = piece.Source.Value;
            if (PlaceIn(move, piece) is { } place && source.Shape[0] % Layout.Lanes == 0 && place.Row % Layout.Lanes == 0
                && body.Any(operation => operation.Output == source && operation is Map or Contract or Reduce))
                Attach(source, place);
        }
    }

    /// <summary>Whether a piece stands already where a move puts it.</summary>
    public bool IsInPlace(Move move, MovePiece piece) => PartOf(piece.Source.Value) is { } part && part.Equals(PlaceIn(move, piece));

    /// <summary>The part of a vector that a whole vector becomes, in its order; null where it becomes none.</summary>
    private static Part? PlaceIn(Move move, MovePiece piece) =>
        piece.Source.Value.Shape.IsVector && (piece.Target[0] with { Offset = 0 }).Equals(piece.Source.Indices[0])
            ? new Part(move.Output, piece.Target[0].Offset, piece.Source.Value.Shape[0])
            : null;

    /// <summary>Whether whole vectors are read of its parts, so that the last may reach behind its end.</summary>
    public bool IsReadBehind(Value root) => _readBehind.Contains(root);

    /// <summary>Whether a copy of a row need not be made.</summary>
    public bool IsUncopied(Value row) => _uncopied.Contains(row);

    private IEnumerable<Value> MembersOf(Value root) => _members.TryGetValue(root, out List<Value>? members) ? members : [root];

    private Companions CompanionsOf(Value value)
    {
        if (!_companions.TryGetValue(value, out Companions? companions))
            _companions[value] = companions = new Companions([value], [.. Boundaries(value.Shape)], [.. _panels[value]]);
        return companions;
    }

    private (bool IsCallers, bool IsScanned, bool IsImage, int Rank) Rank(Value value) =>
        (_callers.Contains(value), _scanned.Contains(value), value.Shape.IsImage, value.Shape.Rank);

    /// <summary>Whether every dimension of a view is made of whole factors of the root's dimensions.</summary>
    private static bool Carves(Shape root, Shape view)
    {
        // Two images of different extents would each want their own borders and channels.
        if (root.IsImage && view.IsImage && !root.Extents.SequenceEqual(view.Extents))
            return false;
        return Nest(Boundaries(root).Concat(Boundaries(view)));
    }

    /// <summary>Whether some dimension of a view is made of several of the root's.</summary>
    private static bool Splits(Shape root, Shape view) => Boundaries(root).Except(Boundaries(view)).Any(boundary => boundary > 1);

    /// <summary>Whether loops can be cut at all of these.</summary>
    private static bool Nest(IEnumerable<int> boundaries)
    {
        int[] sorted = [.. boundaries];
        Array.Sort(sorted);
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] % sorted[i - 1] != 0)
                return false;
        }

        return true;
    }

    private static IEnumerable<int> Boundaries(Shape shape)
    {
        int boundary = 1;
        foreach (int extent in shape.Extents.Reverse())
            yield return boundary *= extent;
    }

    /// <summary>Tensors that loops go through together, where they may be cut, and where they are: of the last panel a part may be missing.</summary>
    private sealed record Companions(List<Value> Members, HashSet<int> Boundaries, HashSet<int> Panels);
}

/// <summary>A row of a tensor: without the first dimension, at a number of it; or several rows, in a dimension of their own.</summary>
internal sealed record Part(Value Whole, int Row, int? Rows = null)
{
    /// <summary>The rows of a whole tensor that a step's tensor is at the first step.</summary>
    public static Part Of(StepTensor tensor) => new(tensor.Whole, tensor.Shift, tensor.Rows);
}
