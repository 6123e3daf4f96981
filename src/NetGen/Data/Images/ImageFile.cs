namespace NetGen.Data;

/// <summary>Reads an image file: the content decides what it is, not the name.</summary>
internal static class ImageFile
{
    // Formats that people will have, and that cannot be read.
    private static readonly (byte[] Start, string Name)[] s_others =
        [("GIF8"u8.ToArray(), "a GIF image"), ("RIFF"u8.ToArray(), "a WebP image"), ([0x49, 0x49, 0x2A, 0], "a TIFF image")];

    /// <exception cref="InvalidDataException">It is no image of a known format, or damaged; the message names it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static DecodedImage Read(string path)
    {
        byte[] bytes = InputFile.ReadAllBytes(path);
        ReadOnlySpan<byte> file = bytes;
        if (file.StartsWith(PngReader.Signature))
            return PngReader.Read(file, path);
        if (JpegReader.Recognises(file))
            return JpegReader.Read(bytes, path);
        if (PnmReader.Recognises(file))
            return PnmReader.Read(file, path);
        if (BmpReader.Recognises(file))
            return BmpReader.Read(file, path);

        string what = "no image";
        foreach ((byte[] start, string name) in s_others)
            what = file.StartsWith(start) ? name : what;
        throw new InvalidDataException($"{path} is {what}; PNG, JPEG, BMP, PGM and PPM files are read: convert it, or take it out of the folder.");
    }
}
