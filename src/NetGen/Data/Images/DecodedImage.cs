namespace NetGen.Data;

/// <summary>An image as bytes.</summary>
/// <param name="Width">The columns.</param>
/// <param name="Height">The rows.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Pixels">Rows from the top, each pixel's channels together.</param>
internal sealed record DecodedImage(int Width, int Height, int Channels, byte[] Pixels)
{
    /// <summary>What no image in a data set has; a header that claims more is damaged.</summary>
    internal const int MostPixels = 1 << 26;

    /// <summary>Checks an extent that a header claims.</summary>
    /// <exception cref="InvalidDataException">There are no pixels, or too many.</exception>
    internal static void CheckSize(string path, long width, long height)
    {
        if (width < 1 || height < 1 || width > MostPixels || height > MostPixels || width * height > MostPixels)
            throw new InvalidDataException($"{path}: an image of {width} x {height} pixels is none, or larger than the {MostPixels} that are read.");
    }

    /// <summary>Writes the image plane by plane, in other channels and another size where asked for.</summary>
    /// <param name="planes">Room for channels · height · width numbers.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="height">The rows.</param>
    /// <param name="width">The columns.</param>
    /// <param name="scale">What bytes are multiplied by.</param>
    internal void WritePlanes(Span<float> planes, int channels, int height, int width, float scale)
    {
        var plane = new float[Width * Height];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int i = 0; i < plane.Length; i++)
                plane[i] = scale * At(i, channel, channels);
            PlaneResizer.Resize(plane, Height, Width, planes.Slice(channel * height * width, height * width), height, width);
        }
    }

    private float At(int pixel, int channel, int channels)
    {
        if (Channels == channels)
            return Pixels[pixel * Channels + channel];
        // Grey is all colours alike, and colours are as bright as the eye sees them (ITU-R BT.601).
        return Channels == 1
            ? Pixels[pixel]
            : 0.299f * Pixels[3 * pixel] + 0.587f * Pixels[3 * pixel + 1] + 0.114f * Pixels[3 * pixel + 2];
    }
}
