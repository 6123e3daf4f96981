namespace NetGen.CompilerServices;

/// <summary>Shapes: how many elements they have, and how they appear in messages.</summary>
internal static class Shapes
{
    internal static int LengthOf(IReadOnlyList<int> shape) => shape.Aggregate(1, (product, extent) => product * extent);

    internal static string Format<T>(IEnumerable<T> shape) => $"[{string.Join(", ", shape)}]";
}
