using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen.Data;

/// <summary>
/// Reads PNG files of every colour type and bit depth, interlaced or not (W3C, "Portable Network Graphics (PNG) Specification", 2nd edition).
/// Of 16 bits the upper 8 are kept; transparency is left out.
/// </summary>
internal static class PngReader
{
    private const int Grey = 0, Colour = 2, Palette = 3, GreyAlpha = 4, ColourAlpha = 6;

    // Adam7: where each pass begins, and its steps, along x and y.
    private static readonly (int X, int Y, int StepX, int StepY)[] s_passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly record struct Header(int Width, int Height, int Depth, int Colour, bool IsInterlaced)
    {
        internal int Samples => Colour switch
        {
            PngReader.Colour => 3,
            GreyAlpha => 2,
            ColourAlpha => 4,
            _ => 1,
        };

        internal int BitsPerPixel => Depth * Samples;

        internal bool IsKnown => Colour switch
        {
            Grey => Depth is 1 or 2 or 4 or 8 or 16,
            Palette => Depth is 1 or 2 or 4 or 8,
            PngReader.Colour or GreyAlpha or ColourAlpha => Depth is 8 or 16,
            _ => false,
        };
    }

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="InvalidDataException">The file is damaged; the message names it.</exception>
    internal static DecodedImage Read(ReadOnlySpan<byte> file, string path)
    {
        Header header = default;
        byte[] palette = [];
        var compressed = new MemoryStream();
        for (ReadOnlySpan<byte> rest = file[Signature.Length..]; ;)
        {
            ReadOnlySpan<byte> chunk = Chunk(ref rest, path, out ReadOnlySpan<byte> type);
            if (type.SequenceEqual("IHDR"u8))
                header = ReadHeader(chunk, path);
            else if (type.SequenceEqual("PLTE"u8))
                palette = chunk.ToArray();
            else if (type.SequenceEqual("IDAT"u8))
                compressed.Write(chunk);
            else if (type.SequenceEqual("IEND"u8))
                break;
        }

        if (header.Width == 0)
            throw Damaged(path, "it has no header");
        compressed.Position = 0;
        int channels = header.Colour is Grey or GreyAlpha ? 1 : 3;
        var pixels = new byte[header.Width * header.Height * channels];
        using var data = new ZLibStream(compressed, CompressionMode.Decompress);
        foreach (var (x, y, stepX, stepY) in header.IsInterlaced ? s_passes : [(0, 0, 1, 1)])
            ReadPass(data, header, palette, pixels, channels, x, y, stepX, stepY, path);
        return new DecodedImage(header.Width, header.Height, channels, pixels);
    }

    /// <summary>Takes a chunk off the front, checksum and all.</summary>
    private static ReadOnlySpan<byte> Chunk(ref ReadOnlySpan<byte> rest, string path, out ReadOnlySpan<byte> type)
    {
        if (rest.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - 12)
            throw Damaged(path, "it ends in the middle");
        int length = (int)BinaryPrimitives.ReadUInt32BigEndian(rest);
        type = rest.Slice(4, 4);
        if (Crc32.Append(0, rest.Slice(4, 4 + length)) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + length)..]))
            throw Damaged(path, "a checksum does not fit");
        ReadOnlySpan<byte> chunk = rest.Slice(8, length);
        rest = rest[(12 + length)..];
        return chunk;
    }

    private static Header ReadHeader(ReadOnlySpan<byte> chunk, string path)
    {
        if (chunk.Length != 13)
            throw Damaged(path, "its header has another length");
        long width = BinaryPrimitives.ReadUInt32BigEndian(chunk), height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        DecodedImage.CheckSize(path, width, height);
        var header = new Header((int)width, (int)height, chunk[8], chunk[9], chunk[12] == 1);
        return header.IsKnown && chunk is [.., 0, 0, 0 or 1]
            ? header
            : throw Damaged(path, $"there is no colour type {chunk[9]} of {chunk[8]} bits");
    }

    private static void ReadPass(
        Stream data, Header header, byte[] palette, byte[] pixels, int channels, int x0, int y0, int stepX, int stepY, string path)
    {
        int width = (header.Width - x0 + stepX - 1) / stepX, height = (header.Height - y0 + stepY - 1) / stepY;
        if (width <= 0 || height <= 0)
            return;
        int rowLength = (int)(((long)width * header.BitsPerPixel + 7) / 8);
        int step = Math.Max(1, header.BitsPerPixel / 8);
        byte[] row = new byte[1 + rowLength], above = new byte[1 + rowLength];
        for (int y = 0; y < height; y++)
        {
            ReadRow(data, row, path);
            Unfilter(row, above, step, path);
            for (int x = 0; x < width; x++)
            {
                int at = ((y0 + y * stepY) * header.Width + x0 + x * stepX) * channels;
                for (int channel = 0; channel < channels; channel++)
                    pixels[at + channel] = Pixel(row.AsSpan(1), header, palette, x, channel, path);
            }

            (row, above) = (above, row);
        }
    }

    private static void ReadRow(Stream data, byte[] row, string path)
    {
        try
        {
            if (data.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) == row.Length)
                return;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: the PNG file is damaged: {exception.Message}", exception);
        }

        throw Damaged(path, "its pixels end too early");
    }

    /// <summary>Adds what each byte was predicted to be from those before and above it.</summary>
    private static void Unfilter(byte[] row, byte[] above, int step, string path)
    {
        if (row[0] > 4)
            throw Damaged(path, $"there is no filter {row[0]}");
        for (int i = 1; i < row.Length; i++)
        {
            int left = i > step ? row[i - step] : 0, up = above[i], corner = i > step ? above[i - step] : 0;
            row[i] += (byte)(row[0] switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => 0,
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        int byLeft = Math.Abs(estimate - left), byUp = Math.Abs(estimate - up), byCorner = Math.Abs(estimate - corner);
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }

    private static byte Pixel(ReadOnlySpan<byte> row, Header header, byte[] palette, int x, int channel, string path)
    {
        if (header.Depth >= 8)
        {
            int sample = row[(x * header.Samples + (header.Colour == Palette ? 0 : channel)) * (header.Depth / 8)];
            return header.Colour == Palette ? Entry(palette, sample, channel, path) : (byte)sample;
        }

        int bit = x * header.Depth;
        int most = (1 << header.Depth) - 1;
        int value = (row[bit / 8] >> (8 - header.Depth - bit % 8)) & most;
        return header.Colour == Palette ? Entry(palette, value, channel, path) : (byte)(value * 255 / most);
    }

    private static byte Entry(byte[] palette, int index, int channel, string path) => 3 * index + channel < palette.Length
        ? palette[3 * index + channel]
        : throw Damaged(path, $"its palette has no colour {index}");

    private static InvalidDataException Damaged(string path, string why) => new($"{path}: the PNG file is damaged: {why}.");
}
