using System.Buffers;

namespace NetGen.Data;

/// <summary>
/// CIFAR's binary files, and files like them: records of a label byte and 3 x 32 x 32 pixel bytes, red, green and blue planes.
/// </summary>
/// <remarks>A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.</remarks>
public static class Cifar
{
    /// <summary>The names of CIFAR-10's classes in the order of their ids.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads files one after the other, compressed with gzip or not.</summary>
    /// <param name="paths">The files: <c>data_batch_1.bin</c> and so on.</param>
    /// <param name="scale">What pixels are multiplied by; unless given, 1/255 brings them to 0 to 1.</param>
    /// <param name="format">What the records are; CIFAR-10's unless given.</param>
    /// <returns>Samples of shape [3, 32, 32] and 10 classes, or those of the format.</returns>
    /// <exception cref="InvalidDataException">A file is no whole number of records, or has a label that is no class.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static MemoryDataset Read(IReadOnlyList<string> paths, float scale = 1f / 255, CifarFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        format ??= CifarFormat.Cifar10;
        format.Validate();
        int imageLength = format.ImageLength, recordLength = format.RecordLength;
        var records = new ArrayBufferWriter<byte>();
        foreach (string path in paths)
            ReadRecords(path, format, records);

        int count = records.WrittenCount / recordLength;
        var inputs = new float[checked(count * imageLength)];
        var classes = new int[count];
        for (int sample = 0; sample < count; sample++)
        {
            var record = records.WrittenSpan.Slice(sample * recordLength, recordLength);
            classes[sample] = record[format.Label];
            var pixels = record[format.LabelBytes..];
            var image = inputs.AsSpan(sample * imageLength, imageLength);
            for (int i = 0; i < image.Length; i++)
                image[i] = pixels[i] * scale;
        }

        return new MemoryDataset(inputs, format.ImageShape, classes, format.ClassCount);
    }

    /// <summary>Reads one record after the other, so that a file of another kind is refused at its first label that is none.</summary>
    private static void ReadRecords(string path, CifarFormat format, ArrayBufferWriter<byte> records)
    {
        int length = format.RecordLength;
        int most = Array.MaxLength / Math.Max(length, format.ImageLength) - records.WrittenCount / length;
        using var stream = DataFile.Open(path);
        for (int record = 0; ; record++)
        {
            int found = stream.ReadAtLeast(records.GetSpan(length)[..length], length, throwOnEndOfStream: false);
            if (found == 0 && record > 0)
                return;
            if (record == most)
                throw new InvalidDataException($"{path}: there are more images than fit into an array.");
            if (found < length)
            {
                throw new InvalidDataException(
                    $"{path}: records of {format.ClassCount} classes have {length} bytes each, found {(long)record * length + found} bytes: "
                    + "it is truncated or another kind of file.");
            }

            byte label = records.GetSpan(length)[format.Label];
            if (label >= format.ClassCount)
                throw new InvalidDataException($"{path}: labels go from 0 to {format.ClassCount - 1}, but record {record} has {label}.");
            records.Advance(length);
        }
    }
}
