using System.Text.Json;

namespace Landscape;

/// <summary>One HTML file with everything in it: the page of this sample, and what it is to show as JSON.</summary>
internal static class Page
{
    private const string Place = "/*DATA*/null";

    public static string Of(float[] heights, int size, float reach, IReadOnlyList<Rollers> rollers, string caption)
    {
        using var reader = new StreamReader(typeof(Page).Assembly.GetManifestResourceStream("page.html")!);
        string data = JsonSerializer.Serialize(new
        {
            size,
            reach,
            caption,
            heights = heights.Select(Rounded),
            optimizers = rollers.Select(roller => new
            {
                name = roller.Name,
                colour = roller.Colour,
                paths = roller.Paths.Select(path =>
                    path.Points.SelectMany(point => new[] { Rounded(point.X), Rounded(point.Y), Rounded(point.Loss) })),
            }),
        });
        return reader.ReadToEnd().Replace(Place, data, StringComparison.Ordinal);
    }

    // What a picture shows of a number.
    private static double Rounded(float value) => Math.Round(value, 4);
}
