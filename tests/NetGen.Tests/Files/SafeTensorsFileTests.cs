using System.Buffers.Binary;
using System.Text;

namespace NetGen.Tests.Files;

public class SafeTensorsFileTests
{
    [Fact]
    public void A_file_that_was_written_reads_back()
    {
        var builder = new SafeTensorsBuilder { Metadata = { ["format"] = "pt", ["naïve"] = "\"quoted\" ☃" } };
        builder.Add("b", [3], [1f, 2f, float.NaN]);
        builder.Add("classes", [2, 2], [1L, -2L, long.MaxValue, 0L]);
        builder.Add("empty", [0, 5], ReadOnlySpan<float>.Empty);
        builder.Add("scalar", [], [7f]);
        var stream = new MemoryStream();
        builder.Write(stream);

        stream.Position = 0;
        var file = SafeTensorsFile.Read(stream);

        Assert.Equal(["b", "classes", "empty", "scalar"], file.Tensors.Select(tensor => tensor.Name).Order());
        Assert.Equal([1f, 2f, float.NaN], file["b"].ToSingles());
        Assert.Equal([1L, -2L, long.MaxValue, 0L], file["classes"].ToInt64s());
        Assert.Equal([2, 2], file["classes"].Shape);
        Assert.Equal(0, file["empty"].Length);
        Assert.Equal(7f, Assert.Single(file["scalar"].ToSingles()));
        Assert.Equal("\"quoted\" ☃", file.Metadata["naïve"]);
        Assert.Throws<KeyNotFoundException>(() => file["c"]);
        Assert.Throws<ArgumentException>(() => builder.Add("b", [1], [1f]));
        Assert.Throws<ArgumentException>(() => builder.Add("d", [2], [1f]));
    }

    [Fact]
    public void Every_floating_type_is_converted()
    {
        byte[] data = new byte[16];
        BinaryPrimitives.WriteDoubleLittleEndian(data, -1.5);
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(8), 0.1f);
        BinaryPrimitives.WriteHalfLittleEndian(data.AsSpan(12), (Half)2.5f);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(14), 0x4049); // 3.140625

        var file = Read("""
            {"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"s":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},
             "h":{"dtype":"F16","shape":[1],"data_offsets":[12,14]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[14,16]}}
            """, data);

        Assert.Equal([-1.5f, 0.1f, 2.5f, 3.140625f], file.Tensors.Select(tensor => tensor.ToSingles()[0]));
        Assert.Throws<InvalidDataException>(() => file["d"].ToInt64s());
        Assert.Throws<InvalidDataException>(() => file["d"].CopyTo(new float[1]));
    }

    [Theory]
    [InlineData("U8", 1, 255L)]
    [InlineData("I8", 1, -1L)]
    [InlineData("U16", 2, 65535L)]
    [InlineData("I16", 2, -1L)]
    [InlineData("U32", 4, 4294967295L)]
    [InlineData("I32", 4, -1L)]
    [InlineData("I64", 8, -1L)]
    public void Every_integer_type_is_widened(string type, int size, long expected)
    {
        var data = new byte[size];
        data.AsSpan().Fill(0xFF);
        var file = Read($$$"""{"x":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,{{{size}}}]}}""", data);

        Assert.Equal(expected, Assert.Single(file["x"].ToInt64s()));
        Assert.Contains("x", Assert.Throws<InvalidDataException>(() => file["x"].ToSingles()).Message);
    }

    [Theory]
    [InlineData("""[]""", "does not start with '{'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", "not valid JSON")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x""", "not valid JSON")]
    [InlineData("""{"x":7}""", "'x' is not an object")]
    [InlineData("""{"x":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", "'F31'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", "shape is not a list")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "two data_offsets")]
    [InlineData("""{"x":{"dtype":"F32","data_offsets":[0,4]}}""", "needs a dtype, a shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "takes 8 bytes, but its data_offsets are 0 to 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "4 to 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2147483647,2147483647,4],"data_offsets":[0,4]}}""", "takes 9223372036854775807 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "holds 8 bytes of data")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "end at byte 4, but the file holds 8")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "'x' starts at byte 4 and leaves a gap")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "'y' starts at byte 4 and overlaps")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "'x' twice")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", "'more'")]
    [InlineData("""{"__metadata__":{"a":1}}""", "'a' is not a string")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "not valid JSON")]
    public void A_wrong_header_is_refused_with_the_reason(string header, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(header, new byte[8]));
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Wrong_lengths_are_refused_with_the_reason()
    {
        Assert.Contains("found 7 bytes", Refused(new byte[7]));
        Assert.Contains("does not start with '{'", Refused(new byte[8]));
        Assert.Contains("limit", Refused([255, 255, 255, 255, 255, 255, 255, 255]));
        Assert.Contains("truncated", Refused([200, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']));

        static string Refused(byte[] bytes) =>
            Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(new MemoryStream(bytes))).Message;
    }

    [Fact]
    public void A_file_is_named_in_the_message()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "not a safetensors file at all");

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(path)).Message);
        File.Delete(path);
    }

    private static SafeTensorsFile Read(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + text.Length);
        return SafeTensorsFile.Read(new MemoryStream(bytes));
    }
}
