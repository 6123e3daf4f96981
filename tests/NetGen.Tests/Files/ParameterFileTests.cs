using NetGen.Tests.Networks;

namespace NetGen.Tests.Files;

public sealed class ParameterFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("netgen-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Parameters_that_were_saved_load_into_another_instance()
    {
        var saved = SampleDescription.Numbered();
        string path = Path.Combine(_directory, "net.safetensors");
        File.WriteAllText(path, "an older file");
        saved.Save(path, new Dictionary<string, string> { ["scale"] = "255" });
        var loaded = new ParameterBlock(saved.Description);

        var metadata = loaded.Load(path);

        Assert.Equal(saved.Span.ToArray(), loaded.Span.ToArray());
        Assert.Equal("pt", metadata["format"]);
        Assert.Equal("255", metadata["scale"]);
        Assert.Equal([path], Directory.GetFiles(_directory));
    }

    [Fact]
    public void Files_hold_logical_shapes_and_orders()
    {
        var stream = new MemoryStream();
        SampleDescription.Numbered().Save(stream);
        stream.Position = 0;
        var file = SafeTensorsFile.Read(stream);

        Assert.Equal([3, 2, 2, 3], file["0.weight"].Shape);
        Assert.Equal([40, 12], file["2.weight"].Shape);
        Assert.Equal(Enumerable.Range(1, 36).Select(i => (float)i), file["0.weight"].ToSingles());
        Assert.Equal(Enumerable.Range(40, 480).Select(i => (float)i), file["2.weight"].ToSingles());
    }

    [Fact]
    public void A_file_of_another_network_is_refused_with_every_tensor_named()
    {
        var builder = new SafeTensorsBuilder();
        builder.Add("0.weight", [3, 2, 3, 2], new float[36]);
        builder.Add("0.bias", [3], new long[3]);
        builder.Add("2.bias", [40], new float[40]);
        builder.Add("4.bias", [2], new float[2]);
        var block = SampleDescription.Numbered();
        float[] before = block.Span.ToArray();

        var error = Assert.Throws<InvalidDataException>(() => block.Load(Written(builder)));

        Assert.Contains("'0.weight' should have the shape [3, 2, 2, 3], found [3, 2, 3, 2]", error.Message);
        Assert.Contains("'0.bias' [3] should have elements of type F32, found I64", error.Message);
        Assert.Contains("'2.weight' [40, 12] is missing", error.Message);
        Assert.Contains("'4.bias' [2] is not a parameter of SampleNet", error.Message);
        Assert.DoesNotContain("'2.bias'", error.Message);
        Assert.Equal(before, block.Span.ToArray());
    }

    [Fact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        byte[] bytes = Saved();
        var block = SampleDescription.Numbered();
        float[] before = block.Span.ToArray();

        for (int length = 0; length < bytes.Length; length += length < 600 ? 1 : 37)
            Assert.Throws<InvalidDataException>(() => block.Load(new MemoryStream(bytes, 0, length)));

        Assert.Equal(before, block.Span.ToArray());
        Assert.Throws<InvalidDataException>(() => block.Load(new MemoryStream([.. bytes, 0])));
    }

    // Each bit of the prefix and the header, one at a time: what comes out is a valid file, or a clear error and the block
    // as it was. Nothing else may escape.
    [Fact]
    public void A_flipped_bit_in_the_header_is_an_error_or_harmless()
    {
        byte[] bytes = Saved();
        int dataStart = 8 + (int)BitConverter.ToUInt64(bytes);
        var block = SampleDescription.Numbered();
        float[] before = block.Span.ToArray();
        int refused = 0;

        for (int bit = 0; bit < dataStart * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                block.Load(new MemoryStream(bytes));
            }
            catch (InvalidDataException)
            {
                refused++;
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(before, block.Span.ToArray());
        }

        // What remains are changes inside of the metadata's strings and of white space.
        Assert.InRange(refused, dataStart * 8 * 0.8, dataStart * 8);
    }

    [Fact]
    public void Random_damage_never_escapes_as_another_exception()
    {
        byte[] original = Saved();
        int dataStart = 8 + (int)BitConverter.ToUInt64(original);
        var random = new RandomStream(99);
        var block = new ParameterBlock(SampleDescription.Create());
        for (int round = 0; round < 3_000; round++)
        {
            byte[] bytes = [.. original];
            for (int damage = random.NextInt(6); damage >= 0; damage--)
                bytes[random.NextInt(dataStart)] = (byte)random.NextInt(256);
            bytes = bytes[..(random.NextInt(4) == 0 ? random.NextInt(bytes.Length) : bytes.Length)];

            try
            {
                block.Load(new MemoryStream(bytes));
                block.Update(values => values.Clear());
            }
            catch (InvalidDataException)
            {
                Assert.False(block.Span.ContainsAnyExcept(0f), $"Round {round} left something behind.");
            }
        }
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_no_other()
    {
        string path = Path.Combine(_directory, "taken");
        Directory.CreateDirectory(path);

        Assert.ThrowsAny<Exception>(() => SampleDescription.Numbered().Save(path));

        Assert.Empty(Directory.GetFiles(_directory));
        Assert.True(Directory.Exists(path));
        Assert.ThrowsAny<IOException>(() => SampleDescription.Numbered().Save(Path.Combine(_directory, "missing", "net")));
    }

    private static byte[] Saved()
    {
        var stream = new MemoryStream();
        SampleDescription.Numbered().Save(stream);
        return stream.ToArray();
    }

    private static MemoryStream Written(SafeTensorsBuilder builder)
    {
        var stream = new MemoryStream();
        builder.Write(stream);
        stream.Position = 0;
        return stream;
    }
}
