using System.Text;
using NetGen.Data;
using NetGen.Metrics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Digits;

/// <summary>Draws digits as text, each in a frame that says what the network takes it for.</summary>
internal static class DigitPictures
{
    private const string Shades = " ░▒▓█";
    private const int SmallWidth = 16;

    /// <summary>The first digits that were read right, and after them the first that were not.</summary>
    public static IRenderable Of(MemoryDataset digits, Predictions predictions)
    {
        int count = digits.InputShape[2] <= SmallWidth ? 8 : 4;    // what fits into two rows of a terminal
        int[] read = predictions.PredictedClasses.ToArray();
        var wrong = Enumerable.Range(0, digits.Count).Where(i => read[i] != digits.Class(i)).Take(count / 2).ToArray();
        var right = Enumerable.Range(0, digits.Count).Where(i => read[i] == digits.Class(i)).Take(count - wrong.Length);
        return new Columns(right.Concat(wrong).Select(i => Frame(digits, i, read[i]))) { Expand = false };
    }

    private static Panel Frame(MemoryDataset digits, int index, int read)
    {
        bool isRight = read == digits.Class(index);
        string header = isRight ? $"[green]{read}[/]" : $"[red]{read}, is {digits.Class(index)}[/]";
        return new Panel(new Text(Draw(digits.Input(index), digits.InputShape[1], digits.InputShape[2])))
            .Header(header, Justify.Center)
            .BorderColor(isRight ? Color.Grey : Color.Red)
            .Padding(0, 0);
    }

    /// <summary>A character is twice as high as wide: small images take two for a pixel, large ones one for two pixels.</summary>
    private static string Draw(ReadOnlySpan<float> pixels, int height, int width)
    {
        (int rows, int repeat) = width <= SmallWidth ? (1, 2) : (2, 1);
        var text = new StringBuilder();
        for (int y = 0; y < height; y += rows)
        {
            if (y > 0)
                text.Append('\n');
            for (int x = 0; x < width; x++)
            {
                float grey = 0;
                for (int row = y; row < y + rows; row++)
                    grey += pixels[row * width + x] / rows;
                text.Append(Shades[(int)MathF.Round(grey * (Shades.Length - 1))], repeat);
            }
        }

        return text.ToString();
    }
}
