using System.Buffers.Binary;

namespace NetGen.Samples.Tests;

public class GanTests
{
    [Fact]
    public void Points_come_to_lie_at_every_place_of_the_ring()
    {
        string file = Path.GetTempFileName();
        try
        {
            Sample sample = Sample.Run("Gan", ["--svg", file]);
            Assert.Equal([8, 8], sample.Numbers(@"^places: (\d) of (\d)$"));
            // Seen: 0.94. Points anywhere within the picture would be near a place in one of twenty cases.
            Assert.InRange(sample.Numbers(@"^near a place: (\d\.\d{3})$")[0], 0.85, 1);
            Assert.Contains("⠀", sample.Output, StringComparison.Ordinal);
            Assert.Equal(3 * (8 + 1024), File.ReadAllText(file).Split("<circle").Length - 1);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Digits_are_read_from_a_directory_and_what_is_made_of_them_is_drawn()
    {
        string directory = Directory.CreateTempSubdirectory("netgen-gan-").FullName;
        string file = Path.Combine(directory, "made.svg");
        try
        {
            Sample none = Sample.Run("Gan", ["--data", directory]);
            Assert.Equal(1, none.ExitCode);
            Assert.Contains(directory, none.Error, StringComparison.Ordinal);

            Write("train", 640);
            Write("t10k", 10);
            Sample sample = Sample.Run("Gan", ["--data", directory, "--epochs", "2", "--svg", file]);
            double[] losses = sample.Numbers(@"^epoch   2: the critic's loss (\d\.\d{3}), the maker's (\d+\.\d{3})$");
            // It tells them apart better than by chance, whose loss is 0.69.
            Assert.InRange(losses[0], 0.1, 0.69);
            string[] squares = [.. File.ReadAllText(file).Split('\n').Where(line => line.Contains("width='1'", StringComparison.Ordinal))];
            // Sixty pictures, of which every one has something to show.
            Assert.Equal(60, squares.Select(line => line.Split('\'')).Select(parts => (int.Parse(parts[1]) / 32, int.Parse(parts[3]) / 32)).Distinct().Count());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        void Write(string name, int count)
        {
            var images = new byte[16 + count * 784];
            BinaryPrimitives.WriteInt32BigEndian(images, 0x803);
            BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(4), count);
            BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(8), 28);
            BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(12), 28);
            for (int i = 0; i < count * 784; i++)
                images[16 + i] = (byte)(i % 28 is >= 11 and < 17 && i / 28 % 28 is >= 4 and < 24 ? 255 : 0);
            var labels = new byte[8 + count];
            BinaryPrimitives.WriteInt32BigEndian(labels, 0x801);
            BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), count);
            File.WriteAllBytes(Path.Combine(directory, $"{name}-images-idx3-ubyte"), images);
            File.WriteAllBytes(Path.Combine(directory, $"{name}-labels-idx1-ubyte"), labels);
        }
    }
}
