using System.Buffers.Binary;

namespace Streaming;

/// <summary>WAV files of one channel, 16 bits a sample.</summary>
internal static class WaveFile
{
    /// <summary>Writes a signal between −1 and 1; what is louder is cut.</summary>
    public static void Write(string path, float[] signal, int rate)
    {
        byte[] file = new byte[44 + (2 * signal.Length)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);           // numbers as they are
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);           // one channel
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), 2 * rate);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), 2 * signal.Length);
        for (int i = 0; i < signal.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (2 * i)), (short)(Math.Clamp(signal[i], -1, 1) * short.MaxValue));
        File.WriteAllBytes(path, file);
    }
}
