namespace NetGen.Numerics.Tests.Oracle;

/// <summary>One axis of a window: size, step, distance between taps, zeros before and after.</summary>
internal sealed record WindowAxis(int Size, int Stride = 1, int Dilation = 1, int Pad = 0, bool Same = false)
{
    /// <summary>Whether the window reaches back in time only.</summary>
    public bool Causal { get; init; }

    private int Reach => (Size - 1) * Dilation + 1;

    public int OutputLength(int input) => Causal ? (input - 1) / Stride + 1
        : Same ? (input + Stride - 1) / Stride
        : (input + 2 * Pad - Reach) / Stride + 1;

    /// <summary>What a transposed convolution makes of a length.</summary>
    public int SpreadLength(int input) => (input - 1) * Stride - 2 * Pad + Reach;

    /// <summary>Where tap <paramref name="tap"/> of output <paramref name="output"/> reads; outside [0, input) is padding.</summary>
    public int Position(int output, int tap, int input) => output * Stride + tap * Dilation - Before(input);

    private int Before(int input) => Causal ? Reach - 1
        : Same ? Math.Max(0, (OutputLength(input) - 1) * Stride + Reach - input) / 2
        : Pad;
}

/// <summary>The places of a window that lie inside the image.</summary>
internal static class WindowTerms
{
    /// <summary>Output place, input place and tap, each counted within one channel.</summary>
    public static IEnumerable<(int Place, int Source, int Tap)> Of(WindowAxis rows, WindowAxis columns, int[] input, int[] output)
    {
        for (int i = 0; i < output[1]; i++)
        {
            for (int j = 0; j < output[2]; j++)
            {
                for (int u = 0; u < rows.Size; u++)
                {
                    int row = rows.Position(i, u, input[1]);
                    if (row < 0 || row >= input[1])
                        continue;
                    for (int v = 0; v < columns.Size; v++)
                    {
                        int column = columns.Position(j, v, input[2]);
                        if (column >= 0 && column < input[2])
                            yield return (i * output[2] + j, row * input[2] + column, u * columns.Size + v);
                    }
                }
            }
        }
    }

    /// <summary>What pooling makes of a shape.</summary>
    public static int[] Pooled(WindowAxis? rows, WindowAxis columns, int[] input) => rows is null
        ? [input[0], columns.OutputLength(input[1])]
        : [input[0], rows.OutputLength(input[1]), columns.OutputLength(input[2])];
}

/// <summary>The settings of a window as they are written in an attribute.</summary>
internal static class WindowText
{
    /// <param name="rows">The vertical axis; null for signals.</param>
    /// <param name="columns">The horizontal axis, or time.</param>
    /// <param name="usualStride">The stride that need not be written; 0 where that is the window's size.</param>
    public static string Of(WindowAxis? rows, WindowAxis columns, int usualStride)
    {
        string text = "";
        if (rows is null)
        {
            if (columns.Stride != (usualStride == 0 ? columns.Size : usualStride))
                text += $", Stride = {columns.Stride}";
            return text + (columns.Causal ? ", Padding = Padding.Causal" : columns.Same ? ", Padding = Padding.Same" : columns.Pad != 0 ? $", Pad = {columns.Pad}" : "");
        }

        if (rows.Stride != (usualStride == 0 ? rows.Size : usualStride) || columns.Stride != (usualStride == 0 ? columns.Size : usualStride))
            text += $", StrideHeight = {rows.Stride}, StrideWidth = {columns.Stride}";
        if (rows.Same)
            text += ", Padding = Padding.Same";
        else if (rows.Pad + columns.Pad != 0)
            text += $", PadHeight = {rows.Pad}, PadWidth = {columns.Pad}";
        return text;
    }

    public static string Dilations(WindowAxis? rows, WindowAxis columns) => rows is null
        ? columns.Dilation != 1 ? $", Dilation = {columns.Dilation}" : ""
        : rows.Dilation != 1 || columns.Dilation != 1 ? $", DilationHeight = {rows.Dilation}, DilationWidth = {columns.Dilation}" : "";

    /// <summary>The attribute of a pool, up to what follows its window.</summary>
    public static string Pool(string name, WindowAxis? rows, WindowAxis columns) =>
        (rows is null ? $"{name}1D({columns.Size}" : $"{name}2D({rows.Size}, {columns.Size}") + Of(rows, columns, 0);
}
