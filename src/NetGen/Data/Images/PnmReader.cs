using System.Buffers.Binary;

namespace NetGen.Data;

/// <summary>Reads the portable formats PGM and PPM, as text (P2, P3) and binary (P5, P6), of 8 or 16 bits.</summary>
internal static class PnmReader
{
    /// <summary>Whether a file begins like one.</summary>
    internal static bool Recognises(ReadOnlySpan<byte> file) =>
        file is [(byte)'P', (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6', (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'#', ..];

    /// <exception cref="InvalidDataException">The file is damaged; the message names it.</exception>
    internal static DecodedImage Read(ReadOnlySpan<byte> file, string path)
    {
        bool isText = file[1] is (byte)'2' or (byte)'3';
        int channels = file[1] is (byte)'2' or (byte)'5' ? 1 : 3;
        int at = 2;
        int width = Number(file, ref at, path), height = Number(file, ref at, path), largest = Number(file, ref at, path);
        DecodedImage.CheckSize(path, width, height);
        if (largest is < 1 or > ushort.MaxValue)
            throw Damaged(path, $"its largest value is {largest}");
        at++; // One blank ends the header.

        var pixels = new byte[width * height * channels];
        int bytes = largest > byte.MaxValue ? 2 : 1;
        if (!isText && file.Length - at < (long)pixels.Length * bytes)
            throw Damaged(path, "it is truncated");
        for (int i = 0; i < pixels.Length; i++)
        {
            int value = isText ? Number(file, ref at, path)
                : bytes == 1 ? file[at + i]
                : BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2 * i)..]);
            if (value > largest)
                throw Damaged(path, $"a pixel is {value}, above its largest value of {largest}");
            pixels[i] = (byte)((value * 255 + largest / 2) / largest);
        }

        return new DecodedImage(width, height, channels, pixels);
    }

    /// <summary>The next number, behind blanks and comments.</summary>
    private static int Number(ReadOnlySpan<byte> file, ref int at, string path)
    {
        while (at < file.Length && !char.IsAsciiDigit((char)file[at]))
        {
            if (file[at] == '#')
            {
                while (at < file.Length && file[at] != '\n')
                    at++;
            }
            else if (!char.IsWhiteSpace((char)file[at]))
            {
                throw Damaged(path, $"expected a number at byte {at}");
            }
            else
            {
                at++;
            }
        }

        int start = at;
        int number = 0;
        for (; at < file.Length && char.IsAsciiDigit((char)file[at]); at++)
            number = (int)Math.Min(number * 10L + file[at] - '0', int.MaxValue / 256);
        return at > start ? number : throw Damaged(path, "it is truncated");
    }

    private static InvalidDataException Damaged(string path, string why) => new($"{path}: the image is damaged: {why}.");
}
