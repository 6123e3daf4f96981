using System.Globalization;
using System.Text;

namespace Gan;

/// <summary>Draws points and pictures: on the terminal, where a character of Braille has two by four dots, and as SVG files.</summary>
internal static class Pictures
{
    private const float Edge = 2.6f;
    private const int Side = 28;

    /// <summary>Points of the plane.</summary>
    public static string Points(ReadOnlySpan<float> points, int columns = 34, int rows = 17)
    {
        var dots = new bool[rows * 4, columns * 2];
        for (int i = 0; i < points.Length; i += 2)
        {
            int x = (int)MathF.Floor((points[i] + Edge) / (2 * Edge) * columns * 2);
            int y = (int)MathF.Floor((Edge - points[i + 1]) / (2 * Edge) * rows * 4);
            if (x >= 0 && x < columns * 2 && y >= 0 && y < rows * 4)
                dots[y, x] = true;
        }

        return Braille(dots);
    }

    /// <summary>Digits side by side.</summary>
    public static string Digits(ReadOnlySpan<float> pictures, int across)
    {
        int down = pictures.Length / (Side * Side * across);
        var dots = new bool[down * Side, across * (Side + 2)];
        for (int i = 0; i < across * down * Side * Side; i++)
        {
            (int picture, int pixel) = Math.DivRem(i, Side * Side);
            dots[picture / across * Side + pixel / Side, picture % across * (Side + 2) + pixel % Side] = pictures[i] > 0.5f;
        }

        return Braille(dots);
    }

    /// <summary>How the points that are made come to lie, in the order of rounds.</summary>
    public static string PointsSvg(IReadOnlyList<(int Round, float[] Points)> stages)
    {
        const int Size = 300, Scale = 55;
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns='http://www.w3.org/2000/svg' font-family='sans-serif' font-size='16'");
        Line(svg, $"viewBox='0 0 {Size * stages.Count} {Size + 30}'>");
        Line(svg, $"<rect width='100%' height='100%' fill='#fbfaf7'/>");
        for (int stage = 0; stage < stages.Count; stage++)
        {
            Line(svg, $"<g transform='translate({stage * Size + Size / 2} {Size / 2 + 24})'>");
            Line(svg, $"<text y='{-Size / 2}' text-anchor='middle'>after {stages[stage].Round} rounds</text>");
            for (int place = 0; place < Ring.Places; place++)
            {
                (double x, double y) = Ring.Centre(place);
                Line(svg, $"<circle cx='{x * Scale:0.#}' cy='{-y * Scale:0.#}' r='{3 * Ring.Deviation * Scale:0.#}' fill='none' stroke='#bbb39c'/>");
            }

            float[] points = stages[stage].Points;
            for (int i = 0; i < points.Length; i += 2)
                Line(svg, $"<circle cx='{points[i] * Scale:0.#}' cy='{-points[i + 1] * Scale:0.#}' r='1.5' fill='#4363d8' fill-opacity='0.5'/>");
            Line(svg, $"</g>");
        }

        Line(svg, $"</svg>");
        return svg.ToString();
    }

    /// <summary>Digits in rows, a square for each pixel that is not white.</summary>
    public static string DigitsSvg(ReadOnlySpan<float> pictures, int across)
    {
        const int Room = Side + 4;
        int count = pictures.Length / (Side * Side);
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns='http://www.w3.org/2000/svg' shape-rendering='crispEdges'");
        Line(svg, $"viewBox='0 0 {across * Room} {(count + across - 1) / across * Room}'>");
        Line(svg, $"<rect width='100%' height='100%' fill='#fff'/>");
        for (int i = 0; i < pictures.Length; i++)
        {
            (int picture, int pixel) = Math.DivRem(i, Side * Side);
            int shade = (int)MathF.Round(255 * (1 - pictures[i]));
            if (shade < 245)
            {
                (int x, int y) = (picture % across * Room + 2 + pixel % Side, picture / across * Room + 2 + pixel / Side);
                Line(svg, $"<rect x='{x}' y='{y}' width='1' height='1' fill='rgb({shade},{shade},{shade})'/>");
            }
        }

        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static string Braille(bool[,] dots)
    {
        // The dots of a character count 1, 2, 4, 64 down its left side and 8, 16, 32, 128 down its right.
        ReadOnlySpan<int> left = [1, 2, 4, 64], right = [8, 16, 32, 128];
        var text = new StringBuilder();
        for (int y = 0; y < dots.GetLength(0); y += 4)
        {
            if (y > 0)
                text.Append('\n');
            for (int x = 0; x < dots.GetLength(1); x += 2)
            {
                int pattern = 0;
                for (int row = 0; row < 4; row++)
                    pattern += (dots[y + row, x] ? left[row] : 0) + (dots[y + row, x + 1] ? right[row] : 0);
                text.Append((char)(0x2800 + pattern));
            }
        }

        return text.ToString();
    }

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
