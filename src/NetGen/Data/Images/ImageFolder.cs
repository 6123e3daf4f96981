using System.Globalization;

namespace NetGen.Data;

/// <summary>Images of a folder, and what they are.</summary>
/// <param name="Samples">The images, of shape [channels, height, width], by class and then by name.</param>
/// <param name="ClassNames">The classes' names in the order of their ids.</param>
/// <param name="Paths">Where each sample comes from.</param>
public sealed record ImageFolderData(MemoryDataset Samples, IReadOnlyList<string> ClassNames, IReadOnlyList<string> Paths)
{
    /// <summary>What there is: <c>240 images of [3, 32, 32]: cats, dogs</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Samples.Count} images of {Shapes.Format(Samples.InputShape)}: {string.Join(", ", ClassNames)}");
}

/// <summary>Reads a folder that has a folder of images for each class: <c>cats/tom.png</c>, <c>dogs/rex.png</c>.</summary>
public static class ImageFolder
{
    // What systems leave in folders of images.
    private static readonly string[] s_litter = ["Thumbs.db", "desktop.ini"];

    /// <summary>Reads all images into memory: PNG, JPEG, BMP without compression, PGM and PPM. Transparency is left out.</summary>
    /// <param name="directory">The folder of the classes' folders. Images may lie deeper; hidden files are passed over.</param>
    /// <param name="options">Channels, size and classes.</param>
    /// <exception cref="InvalidDataException">
    /// There are no classes or images, one of the folders has none, a file is no image or damaged, or images have several sizes and none is asked
    /// for. The message names the file.
    /// </exception>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    public static ImageFolderData Read(string directory, ImageFolderOptions? options = null)
    {
        InputFile.RequireDirectory(directory, nameof(directory));
        options ??= new ImageFolderOptions();
        options.Validate();
        string[] classNames = [.. options.ClassNames ?? Classes(directory)];
        foreach (string name in classNames)
            InputFile.RequireDirectory(Path.Combine(directory, name), nameof(directory));
        var files = classNames.SelectMany((name, id) => Files(Path.Combine(directory, name)).Select(path => (Path: path, Class: id))).ToArray();
        if (files.Length == 0)
            throw new InvalidDataException($"{directory} has no images in the folders {string.Join(", ", classNames)}.");

        int empty = options.ClassNames is not null
            ? -1
            : Enumerable.Range(0, classNames.Length).Except(files.Select(file => file.Class)).FirstOrDefault(-1);
        if (empty >= 0)
        {
            throw new InvalidDataException(
                $"{Path.Combine(directory, classNames[empty])} has no images: take it away, or name the classes in {nameof(ImageFolderOptions)}."
                + $"{nameof(ImageFolderOptions.ClassNames)}, of which some may have none.");
        }

        DecodedImage[] images = [.. files.Select(file => ImageFile.Read(file.Path))];
        int channels = options.Channels ?? images.Max(image => image.Channels);
        (int height, int width) = options.Size ?? (images[0].Height, images[0].Width);
        int other = options.Size is null ? Array.FindIndex(images, image => image.Height != height || image.Width != width) : -1;
        if (other >= 0)
        {
            throw new InvalidDataException(
                $"{files[other].Path} has {images[other].Width} x {images[other].Height} pixels, but {files[0].Path} {width} x {height}: "
                + $"{nameof(ImageFolderOptions)}.{nameof(ImageFolderOptions.Size)} brings all to one size.");
        }

        int length = checked(channels * height * width);
        var inputs = new float[checked(images.Length * length)];
        for (int i = 0; i < images.Length; i++)
            images[i].WritePlanes(inputs.AsSpan(i * length, length), channels, height, width, options.Scale);
        var samples = new MemoryDataset(inputs, [channels, height, width], [.. files.Select(file => file.Class)], classNames.Length);
        return new ImageFolderData(samples, classNames, [.. files.Select(file => file.Path)]);
    }

    private static string[] Classes(string directory)
    {
        string[] names = [.. Directory.EnumerateDirectories(directory).Select(path => Path.GetFileName(path)).Where(IsVisible)];
        if (names.Length == 0)
            throw new InvalidDataException($"{directory} has no folders; the images of each class are in a folder that has its name.");
        bool areNumbers = names.All(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return areNumbers
            ? [.. names.OrderBy(name => int.Parse(name, CultureInfo.InvariantCulture)).ThenBy(name => name, StringComparer.Ordinal)]
            : [.. names.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Files(string directory) => Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        .Where(path => IsVisible(Path.GetFileName(path)))
        .Order(StringComparer.Ordinal);

    private static bool IsVisible(string name) => !name.StartsWith('.') && !s_litter.Contains(name, StringComparer.OrdinalIgnoreCase);
}
