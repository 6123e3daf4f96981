using NetGen.Optimizers;

namespace Descent;

/// <summary>
/// A long valley, f = ½ (u² + 40 v²) with u along its floor and v across: a step that is short enough for the steep walls is
/// far too short for the floor. It lies askew, or optimizers that scale each coordinate by itself would have it too easy.
/// </summary>
internal static class Ravine
{
    public const float Steepness = 40;
    public const float Degrees = 15;

    private static readonly float s_cos = MathF.Cos(Degrees * MathF.PI / 180);
    private static readonly float s_sin = MathF.Sin(Degrees * MathF.PI / 180);

    private const double Bottom = 1e-3;
    private const int MostSteps = 1000;

    // A fair race gives each optimizer the rate that suits it best.
    private static readonly float[] s_rates = [0.001f, 0.002f, 0.005f, 0.01f, 0.02f, 0.03f, 0.04f, 0.05f, 0.07f, 0.1f, 0.2f, 0.3f, 0.5f, 0.7f, 1];

    public static double Height(float x, float y)
    {
        var (u, v) = (s_cos * x + s_sin * y, s_cos * y - s_sin * x);
        return 0.5 * (u * u + Steepness * v * v);
    }

    /// <summary>Runs an optimizer with each rate and keeps the quickest run, or the lowest if none reached the bottom.</summary>
    public static Run Race(string name, Func<float, Optimizer> create) => s_rates
        .Select(rate => Descend(name, create(rate)))
        .OrderBy(run => run.Arrived ? run.Path.Count : int.MaxValue)
        .ThenBy(run => double.IsFinite(run.Height) ? run.Height : double.MaxValue)
        .First();

    private static Run Descend(string name, Optimizer optimizer)
    {
        float[] point = [-9, -0.8f];
        var gradient = new float[2];
        var path = new List<(float X, float Y)> { (point[0], point[1]) };
        optimizer.Prepare(point.Length);
        // It has arrived when it stays: a race is not won by shooting through the bottom.
        int quiet = 0;
        while (path.Count <= MostSteps && quiet < 10)
        {
            var (u, v) = (s_cos * point[0] + s_sin * point[1], s_cos * point[1] - s_sin * point[0]);
            gradient[0] = s_cos * u - s_sin * Steepness * v;
            gradient[1] = s_sin * u + s_cos * Steepness * v;
            optimizer.BeginStep();
            optimizer.Update(point, gradient);
            path.Add((point[0], point[1]));
            quiet = Height(point[0], point[1]) < Bottom ? quiet + 1 : 0;
        }

        bool arrived = quiet == 10;
        if (arrived)
            path.RemoveRange(path.Count - 9, 9);
        return new Run(name, optimizer.LearningRate, path, arrived);
    }
}

/// <summary>One optimizer's way down.</summary>
internal sealed record Run(string Name, float Rate, IReadOnlyList<(float X, float Y)> Path, bool Arrived)
{
    public int Steps => Path.Count - 1;

    public double Height => Ravine.Height(Path[^1].X, Path[^1].Y);
}
