using NetGen.Optimizers;

namespace Landscape;

/// <summary>A ball's way down the slice: where it is after each step, and how high.</summary>
internal sealed record Path(IReadOnlyList<(float X, float Y, float Loss)> Points)
{
    public bool EndsLower => Points[^1].Loss < Points[0].Loss;
}

/// <summary>An optimizer with a colour, and the ways of its balls.</summary>
internal sealed record Rollers(string Name, string Colour, Func<Optimizer> Create)
{
    public IReadOnlyList<Path> Paths { get; private set; } = [];

    /// <summary>Lets a ball roll from each of the places; one that leaves the square is gone.</summary>
    public void Roll(Slice slice, IEnumerable<(float X, float Y)> places, int steps, float reach) =>
        Paths = [.. places.Select(place => Roll(slice, place, steps, reach))];

    private Path Roll(Slice slice, (float X, float Y) place, int steps, float reach)
    {
        Optimizer optimizer = Create();
        optimizer.Prepare(2);
        float[] point = [place.X, place.Y], slope = new float[2];
        var points = new List<(float, float, float)>();
        for (int step = 0; step <= steps && MathF.Max(MathF.Abs(point[0]), MathF.Abs(point[1])) <= reach; step++)
        {
            points.Add((point[0], point[1], slice.Loss(point[0], point[1], slope)));
            optimizer.BeginStep();
            optimizer.Update(point, slope);
        }

        return new Path(points);
    }

    /// <summary>Places that cover the square evenly, none of them in line with others: the points of Roberts' R2 sequence.</summary>
    public static IEnumerable<(float X, float Y)> Places(int count, float reach)
    {
        // The real root of x³ = x + 1, whose powers are to the plane what the golden ratio is to the line.
        const double Plastic = 1.32471795724474602596;
        for (int i = 1; i <= count; i++)
            yield return (Spread(i / Plastic), Spread(i / (Plastic * Plastic)));

        float Spread(double value) => reach * (float)(2 * ((value + 0.5) % 1) - 1);
    }
}
