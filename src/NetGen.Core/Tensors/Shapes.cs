namespace NetGen.CompilerServices;

/// <summary>Shapes as they appear in messages.</summary>
internal static class Shapes
{
    internal static string Format<T>(IEnumerable<T> shape) => $"[{string.Join(", ", shape)}]";
}
