namespace NetGen.Data;

/// <summary>MNIST and the data sets that copy its files: Fashion-MNIST, KMNIST.</summary>
public static class Mnist
{
    /// <summary>Loads the four IDX files of a directory, compressed with gzip (<c>.gz</c>) or not.</summary>
    /// <param name="directory">
    /// Where <c>train-images-idx3-ubyte</c>, <c>t10k-labels-idx1-ubyte</c> and so on are, or <c>train-images.idx3-ubyte</c> and so on.
    /// </param>
    /// <param name="scale">What pixels are multiplied by; unless given, 1/255 brings them to 0 to 1.</param>
    /// <returns>60,000 samples to train on and 10,000 to test, of shape [1, 28, 28] and 10 classes.</returns>
    /// <exception cref="FileNotFoundException">A file is missing; the message says which.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or images and labels do not fit each other.</exception>
    public static (MemoryDataset Train, MemoryDataset Test) Load(string directory, float scale = 1f / 255)
    {
        InputFile.RequireDirectory(directory, nameof(directory));
        return (Load(directory, "train", scale), Load(directory, "t10k", scale));
    }

    private static MemoryDataset Load(string directory, string part, float scale)
    {
        const int ClassCount = 10;
        string imagesPath = Find(directory, $"{part}-images-idx3-ubyte");
        string labelsPath = Find(directory, $"{part}-labels-idx1-ubyte");
        var images = IdxFile.Read(imagesPath);
        var labels = IdxFile.Read(labelsPath);
        if (images.Shape is not [int count, int height, int width])
            throw new InvalidDataException($"{imagesPath}: images have 3 dimensions, found {Shapes.Format(images.Shape)}.");
        if (labels.Shape is not [int labelCount])
            throw new InvalidDataException($"{labelsPath}: labels have 1 dimension, found {Shapes.Format(labels.Shape)}.");
        if (labelCount != count)
            throw new InvalidDataException($"{imagesPath} has {count} images, but {labelsPath} {labelCount} labels.");

        int[] classes = labels.ToInt32s();
        int wrong = Array.FindIndex(classes, label => label is < 0 or >= ClassCount);
        if (wrong >= 0)
            throw new InvalidDataException($"{labelsPath}: labels go from 0 to {ClassCount - 1}, but number {wrong} is {classes[wrong]}.");

        return new MemoryDataset(images.ToSingles(scale), [1, height, width], classes, ClassCount);
    }

    /// <summary>
    /// Finds a file by its name as it was published, or with the dot that some unpackers leave in it: <c>train-images.idx3-ubyte</c>.
    /// </summary>
    private static string Find(string directory, string name)
    {
        string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        foreach (string candidate in (string[])[name, name + ".gz", dotted, dotted + ".gz"])
        {
            string path = Path.Combine(directory, candidate);
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException(
            $"{directory} has neither {name} nor {name}.gz, nor {dotted} or {dotted}.gz.", Path.Combine(directory, name));
    }
}
