using System.IO.Compression;
using NetGen.Data;

namespace NetGen.Tests.Data;

public sealed class GzipReaderTests
{
    private static byte[] Read(byte[] file)
    {
        using var reader = new GzipReader(new MemoryStream(file), "a.gz");
        var result = new MemoryStream();
        reader.CopyTo(result);
        return result.ToArray();
    }

    private static byte[] Content(int length, int seed, int values = 256)
    {
        var random = new RandomStream(seed);
        var content = new byte[length];
        foreach (ref byte value in content.AsSpan())
            value = (byte)random.NextInt(values);
        return content;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8191)]
    [InlineData(8192)]
    [InlineData(65536)]
    [InlineData(300_000)]
    public void What_was_compressed_comes_back(int length)
    {
        foreach (CompressionLevel level in (CompressionLevel[])[CompressionLevel.Optimal, CompressionLevel.Fastest, CompressionLevel.NoCompression])
        {
            foreach (int values in (int[])[1, 3, 256])
            {
                byte[] content = Content(length, 1, values);
                var file = new MemoryStream();
                using (var gzip = new GZipStream(file, level, leaveOpen: true))
                    gzip.Write(content);
                // Nothing at all is what the system writes for nothing.
                if (file.Length > 0)
                    Assert.Equal<byte[]>(content, Read(file.ToArray()));
            }
        }
    }

    [Fact]
    public void Members_follow_one_another_with_zeros_between_and_behind_them()
    {
        byte[] a = Content(10, 1), b = Content(100_000, 2), c = Content(9, 3);
        byte[] file = [.. TemporaryDirectory.Compress(a), .. TemporaryDirectory.Compress(b), 0, 0, .. TemporaryDirectory.Compress(c), .. new byte[600]];

        Assert.Equal<byte[]>([.. a, .. b, .. c], Read(file));
    }

    [Fact]
    public void Headers_may_have_a_name_a_comment_more_and_a_checksum()
    {
        byte[] plain = TemporaryDirectory.Compress([1, 2, 3]);
        byte[] file = [0x1F, 0x8B, 8, 2 | 4 | 8 | 16, .. plain[4..10], 3, 0, 7, 7, 7, (byte)'n', 0, (byte)'c', (byte)'c', 0, 1, 2, .. plain[10..]];

        Assert.Equal([1, 2, 3], Read(file));
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_of_data_and_trailer_is_noticed()
    {
        byte[] file = [.. TemporaryDirectory.Compress(Content(200, 1, 20)), .. TemporaryDirectory.Compress(Content(300, 2, 4))];
        byte[] whole = Read(file);
        int first = TemporaryDirectory.Compress(Content(200, 1, 20)).Length;
        for (int length = 2; length < file.Length; length++)
        {
            if (length == first)
                continue; // A whole member is a whole file.
            Assert.StartsWith("a.gz: ", Assert.Throws<InvalidDataException>(() => Read(file[..length])).Message, StringComparison.Ordinal);
        }

        for (int i = first + 10; i < file.Length; i++)
        {
            byte[] damaged = [.. file];
            damaged[i] ^= 0x10;
            // Bits that fill the last byte up say nothing.
            if (Record.Exception(() => Assert.Equal<byte[]>(whole, Read(damaged))) is { } exception)
                Assert.StartsWith("a.gz: ", Assert.IsType<InvalidDataException>(exception).Message, StringComparison.Ordinal);
        }

        Assert.Contains("something that is not gzip", Assert.Throws<InvalidDataException>(() => Read([.. file, 1])).Message, StringComparison.Ordinal);
    }
}
