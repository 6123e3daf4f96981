using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning;

/// <summary>
/// Which tensors are the same memory under another shape. A group has a root, which decides how the memory lies: what lies as
/// the caller wants it, or its image, or else the member with the most dimensions.
/// </summary>
internal sealed class Views(IEnumerable<Value> callers)
{
    private readonly HashSet<Value> _callers = [.. callers];
    private readonly Dictionary<Value, Value> _roots = [];
    private readonly Dictionary<Value, List<Value>> _members = [];

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
        if (!members.All(member => Carves(root.Shape, member.Shape)))
            return false;
        foreach (Value member in members)
            _roots[member] = root;
        _members[root] = [.. members];
        return true;
    }

    /// <summary>Makes one tensor a part, at some offset, of another's memory, whose layout it has.</summary>
    public void Attach(Value part, Value whole) => _roots[part] = RootOf(whole);

    private IEnumerable<Value> MembersOf(Value root) => _members.TryGetValue(root, out List<Value>? members) ? members : [root];

    private (bool IsCallers, bool IsImage, int Rank) Rank(Value value) => (_callers.Contains(value), value.Shape.IsImage, value.Shape.Rank);

    /// <summary>Whether every dimension of a view is made of whole factors of the root's dimensions.</summary>
    private static bool Carves(Shape root, Shape view)
    {
        // Two images of different extents would each want their own borders and channels.
        if (root.IsImage && view.IsImage && !root.Extents.SequenceEqual(view.Extents))
            return false;
        int[] boundaries = [.. Boundaries(root).Concat(Boundaries(view)).Distinct().OrderBy(boundary => boundary)];
        return boundaries.Zip(boundaries.Skip(1), (inner, outer) => outer % inner == 0).All(divides => divides);
    }

    private static IEnumerable<int> Boundaries(Shape shape)
    {
        int boundary = 1;
        foreach (int extent in shape.Extents.Reverse())
            yield return boundary *= extent;
    }
}
