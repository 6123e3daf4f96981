using System.Buffers.Binary;

namespace Voice;

/// <summary>WAV files of one channel, 16 bits a sample.</summary>
public static class WaveFile
{
    /// <summary>Reads a signal between −1 and 1.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rate">The samples of a second that it must have.</param>
    /// <exception cref="InvalidDataException">The file is no such WAV file; the message says what it is instead.</exception>
    public static float[] Read(string path, int rate)
    {
        byte[] file = File.ReadAllBytes(path);
        if (file.Length < 12 || !file.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !file.AsSpan(8, 4).SequenceEqual("WAVE"u8))
            throw new InvalidDataException($"{path} is no WAV file.");
        ReadOnlySpan<byte> format = Chunk(file, "fmt "u8, path), data = Chunk(file, "data"u8, path);
        if (format.Length < 16)
            throw new InvalidDataException($"{path} is damaged: its format has {format.Length} bytes instead of 16.");
        int kind = BinaryPrimitives.ReadUInt16LittleEndian(format), channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        int found = BinaryPrimitives.ReadInt32LittleEndian(format[4..]), bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if ((kind, channels, found, bits) != (1, 1, rate, 16))
        {
            throw new InvalidDataException(
                $"{path} has {channels} channels of {found} samples a second, {bits} bits each{(kind == 1 ? "" : " in another form")}; "
                + $"what is needed is one channel of {rate}, 16 bits each.");
        }

        var signal = new float[data.Length / 2];
        for (int i = 0; i < signal.Length; i++)
            signal[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(2 * i)..]) / 32768f;
        return signal;
    }

    // A file is a list of named pieces with their lengths, each of which begins at an even place.
    private static ReadOnlySpan<byte> Chunk(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name, string path)
    {
        for (long offset = 12; offset + 8 <= file.Length;)
        {
            ReadOnlySpan<byte> head = file[(int)offset..];
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (head[..4].SequenceEqual(name))
            {
                return length <= head.Length - 8
                    ? head.Slice(8, (int)length)
                    : throw new InvalidDataException($"{path} ends before what it announces.");
            }

            offset += 8 + length + (length % 2);
        }

        throw new InvalidDataException($"{path} holds no '{System.Text.Encoding.ASCII.GetString(name).Trim()}'.");
    }
}
