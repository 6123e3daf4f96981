using NetGen.Maths;

namespace Gan;

/// <summary>Eight Gaussians on a circle: the distribution on which one sees best what a maker leaves out.</summary>
internal static class Ring
{
    public const int Places = 8;
    public const float Radius = 2, Deviation = 0.08f;

    // Of those that are made, one in eight belongs to each place.
    private const double LeastShare = 0.25 / Places;

    public static (double X, double Y) Centre(int place)
    {
        (double sin, double cos) = Math.SinCos(Math.Tau * place / Places);
        return (Radius * cos, Radius * sin);
    }

    public static void Draw(Span<float> points, ref RandomStream random)
    {
        for (int i = 0; i < points.Length; i += 2)
        {
            (double x, double y) = Centre(random.NextInt(Places));
            points[i] = (float)(x + Deviation * random.NextGaussian());
            points[i + 1] = (float)(y + Deviation * random.NextGaussian());
        }
    }

    /// <summary>
    /// How many of the places get points, a quarter of what is theirs at least, and which share of points is within three deviations of one.
    /// </summary>
    public static (int Places, double Near) Judge(ReadOnlySpan<float> points)
    {
        var near = new int[Places];
        for (int i = 0; i < points.Length; i += 2)
        {
            for (int place = 0; place < Places; place++)
            {
                (double x, double y) = Centre(place);
                (double dx, double dy) = (points[i] - x, points[i + 1] - y);
                if (Math.Sqrt(dx * dx + dy * dy) <= 3 * Deviation)
                    near[place]++;
            }
        }

        double count = points.Length / 2;
        return (near.Count(found => found >= LeastShare * count), near.Sum() / count);
    }
}
