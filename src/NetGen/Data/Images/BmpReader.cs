using System.Buffers.Binary;

namespace NetGen.Data;

/// <summary>Reads Windows bitmaps that are not compressed: 1, 4 and 8 bits with a palette, 24 and 32 bits.</summary>
internal static class BmpReader
{
    private const int FileHeaderLength = 14;
    private const int SmallestInfo = 40;
    private const int Uncompressed = 0, BitFields = 3;

    internal static bool Recognises(ReadOnlySpan<byte> file) => file is [(byte)'B', (byte)'M', ..];

    /// <exception cref="InvalidDataException">The file is damaged or compressed; the message names it.</exception>
    internal static DecodedImage Read(ReadOnlySpan<byte> file, string path)
    {
        if (file.Length < FileHeaderLength + SmallestInfo)
            throw Damaged(path, "it is truncated");
        long start = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        ReadOnlySpan<byte> info = file[FileHeaderLength..];
        long infoLength = BinaryPrimitives.ReadUInt32LittleEndian(info);
        int width = BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
        long rows = BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(info[14..]);
        uint compression = BinaryPrimitives.ReadUInt32LittleEndian(info[16..]);
        DecodedImage.CheckSize(path, width, Math.Abs(rows));
        if (infoLength < SmallestInfo || bits is not (1 or 4 or 8 or 24 or 32))
            throw Damaged(path, $"there are no images of {bits} bits");
        if (!(compression == Uncompressed || (compression == BitFields && bits == 32 && HasUsualMasks(info))))
            throw new InvalidDataException($"{path}: compressed bitmaps are not read; save it uncompressed or as PNG.");

        int height = (int)Math.Abs(rows);
        long stride = ((long)width * bits + 31) / 32 * 4;
        if (start > file.Length || file.Length - start < stride * height)
            throw Damaged(path, "it is truncated");
        ReadOnlySpan<byte> palette = bits <= 8 ? Palette(file, infoLength, start, path) : [];
        var pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            // Rows go upwards unless their number is negative.
            ReadOnlySpan<byte> row = file[(int)(start + stride * (rows > 0 ? height - 1 - y : y))..];
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> colour = bits > 8 ? row[(x * (bits / 8))..] : Colour(palette, Index(row, x, bits), path);
                int at = 3 * (y * width + x);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (colour[2], colour[1], colour[0]);
            }
        }

        return IsGrey(pixels)
            ? new DecodedImage(width, height, 1, [.. pixels.Where((_, i) => i % 3 == 0)])
            : new DecodedImage(width, height, 3, pixels);
    }

    private static ReadOnlySpan<byte> Palette(ReadOnlySpan<byte> file, long infoLength, long start, string path)
    {
        long from = FileHeaderLength + infoLength;
        return from <= start ? file[(int)from..(int)start] : throw Damaged(path, "its palette lies outside");
    }

    private static int Index(ReadOnlySpan<byte> row, int x, int bits) =>
        (row[x * bits / 8] >> (8 - bits - x * bits % 8)) & ((1 << bits) - 1);

    private static ReadOnlySpan<byte> Colour(ReadOnlySpan<byte> palette, int index, string path) => 4 * index + 3 <= palette.Length
        ? palette[(4 * index)..]
        : throw Damaged(path, $"its palette has no colour {index}");

    private static bool HasUsualMasks(ReadOnlySpan<byte> info) => info.Length >= 52
        && BinaryPrimitives.ReadUInt32LittleEndian(info[40..]) == 0xFF0000
        && BinaryPrimitives.ReadUInt32LittleEndian(info[44..]) == 0xFF00
        && BinaryPrimitives.ReadUInt32LittleEndian(info[48..]) == 0xFF;

    /// <summary>Whether all pixels are grey: the format itself knows colours alone.</summary>
    private static bool IsGrey(byte[] pixels)
    {
        for (int i = 0; i < pixels.Length; i += 3)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
                return false;
        }

        return true;
    }

    private static InvalidDataException Damaged(string path, string why) => new($"{path}: the bitmap is damaged: {why}.");
}
