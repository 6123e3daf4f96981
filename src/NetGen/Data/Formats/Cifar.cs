namespace NetGen.Data;

/// <summary>CIFAR-10's binary files: records of a label byte and 3 x 32 x 32 pixel bytes, red, green and blue planes.</summary>
/// <remarks>A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.</remarks>
public static class Cifar
{
    private const int ClassCount = 10;
    private const int ImageLength = 3 * 32 * 32;
    private const int RecordLength = 1 + ImageLength;

    /// <summary>The classes' names in the order of their ids.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads files one after the other, compressed with gzip or not.</summary>
    /// <param name="paths">The files: <c>data_batch_1.bin</c> and so on.</param>
    /// <param name="scale">What pixels are multiplied by; unless given, 1/255 brings them to 0 to 1.</param>
    /// <returns>Samples of shape [3, 32, 32] and 10 classes.</returns>
    /// <exception cref="InvalidDataException">A file is no whole number of records, or has a label above 9.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static MemoryDataset Read(IReadOnlyList<string> paths, float scale = 1f / 255)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = paths.Select(ReadRecords).ToArray();
        int count = files.Sum(file => file.Length / RecordLength);
        var inputs = new float[checked(count * ImageLength)];
        var classes = new int[count];
        int sample = 0;
        foreach (var file in files)
        {
            for (var records = file.Span; !records.IsEmpty; records = records[RecordLength..])
            {
                classes[sample] = records[0];
                var pixels = records.Slice(1, ImageLength);
                var image = inputs.AsSpan(sample * ImageLength, ImageLength);
                for (int i = 0; i < image.Length; i++)
                    image[i] = pixels[i] * scale;
                sample++;
            }
        }

        return new MemoryDataset(inputs, [3, 32, 32], classes, ClassCount);
    }

    private static ReadOnlyMemory<byte> ReadRecords(string path)
    {
        var file = DataFile.ReadAll(path);
        if (file.Length == 0 || file.Length % RecordLength != 0)
        {
            throw new InvalidDataException(
                $"{path}: CIFAR-10 records have {RecordLength} bytes each, found {file.Length} bytes: it is truncated or another kind of file.");
        }

        for (int record = 0; record < file.Length / RecordLength; record++)
        {
            byte label = file.Span[record * RecordLength];
            if (label >= ClassCount)
                throw new InvalidDataException($"{path}: labels go from 0 to {ClassCount - 1}, but record {record} has {label}.");
        }

        return file;
    }
}
