using System.Buffers.Binary;
using StbImageSharp;

namespace NetGen.Data;

/// <summary>Reads JPEG files, baseline and progressive, with StbImageSharp (a port of Sean Barrett's <c>stb_image</c>).</summary>
/// <remarks>
/// That decoder makes up what is cut off, and believes what a header claims; so markers are walked first (ISO/IEC 10918-1, annex B). The format has
/// no checksums: a bit that changed within the pixels is not noticed.
/// </remarks>
internal static class JpegReader
{
    // Markers, each behind a byte of 0xFF.
    private const int EndOfImage = 0xD9, StartOfScan = 0xDA, FirstRestart = 0xD0, LastRestart = 0xD7, Temporary = 0x01;

    internal static bool Recognises(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, 0xFF, ..];

    /// <exception cref="InvalidDataException">The file is damaged, or of a kind that is not read; the message names it.</exception>
    internal static DecodedImage Read(byte[] file, string path)
    {
        CheckMarkers(file, path);
        ImageResult image;
        try
        {
            image = ImageResult.FromMemory(file, ColorComponents.Default);
        }
        // What the decoder throws for damage is its own affair.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidDataException($"{path}: the JPEG image is damaged, or of a kind that is not read: {exception.Message}", exception);
        }

        return image.Comp == ColorComponents.Grey
            ? new DecodedImage(image.Width, image.Height, 1, image.Data)
            : new DecodedImage(image.Width, image.Height, 3, image.Data);
    }

    /// <summary>Goes from marker to marker to the end of the image, which must be there, past a header of a size that is read.</summary>
    private static void CheckMarkers(ReadOnlySpan<byte> file, string path)
    {
        bool hasHeader = false, hasScan = false;
        for (int at = 2; ;)
        {
            // Any number of 0xFF may stand before a marker.
            while (at + 1 < file.Length && file[at] == 0xFF && file[at + 1] == 0xFF)
                at++;
            if (at + 1 >= file.Length)
                throw Damaged(path, "it ends in the middle");
            if (file[at] != 0xFF)
                throw Damaged(path, $"there is no marker at byte {at}");
            int marker = file[at + 1];
            at += 2;
            if (marker == EndOfImage)
                break;
            if (marker is Temporary or (>= FirstRestart and <= LastRestart))
                continue;

            int length = at + 2 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[at..]) : 0;
            if (length < 2 || length > file.Length - at)
                throw Damaged(path, "it ends in the middle");
            if (IsFrameHeader(marker))
            {
                if (length < 8)
                    throw Damaged(path, "its header is too short");
                DecodedImage.CheckSize(
                    path, BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 3)..]));
                hasHeader = true;
            }

            at += length;
            if (marker != StartOfScan)
                continue;
            hasScan = true;
            at = EndOfScan(file, at);
        }

        if (!hasHeader || !hasScan)
            throw Damaged(path, "it has no pixels");
    }

    // Numbers from 0xC0 to 0xCF, except those of tables and an extension.
    private static bool IsFrameHeader(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Where the next marker stands that does not belong to the coded pixels.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (at + 1 < file.Length && !(file[at] == 0xFF && file[at + 1] is not (0 or (>= FirstRestart and <= LastRestart))))
            at++;
        return at;
    }

    private static InvalidDataException Damaged(string path, string why) => new($"{path}: the JPEG image is damaged: {why}.");
}
