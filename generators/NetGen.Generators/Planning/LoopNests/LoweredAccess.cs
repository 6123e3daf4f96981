using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.LoopNests;

/// <summary>An operand on its way into a kernel: the tensor, its layout and the index of each dimension.</summary>
internal sealed class LoweredAccess(string name, Value value, Layout layout, int sampleStride, IReadOnlyList<Graph.Index> indices)
{
    public string Name { get; } = name;

    public Value Value { get; } = value;

    public Layout Layout { get; } = layout;

    public IReadOnlyList<Graph.Index> Indices { get; } = indices;

    /// <summary>Whether it goes through whole rows, so that a row's padding may be written with it.</summary>
    public bool HasWholeRows => new Access(Value, Indices).HasWholeRows;

    /// <summary>The constant part of the address: the origin, and what padding shifts.</summary>
    public int Offset
    {
        get
        {
            int offset = Layout.Origin;
            for (int d = 0; d < Indices.Count; d++)
                offset += Indices[d].Offset * UnitStride(d);
            return offset;
        }
    }

    public int StrideAlong(Axis axis, int step) => ReferenceEquals(axis, Axis.Sample)
        ? sampleStride
        : AxisSplitter.StrideOf(Indices, Layout, axis, step);

    private int UnitStride(int dimension) => Indices[dimension].Offset == 0 ? 0 : Layout.Stride(dimension);
}
