using System.IO.Compression;

namespace NetGen.Data;

/// <summary>Opens data files, compressed with gzip or not: the content decides, not the name.</summary>
internal static class DataFile
{
    /// <summary>Opens a file for reading, decompressed.</summary>
    internal static Stream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[2];
        bool compressed = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
        file.Position = 0;
        return compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Reads a whole file, decompressed.</summary>
    /// <exception cref="InvalidDataException">The compression is damaged.</exception>
    internal static ReadOnlyMemory<byte> ReadAll(string path)
    {
        using var stream = Open(path);
        var memory = new MemoryStream();
        try
        {
            stream.CopyTo(memory);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: the gzip compression is damaged: {exception.Message}", exception);
        }

        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }
}
