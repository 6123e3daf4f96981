using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen.Tests.Data;

/// <summary>Writes PNG files of every kind, each row with another filter, so that reading them is tested.</summary>
internal static class PngWriter
{
    private static readonly (int X, int Y, int StepX, int StepY)[] s_passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <param name="width">The columns.</param>
    /// <param name="height">The rows.</param>
    /// <param name="depth">Bits per sample.</param>
    /// <param name="colour">The colour type.</param>
    /// <param name="samples">What a sample (x, y, channel) is.</param>
    /// <param name="palette">Colours, for colour type 3.</param>
    /// <param name="interlaced">Whether in seven passes.</param>
    internal static byte[] Encode(
        int width, int height, int depth, int colour, Func<int, int, int, int> samples, byte[]? palette = null, bool interlaced = false)
    {
        int channels = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var (x0, y0, stepX, stepY) in interlaced ? s_passes : [(0, 0, 1, 1)])
            {
                byte[] above = [];
                int row = 0;
                for (int y = y0; y < height && x0 < width; y += stepY, row++)
                {
                    byte[] bytes = Pack(Columns(), depth);
                    above = above.Length == 0 ? new byte[bytes.Length] : above;
                    zlib.Write(Filter(bytes, above, row % 5, Math.Max(1, depth * channels / 8)));
                    above = bytes;

                    IEnumerable<int> Columns()
                    {
                        for (int x = x0; x < width; x += stepX)
                        {
                            for (int channel = 0; channel < channels; channel++)
                                yield return samples(x, y, channel);
                        }
                    }
                }
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colour, (byte)(interlaced ? 1 : 0));
        byte[] all = data.ToArray();
        return
        [
            0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A,
            .. Chunk("IHDR", header), .. palette is null ? [] : Chunk("PLTE", palette), .. Chunk("tEXt", [1, 2, 3]),
            .. Chunk("IDAT", all[..(all.Length / 2)]), .. Chunk("IDAT", all[(all.Length / 2)..]), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Pack(IEnumerable<int> samples, int depth)
    {
        var bytes = new List<byte>();
        int bits = 0, held = 0;
        foreach (int sample in samples)
        {
            if (depth == 16)
            {
                bytes.AddRange([(byte)(sample >> 8), (byte)sample]);
                continue;
            }

            held = held << depth | sample;
            bits += depth;
            if (bits == 8)
            {
                bytes.Add((byte)held);
                (bits, held) = (0, 0);
            }
        }

        if (bits > 0)
            bytes.Add((byte)(held << (8 - bits)));
        return [.. bytes];
    }

    private static byte[] Filter(byte[] row, byte[] above, int filter, int step)
    {
        var result = new byte[row.Length + 1];
        result[0] = (byte)filter;
        for (int i = 0; i < row.Length; i++)
        {
            int a = i >= step ? row[i - step] : 0, b = above[i], c = i >= step ? above[i - step] : 0;
            int p = a + b - c;
            int[] distances = [Math.Abs(p - a), Math.Abs(p - b), Math.Abs(p - c)];
            int paeth = distances[0] == distances.Min() ? a : distances[1] == distances.Min() ? b : c;
            result[i + 1] = (byte)(row[i] - filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => paeth, _ => 0 });
        }

        return result;
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        var check = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc32.Append(0, body));
        return [.. length, .. body, .. check];
    }
}
