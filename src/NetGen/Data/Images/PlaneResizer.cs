namespace NetGen.Data;

/// <summary>
/// Brings a plane of pixels to another size: linear interpolation where it grows, and where it shrinks means over all pixels that fall
/// together, weighted by a triangle, so that nothing is left out.
/// </summary>
internal static class PlaneResizer
{
    internal static void Resize(ReadOnlySpan<float> source, int height, int width, Span<float> result, int newHeight, int newWidth)
    {
        if (height == newHeight && width == newWidth)
        {
            source.CopyTo(result);
            return;
        }

        var columns = Weights(width, newWidth);
        var rows = Weights(height, newHeight);
        var narrowed = new float[height * newWidth];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < newWidth; x++)
                narrowed[y * newWidth + x] = Sum(source.Slice(y * width, width), columns[x], 0, 1);
        }

        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
                result[y * newWidth + x] = Sum(narrowed, rows[y], x, newWidth);
        }
    }

    private static float Sum(ReadOnlySpan<float> source, (int First, float[] Shares) weights, int offset, int step)
    {
        float sum = 0;
        for (int i = 0; i < weights.Shares.Length; i++)
            sum += weights.Shares[i] * source[offset + (weights.First + i) * step];
        return sum;
    }

    /// <summary>For each place of the result the places of the source that it is made of, and their shares.</summary>
    private static (int First, float[] Shares)[] Weights(int length, int newLength)
    {
        double ratio = (double)length / newLength, reach = Math.Max(1, ratio);
        var weights = new (int, float[])[newLength];
        for (int i = 0; i < newLength; i++)
        {
            double centre = (i + 0.5) * ratio - 0.5;
            int first = Math.Max(0, (int)Math.Ceiling(centre - reach)), last = Math.Min(length - 1, (int)Math.Floor(centre + reach));
            double[] heights = [.. Enumerable.Range(first, last - first + 1).Select(place => Math.Max(0, 1 - Math.Abs(place - centre) / reach))];
            double sum = heights.Sum();
            weights[i] = (first, Array.ConvertAll(heights, share => (float)(share / sum)));
        }

        return weights;
    }
}
