using System.Text;

namespace Policy;

/// <summary>Draws a cart with its pole as text.</summary>
internal static class Pictures
{
    private const int Width = 23, Height = 6;

    public static string Of(CartPole pole)
    {
        var rows = new char[Height + 1][];
        for (int row = 0; row <= Height; row++)
            rows[row] = new string(row == Height ? '─' : ' ', Width).ToCharArray();
        int cart = Math.Clamp((int)Math.Round((pole.Position / 4.8 + 0.5) * (Width - 1)), 1, Width - 2);
        rows[Height][cart - 1] = '▟';
        rows[Height][cart] = '█';
        rows[Height][cart + 1] = '▙';
        // A character is about twice as high as wide, and the lean is shown twice as large.
        for (int up = 1; up <= Height; up++)
        {
            int column = cart + (int)Math.Round(2 * up * Math.Tan(2 * pole.Angle));
            if (column >= 0 && column < Width)
                rows[Height - up][column] = Math.Abs(pole.Angle) < 0.02 ? '│' : pole.Angle > 0 ? '╱' : '╲';
        }

        var text = new StringBuilder();
        for (int row = 0; row <= Height; row++)
            text.Append(rows[row]).Append(row < Height ? "\n" : "");
        return text.ToString();
    }
}
