using System.IO.Compression;

namespace NetGen.Tests.Data;

/// <summary>A directory for a test's files.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("netgen-").FullName;

    internal string Root => _path;

    internal string Write(string name, byte[] content)
    {
        string path = Path.Combine(_path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    internal string Write(string name, string content)
    {
        string path = Path.Combine(_path, name);
        File.WriteAllText(path, content);
        return path;
    }

    internal static byte[] Compress(byte[] content)
    {
        var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
            gzip.Write(content);

        return memory.ToArray();
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
