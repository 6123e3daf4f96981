using NetGen.Generators.Declarations;

namespace NetGen.Generators.Graph;

/// <summary>The extents of one sample's tensor, outermost first; the batch is never part of it.</summary>
internal sealed record Shape(EquatableArray<int> Extents)
{
    public Shape(params int[] extents) : this(extents.ToEquatableArray()) { }

    public int Rank => Extents.Count;

    public int Length => Extents.Aggregate(1, (product, extent) => product * extent);

    public int this[int dimension] => Extents[dimension];

    public override string ToString() => string.Join("×", Extents);
}
