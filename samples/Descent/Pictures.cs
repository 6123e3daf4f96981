using System.Globalization;
using System.Text;

namespace Descent;

/// <summary>Draws ways down the ravine: on the terminal, and as an SVG file that a browser shows.</summary>
internal static class Pictures
{
    private const float Left = -11, Right = 4, Top = 2.2f, Bottom = -3.8f;

    private static readonly string[] s_colours =
    [
        "#e6194b", "#3cb44b", "#4363d8", "#f58231", "#911eb4", "#008080", "#9a6324", "#f032e6", "#808000", "#000075", "#808080", "#bf6f00",
    ];

    /// <summary>A map of the ravine, the higher the denser, with each step as a dot and the lowest point as a circle.</summary>
    public static string Map(Run run, int columns = 76, int rows = 17)
    {
        var map = new char[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double height = Ravine.Height(Left + (Right - Left) * column / (columns - 1), Top + (Bottom - Top) * row / (rows - 1));
                map[row, column] = height switch { > 80 => '▒', > 40 => '░', > 20 => '·', _ => ' ' };
            }
        }

        Mark(0, 0, '◎');
        foreach (var (x, y) in run.Path)
            Mark(x, y, '●');
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                text.Append(map[row, column]);
            text.Append(row < rows - 1 ? "\n" : "");
        }

        return text.ToString();

        void Mark(float x, float y, char mark)
        {
            int column = (int)MathF.Round((x - Left) / (Right - Left) * (columns - 1));
            int row = (int)MathF.Round((y - Top) / (Bottom - Top) * (rows - 1));
            if (column >= 0 && column < columns && row >= 0 && row < rows)
                map[row, column] = mark;
        }
    }

    /// <summary>All ways in one picture. The lines of equal height are ellipses.</summary>
    public static string Svg(IReadOnlyList<Run> runs)
    {
        const int Scale = 80;
        var svg = new StringBuilder();
        Part($"<svg xmlns='http://www.w3.org/2000/svg' font-family='sans-serif' font-size='14' ");
        Line($"viewBox='{Left * Scale} {-Top * Scale} {(Right - Left) * Scale} {(Top - Bottom) * Scale}'>");
        Line($"<rect x='{Left * Scale}' y='{-Top * Scale}' width='{(Right - Left) * Scale}' height='{(Top - Bottom) * Scale}' fill='#fbfaf7'/>");
        foreach (double height in new[] { 0.5, 2, 5, 10, 20, 40, 80 })
        {
            Part($"<ellipse rx='{Math.Sqrt(2 * height) * Scale:0.#}' ry='{Math.Sqrt(2 * height / Ravine.Steepness) * Scale:0.#}' ");
            Line($"transform='rotate({-Ravine.Degrees})' fill='none' stroke='#d8d2c4'/>");
        }

        for (int i = 0; i < runs.Count; i++)
        {
            string colour = s_colours[i % s_colours.Length];
            string points = string.Join(' ', runs[i].Path.Select(p => FormattableString.Invariant($"{p.X * Scale:0.#},{-p.Y * Scale:0.#}")));
            Line($"<polyline points='{points}' fill='none' stroke='{colour}' stroke-width='2' stroke-opacity='0.8'/>");
            Line($"<text x='{(Left + 0.2) * Scale}' y='{-Top * Scale + 22 + 18 * i}' fill='{colour}'>{runs[i].Name}, {runs[i].Steps} steps</text>");
        }

        Line($"</svg>");
        return svg.ToString();

        void Part(FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));

        void Line(FormattableString line)
        {
            Part(line);
            svg.Append('\n');
        }
    }
}
