namespace NetGen.CompilerServices;

/// <summary>Shapes: how many elements they have, and how they appear in messages.</summary>
internal static class Shapes
{
    // A loop: predictions ask, and an enumerator would be allocated; and the first prediction waits for everything that is compiled before it.
    internal static int LengthOf(IReadOnlyList<int> shape)
    {
        int length = 1;
        for (int i = 0; i < shape.Count; i++)
            length *= shape[i];
        return length;
    }

    internal static string Format<T>(IEnumerable<T> shape) => $"[{string.Join(", ", shape)}]";
}
