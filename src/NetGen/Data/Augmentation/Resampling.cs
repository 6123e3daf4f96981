namespace NetGen.Data;

/// <summary>Fills an image from places of another, interpolating linearly between pixels.</summary>
internal static class Resampling
{
    /// <summary>Where a pixel (y, x) comes from: row yy·y + yx·x + y0 and column xy·y + xx·x + x0.</summary>
    internal readonly record struct Map(float YY, float YX, float Y0, float XY, float XX, float X0);

    /// <summary>Turns and scales about the centre: pixels come from where (cos −sin; sin cos) takes them.</summary>
    internal static void AboutCentre(
        Span<float> image, ImageShape shape, Span<float> scratch, float cos, float sin, float fill)
    {
        float y = (shape.Height - 1) / 2f;
        float x = (shape.Width - 1) / 2f;
        var map = new Map(cos, -sin, y - cos * y + sin * x, sin, cos, x - sin * y - cos * x);
        Apply(image, shape, scratch, map, fill);
    }

    internal static void Apply(Span<float> image, ImageShape shape, Span<float> scratch, Map map, float fill)
    {
        image.CopyTo(scratch);
        for (int y = 0; y < shape.Height; y++)
        {
            for (int x = 0; x < shape.Width; x++)
            {
                float fromY = map.YY * y + map.YX * x + map.Y0;
                float fromX = map.XY * y + map.XX * x + map.X0;
                int pixel = y * shape.Width + x;
                if (!(fromY > -1 && fromY < shape.Height && fromX > -1 && fromX < shape.Width))
                {
                    for (int channel = 0; channel < shape.Channels; channel++)
                        image[channel * shape.PlaneLength + pixel] = fill;
                    continue;
                }

                int top = (int)MathF.Floor(fromY);
                int left = (int)MathF.Floor(fromX);
                float down = fromY - top;
                float right = fromX - left;
                for (int channel = 0; channel < shape.Channels; channel++)
                {
                    var plane = scratch.Slice(channel * shape.PlaneLength, shape.PlaneLength);
                    float upper = At(plane, shape, top, left, fill) * (1 - right) + At(plane, shape, top, left + 1, fill) * right;
                    float lower = At(plane, shape, top + 1, left, fill) * (1 - right) + At(plane, shape, top + 1, left + 1, fill) * right;
                    image[channel * shape.PlaneLength + pixel] = upper * (1 - down) + lower * down;
                }
            }
        }
    }

    private static float At(ReadOnlySpan<float> plane, ImageShape shape, int y, int x, float fill) =>
        (uint)y < (uint)shape.Height && (uint)x < (uint)shape.Width ? plane[y * shape.Width + x] : fill;
}
