using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace NetGen.Samples.Tests;

public class DigitsTests
{
    [Fact]
    public void The_small_digits_are_learned_and_the_last_lines_are_for_scripts()
    {
        Sample sample = Sample.Run("Digits");

        double[] accuracy = sample.Numbers(@"^test accuracy: (\d\.\d{3})$");
        Assert.InRange(accuracy[0], 0.97, 1);
        double[] prediction = sample.Numbers(@"^prediction: (\d+\.\d\d) us, (\d+) bytes$");
        Assert.Equal(0, prediction[1]);
        Assert.StartsWith("test accuracy: ", sample.Lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("prediction: ", sample.Lines[^1], StringComparison.Ordinal);
        double[] same = sample.Numbers(@"^([\d,]+) of ([\d,]+) predictions are the same, bit for bit$");
        Assert.Equal(same[1], same[0]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Idx_files_are_learned_from_a_directory_that_an_option_or_a_variable_names(bool isCompressed, bool isVariable)
    {
        string directory = Directory.CreateTempSubdirectory("netgen-digits-").FullName;
        try
        {
            WriteIdxFiles(directory, isCompressed);
            Sample sample = isVariable
                ? Sample.Run("Digits", ["--epochs", "8"], ("NETGEN_DATA", directory))
                : Sample.Run("Digits", ["--epochs", "8", "--data", directory]);

            sample.Numbers("Conv2D\\((16), 5×5");
            Assert.Equal(1, sample.Numbers(@"^test accuracy: (\d\.\d{3})$")[0]);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void The_best_recipe_varies_images_and_goes_back_to_the_best_epoch_and_a_report_shows_it()
    {
        string directory = Directory.CreateTempSubdirectory("netgen-digits-").FullName;
        try
        {
            WriteIdxFiles(directory, isCompressed: false);
            string report = Path.Combine(directory, "report.html");
            Sample sample = Sample.Run("Digits", ["--data", directory, "--best", "--epochs", "6", "--report", report]);

            sample.Numbers("Conv2D\\((64), 3×3");
            double[] stopped = sample.Numbers(@"^(\d+) epochs in \d+ s; back to epoch (\d+), the best on the (\d+) digits kept apart$");
            Assert.InRange(stopped[1], 1, stopped[0]);
            Assert.Equal(64, stopped[2]);
            // Images that are moved by as much as digits lie apart: much is learned, not all.
            Assert.InRange(sample.Numbers(@"^test accuracy: (\d\.\d{3})$")[0], 0.3, 1);
            // Not one line of progress is broken or coloured.
            Assert.Equal(stopped[0], sample.Lines.Count(line => Regex.IsMatch(line, @"^epoch \d/6 loss .* samples/s\)$")));
            Assert.DoesNotContain("\u001b", sample.Output, StringComparison.Ordinal);
            Assert.Contains("DeepNet learns to read", File.ReadAllText(report), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void The_best_recipe_asks_for_images()
    {
        Sample sample = Sample.Run("Digits", ["--best"]);

        Assert.Equal(1, sample.ExitCode);
        Assert.Contains("--data DIR", sample.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_without_the_files_is_reported_without_a_stack_trace()
    {
        string directory = Directory.CreateTempSubdirectory("netgen-digits").FullName;
        Sample sample = Sample.Run("Digits", ["--data", directory]);
        Directory.Delete(directory);

        Assert.Equal(1, sample.ExitCode);
        Assert.Contains("train-images-idx3-ubyte", sample.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", sample.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_reported_without_a_stack_trace()
    {
        Sample sample = Sample.Run("Digits", ["--data", Path.Combine(AppContext.BaseDirectory, "nowhere")]);

        Assert.Equal(1, sample.ExitCode);
        Assert.Contains("There is no directory", sample.Error, StringComparison.Ordinal);
        Assert.Contains("nowhere", sample.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", sample.Error, StringComparison.Ordinal);
    }

    /// <summary>Digit d is a bar in column 2 d + 4: easy to learn in a moment.</summary>
    private static void WriteIdxFiles(string directory, bool isCompressed)
    {
        foreach (var (part, count) in new[] { ("train", 640), ("t10k", 50) })
        {
            var images = new byte[16 + count * 28 * 28];
            var labels = new byte[8 + count];
            BinaryPrimitives.WriteInt32BigEndian(images, 0x803);
            BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(4), count);
            BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(8), 28);
            BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(12), 28);
            BinaryPrimitives.WriteInt32BigEndian(labels, 0x801);
            BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), count);
            for (int i = 0; i < count; i++)
            {
                int digit = i * 7 % 10;
                labels[8 + i] = (byte)digit;
                for (int row = i % 5; row < 28; row++)
                    images[16 + (i * 28 + row) * 28 + 2 * digit + 4] = 255;
            }

            Write(Path.Combine(directory, $"{part}-images-idx3-ubyte"), images, isCompressed);
            Write(Path.Combine(directory, $"{part}-labels-idx1-ubyte"), labels, isCompressed);
        }
    }

    private static void Write(string path, byte[] bytes, bool isCompressed)
    {
        using Stream file = File.Create(isCompressed ? path + ".gz" : path);
        using Stream stream = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(bytes);
    }
}
