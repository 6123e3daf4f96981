namespace NetGen.Data;

/// <summary>Opens data files, compressed with gzip or not: the content decides, not the name.</summary>
internal static class DataFile
{
    private const int FirstPiece = 1 << 16;

    /// <summary>Opens a file for reading, decompressed. What is wrong with the compression is reported with the file's name.</summary>
    internal static Stream Open(string path)
    {
        FileStream file = InputFile.OpenAgainAndAgain(path);
        bool compressed = IsCompressed(file);
        file.Position = 0;
        return compressed ? new GzipReader(file, path) : file;
    }

    /// <summary>Whether a stream goes on with what gzip begins with.</summary>
    internal static bool IsCompressed(Stream stream)
    {
        Span<byte> magic = stackalloc byte[2];
        return stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
    }

    /// <summary>
    /// Reads at most so many bytes, fewer where the stream ends. Memory grows with what is there, not with what a header claims.
    /// </summary>
    internal static byte[] Read(Stream stream, long most)
    {
        var bytes = new byte[(int)Math.Min(most, FirstPiece)];
        int count = 0;
        while (true)
        {
            count += stream.ReadAtLeast(bytes.AsSpan(count), bytes.Length - count, throwOnEndOfStream: false);
            if (count < bytes.Length || count == most || count == Array.MaxLength)
                break;
            Array.Resize(ref bytes, (int)Math.Min(Math.Min(most, Array.MaxLength), 2L * count));
        }

        return count == bytes.Length ? bytes : bytes[..count];
    }
}
