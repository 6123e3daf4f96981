using System.Buffers.Binary;
using NetGen.Data;

namespace NetGen.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_are_read_compressed_or_not(bool compressed)
    {
        byte[] content = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 51, 102, 255];
        var file = IdxFile.Read(_directory.Write("images", compressed ? TemporaryDirectory.Compress(content) : content));

        Assert.Equal([2, 1, 2], file.Shape);
        Assert.Equal([0, 51, 102, 255], file.ToInt32s());
        Assert.Equal([0f, 0.2f, 0.4f, 1f], file.ToSingles(1f / 255).Select(value => MathF.Round(value, 6)));
    }

    [Fact]
    public void Every_type_of_element_is_big_endian()
    {
        byte[] content = [0, 0, 0x0E, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteDoubleBigEndian(content.AsSpan(8), -2.5);
        var doubles = IdxFile.Read(_directory.Write("double", content));
        Assert.Equal([-2.5f], doubles.ToSingles());
        Assert.Throws<InvalidDataException>(doubles.ToInt32s);

        Assert.Equal([-2], IdxFile.Read(_directory.Write("short", [0, 0, 0x0B, 1, 0, 0, 0, 1, 255, 254])).ToInt32s());
        Assert.Equal([258f], IdxFile.Read(_directory.Write("int", [0, 0, 0x0C, 1, 0, 0, 0, 1, 0, 0, 1, 2])).ToSingles());
        Assert.Equal([1f], IdxFile.Read(_directory.Write("single", [0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0x80, 0, 0])).ToSingles());
        Assert.Equal([-1], IdxFile.Read(_directory.Write("sbyte", [0, 0, 9, 1, 0, 0, 0, 1, 255])).ToInt32s());
    }

    [Theory]
    [InlineData("00000801", "takes a header of 8", "1 dimensions take a header of 8 bytes, found 4")]
    [InlineData("00010801000000010A", "magic", "found 00010801")]
    [InlineData("00000701000000010A", "type", "found 00000701")]
    [InlineData("0000", "short", "found 0000")]
    [InlineData("00000801000000020A", "truncated", "[2] takes 2 bytes, found 1: it is truncated")]
    [InlineData("00000801000000010A0B", "longer", "[1] takes 1 bytes, found more: there is something behind its end")]
    [InlineData("0000080100000000", "empty", "dimension 0 has the extent 0")]
    [InlineData("00000801FFFFFFFF0A", "negative", "dimension 0 has the extent 4294967295")]
    [InlineData("00000E037FFFFFFF7FFFFFFF7FFFFFFF0A", "huge", "it is truncated")]
    public void A_damaged_file_is_refused_by_name_with_the_reason(string hex, string name, string reason)
    {
        string path = _directory.Write(name, Convert.FromHexString(hex));

        var error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path));
        Assert.Contains(path, error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Damaged_compression_is_refused()
    {
        byte[] content = new byte[8 + 5000];
        new byte[] { 0, 0, 8, 1, 0, 0, 19, 136 }.CopyTo(content, 0);
        new System.Random(1).NextBytes(content.AsSpan(8));
        byte[] compressed = TemporaryDirectory.Compress(content);
        for (int length = 1; length < compressed.Length; length += length < compressed.Length - 40 ? 37 : 1)
        {
            string path = _directory.Write("damaged.gz", compressed[..length]);
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => IdxFile.Read(path)).Message);
        }
    }

    [Fact]
    public void A_compressed_file_is_read_no_further_than_its_header_claims()
    {
        // 64 MB of zeros behind an array of two bytes: 64 kB compressed.
        byte[] content = new byte[64 << 20];
        new byte[] { 0, 0, 8, 1, 0, 0, 0, 2 }.CopyTo(content, 0);
        string path = _directory.Write("large.gz", TemporaryDirectory.Compress(content));

        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path)).Message;

        Assert.Contains("[2] takes 2 bytes, found more", message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_header_that_claims_too_much_takes_no_memory()
    {
        string path = _directory.Write("claims", [0, 0, 8, 1, 0x7F, 0, 0, 0, 1, 2, 3]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("found 3: it is truncated", Assert.Throws<InvalidDataException>(() => IdxFile.Read(path)).Message);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Mnist_finds_its_files_scales_pixels_and_checks_labels()
    {
        WriteImages("train-images-idx3-ubyte", 3);
        WriteImages("t10k-images-idx3-ubyte.gz", 2);
        _directory.Write("train-labels-idx1-ubyte.gz", TemporaryDirectory.Compress(Labels(9, 0, 4)));
        _directory.Write("t10k-labels-idx1-ubyte", Labels(1, 2));

        var (train, test) = Mnist.Load(_directory.Root);

        Assert.Equal([1, 2, 2], train.InputShape);
        Assert.Equal([9, 0, 4], train.GetClasses());
        Assert.Equal([1, 2], test.GetClasses());
        Assert.Equal(10, test.ClassCount);
        Assert.Equal([4 * (1f / 255), 5 * (1f / 255), 6 * (1f / 255), 7 * (1f / 255)], train.Input(1).ToArray());
        Assert.Equal([4f, 5, 6, 7], Mnist.Load(_directory.Root, scale: 1).Train.Input(1).ToArray());

        _directory.Write("t10k-labels-idx1-ubyte", Labels(1, 2, 3));
        Assert.Contains("2 images", Assert.Throws<InvalidDataException>(() => Mnist.Load(_directory.Root)).Message);
        _directory.Write("t10k-labels-idx1-ubyte", Labels(1, 10));
        Assert.Contains("number 1 is 10", Assert.Throws<InvalidDataException>(() => Mnist.Load(_directory.Root)).Message);
        File.Move(Path.Combine(_directory.Root, "t10k-labels-idx1-ubyte"), Path.Combine(_directory.Root, "t10k-labels.idx1-ubyte"));
        _directory.Write("t10k-labels.idx1-ubyte", Labels(1, 2));
        Assert.Equal([1, 2], Mnist.Load(_directory.Root).Test.GetClasses());
        File.Delete(Path.Combine(_directory.Root, "t10k-labels.idx1-ubyte"));
        Assert.Contains("neither t10k-labels-idx1-ubyte nor", Assert.Throws<FileNotFoundException>(() => Mnist.Load(_directory.Root)).Message);
    }

    [Fact]
    public void Cifar_records_are_read_from_several_files()
    {
        byte[] records = new byte[2 * 3073];
        records[0] = 7;
        records[3073] = 2;
        records[3073 + 1024 + 1] = 255; // the first green pixel of the second record
        string first = _directory.Write("a.bin", records);
        string second = _directory.Write("b.bin.gz", TemporaryDirectory.Compress(records[3073..]));

        var data = Cifar.Read([first, second]);

        Assert.Equal([7, 2, 2], data.GetClasses());
        Assert.Equal([3, 32, 32], data.InputShape);
        Assert.Equal(1f, data.Input(2)[1024]);
        Assert.Equal(1f, data.Input(2).ToArray().Sum());
        Assert.Equal("horse", Cifar.ClassNames[7]);

        records[3073] = 10;
        _directory.Write("a.bin", records);
        Assert.Contains("record 1 has 10", Assert.Throws<InvalidDataException>(() => Cifar.Read([first])).Message);
        _directory.Write("a.bin", records[..3072]);
        Assert.Contains("found 3072 bytes", Assert.Throws<InvalidDataException>(() => Cifar.Read([first])).Message);
    }

    [Fact]
    public void Files_like_those_of_Cifar_have_any_classes_labels_and_shapes()
    {
        byte[] hundred = new byte[2 * 3074];
        (hundred[0], hundred[1], hundred[3074], hundred[3075], hundred[3076]) = (19, 99, 3, 42, 255);
        string path = _directory.Write("train.bin", hundred);

        Assert.Equal([99, 42], Cifar.Read([path], format: CifarFormat.Cifar100).GetClasses());
        MemoryDataset coarse = Cifar.Read([path], scale: 1, CifarFormat.Cifar100Coarse);
        Assert.Equal([19, 3], coarse.GetClasses());
        Assert.Equal((20, 255f), (coarse.ClassCount, coarse.Input(1)[0]));
        MemoryDataset small = Cifar.Read([_directory.Write("s.bin", [1, 10, 20, 0, 30, 40])], scale: 1, new CifarFormat(2) { ImageShape = [1, 1, 2] });
        Assert.Equal([30, 40], small.Input(1).ToArray());
        Assert.Equal([1, 1, 2], small.InputShape);
        Assert.Throws<InvalidDataException>(() => Cifar.Read([path], format: new CifarFormat(5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CifarFormat(257));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cifar.Read([path], format: new CifarFormat(5) { Label = 1 }));
    }

    [Fact]
    public void Records_of_a_compressed_file_that_is_cut_are_refused()
    {
        byte[] compressed = TemporaryDirectory.Compress(new byte[5 * 3073]);
        for (int length = 2; length < compressed.Length; length++)
        {
            string path = _directory.Write("cut.bin.gz", compressed[..length]);
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Cifar.Read([path])).Message);
        }
    }

    private void WriteImages(string name, int count)
    {
        byte[] content = [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 2, 0, 0, 0, 2, .. Enumerable.Range(0, count * 4).Select(i => (byte)i)];
        _directory.Write(name, name.EndsWith(".gz", StringComparison.Ordinal) ? TemporaryDirectory.Compress(content) : content);
    }

    private static byte[] Labels(params byte[] labels) => [0, 0, 8, 1, 0, 0, 0, (byte)labels.Length, .. labels];
}
