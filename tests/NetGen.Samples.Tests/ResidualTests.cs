namespace NetGen.Samples.Tests;

public class ResidualTests
{
    [Fact]
    public void Drawn_shapes_are_told_apart_on_pictures_that_were_not_learned()
    {
        Sample sample = Sample.Run("Residual", ["--epochs", "20"]);

        Assert.Equal([2000, 1000, 25], sample.Numbers(@"^(\d+) pictures to learn from, (\d+) to be tested with; guessing would be right in (\d+)"));
        // Seen: 0.95 and more; guessing would be right in a quarter.
        Assert.InRange(sample.Numbers(@"^test accuracy: (\d\.\d{3})$")[0], 0.85, 1);
        Assert.StartsWith("test accuracy: ", sample.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_read_from_a_directory_of_CIFAR_files()
    {
        string directory = Directory.CreateTempSubdirectory("netgen-residual-").FullName;
        try
        {
            Sample none = Sample.Run("Residual", ["--data", directory]);
            Assert.Equal(1, none.ExitCode);
            Assert.Contains("has no files train*.bin or data_batch*.bin", none.Error, StringComparison.Ordinal);

            Write("data_batch_1.bin", 40);
            Write("test_batch.bin", 20);
            Sample sample = Sample.Run("Residual", ["--data", directory, "--epochs", "3", "--samples", "30"]);
            Assert.Equal([30, 20], sample.Numbers(@"^(\d+) pictures to learn from, (\d+) to be tested with"));
            Assert.Contains("Conv2D(64, 3×3, stride 2", sample.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        // Each class has a brightness of its own.
        void Write(string name, int count)
        {
            byte[][] records = [.. Enumerable.Range(0, count).Select(i => (byte[])[(byte)(i % 10), .. Enumerable.Repeat((byte)(i % 10 * 25), 3072)])];
            File.WriteAllBytes(Path.Combine(directory, name), [.. records.SelectMany(record => record)]);
        }
    }
}
