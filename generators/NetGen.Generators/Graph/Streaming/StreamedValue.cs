using NetGen.Generators.Collections;

namespace NetGen.Generators.Graph.Streaming;

/// <summary>What a tensor over time is at one step.</summary>
/// <param name="Value">The tensor of one step.</param>
/// <param name="Time">The dimension of the tensor over time that runs along it; −1 where it has none, being made of the last step.</param>
/// <param name="Kept">The dimensions of the tensor over time that the one of a step still has.</param>
/// <param name="Clock">When there is a step.</param>
internal sealed record StreamedValue(Value Value, int Time, IReadOnlyList<int> Kept, Clock Clock)
{
    /// <summary>A new tensor for one step of another.</summary>
    public static StreamedValue Of(Value value, int time, Clock clock)
    {
        int[] kept = KeptOf(value.Shape, time);
        Shape shape = ShapeOf(value.Shape, kept);
        return new StreamedValue(new Value(value.Name, shape, ValueKind.Activation) { Type = value.Type with { Shape = shape } }, time, kept, clock);
    }

    /// <summary>Another tensor of the same elements, which runs along time in another dimension.</summary>
    public StreamedValue As(Value value, int time) => new(Value, time, KeptOf(value.Shape, time), Clock);

    /// <summary>Whether a step of a tensor has the same shape as this.</summary>
    public bool Fits(Value value, int time) => ShapeOf(value.Shape, KeptOf(value.Shape, time)).Extents.SequenceEqual(Value.Shape.Extents);

    /// <summary>The indices of one step, without that of time.</summary>
    public IReadOnlyList<Index> Indices(IReadOnlyList<Index> overTime) => Kept.Count == 0 ? [Index.Sum(0)] : [.. Kept.Select(d => overTime[d])];

    // A signal's row of height 1 is gone with time: what is left are its channels.
    private static int[] KeptOf(Shape shape, int time) =>
        [.. Enumerable.Range(0, shape.Rank).Where(d => d != time && !(shape[d] == 1 && shape.Dimensions[d].Role == AxisRole.Height))];

    private static Shape ShapeOf(Shape shape, int[] kept) => kept.Length switch
    {
        0 => new Shape(1),
        1 => new Shape(shape[kept[0]]),
        _ => new Shape(kept.Select(d => shape.Dimensions[d]).ToEquatableArray()),
    };
}
