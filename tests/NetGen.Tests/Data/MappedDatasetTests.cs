using NetGen.Data;

namespace NetGen.Tests.Data;

public sealed class MappedDatasetTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string PathOf(string name) => Path.Combine(_directory.Root, name);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_mapped_file_holds_the_samples_that_were_written()
    {
        var source = Samples.OfClasses(100).Subset([.. Enumerable.Range(0, 50).Reverse()]);
        MappedDataset.Write(PathOf("data"), source);

        using var mapped = MappedDataset.Open(PathOf("data"));

        Assert.Equal(source.InputShape, mapped.InputShape);
        Assert.Equal(3, mapped.ClassCount);
        Assert.Equal(Samples.Numbers(source), Samples.Numbers(mapped));
        Assert.Equal(source.GetClasses(), mapped.GetClasses());
        Assert.True(mapped.TryGetRange(10, 3, out var range));
        Assert.Equal([39, -39, 38, -38, 37, -37], range.Inputs.ToArray());
        Assert.Equal([0, 2, 1], range.Classes.ToArray());
    }

    [Fact]
    public void Values_probabilities_and_shapes_are_kept()
    {
        MappedDataset.Write(PathOf("values"), new MemoryDataset([1, 2, 3, 4], [1, 2, 1], [5f, 6, 7, 8, 9, 10], targetLength: 3));
        using (var mapped = MappedDataset.Open(PathOf("values")))
        {
            Assert.Equal([1, 2, 1], mapped.InputShape);
            Assert.Equal([8, 9, 10], mapped.ToMemory().Target(1).ToArray());
        }

        var mixed = Samples.OfClasses(10).Mixup(1);
        MappedDataset.Write(PathOf("mixed"), mixed);
        using (var mapped = MappedDataset.Open(PathOf("mixed")))
            Assert.Equal(mixed.ToMemory().Target(7).ToArray(), mapped.ToMemory().Target(7).ToArray());

        MappedDataset.Write(PathOf("none"), Samples.OfClasses(0));
        using (var mapped = MappedDataset.Open(PathOf("none")))
            Assert.Equal(0, mapped.Count);
    }

    [Fact]
    public void Damaged_files_are_refused()
    {
        MappedDataset.Write(PathOf("data"), Samples.OfClasses(20));
        byte[] bytes = File.ReadAllBytes(PathOf("data"));
        for (int length = 0; length < bytes.Length; length++)
        {
            _directory.Write("short", bytes[..length]);
            Assert.Throws<InvalidDataException>(() => MappedDataset.Open(PathOf("short")));
        }

        // Any bit of the magic and the numbers that are in use.
        for (int bit = 0; bit < (8 + 6 * 4) * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            _directory.Write("flipped", bytes);
            if (bit / 32 != 5)
                Assert.Throws<InvalidDataException>(() => MappedDataset.Open(PathOf("flipped")));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        bytes[^4] = 3;
        _directory.Write("id", bytes);
        Assert.Contains("from 0 to 2, but sample 19 has 3", Assert.Throws<InvalidDataException>(() => MappedDataset.Open(PathOf("id"))).Message);
    }

    [Fact]
    public void Reading_after_disposing_is_refused()
    {
        MappedDataset.Write(PathOf("data"), Samples.OfClasses(5));
        var mapped = MappedDataset.Open(PathOf("data"));
        mapped.Dispose();
        mapped.Dispose();

        Assert.Throws<ObjectDisposedException>(() => mapped.GetClasses());
        Assert.Throws<ObjectDisposedException>(() => mapped.TryGetRange(0, 1, out _));
    }
}
