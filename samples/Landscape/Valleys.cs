namespace Landscape;

/// <summary>Which valley of the grid a point belongs to: the one that water would run into.</summary>
internal static class Valleys
{
    /// <summary>The lowest points around, each by its place in the grid, that the ends of paths run down to.</summary>
    public static IReadOnlyList<int> Reached(float[] heights, int size, float reach, IEnumerable<Path> paths) => [.. paths
        .Select(path => Lowest(heights, size, Index(path.Points[^1].X, size, reach) + size * Index(path.Points[^1].Y, size, reach)))
        .Distinct()
        .OrderBy(place => heights[place])];

    private static int Index(float at, int size, float reach) => Math.Clamp((int)MathF.Round((at / reach + 1) / 2 * (size - 1)), 0, size - 1);

    private static int Lowest(float[] heights, int size, int place)
    {
        while (true)
        {
            int next = Around(place, size).MinBy(other => heights[other]);
            if (heights[next] >= heights[place])
                return place;
            place = next;
        }
    }

    private static IEnumerable<int> Around(int place, int size)
    {
        (int row, int column) = Math.DivRem(place, size);
        for (int y = Math.Max(0, row - 1); y <= Math.Min(size - 1, row + 1); y++)
        {
            for (int x = Math.Max(0, column - 1); x <= Math.Min(size - 1, column + 1); x++)
                yield return y * size + x;
        }
    }
}
