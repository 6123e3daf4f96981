namespace NetGen.Data;

/// <summary>How a folder of images becomes samples.</summary>
public sealed class ImageFolderOptions
{
    /// <summary>1 for grey, 3 for red, green and blue; unless set, 3 if one of the images has colours, else 1.</summary>
    public int? Channels { get; init; }

    /// <summary>The rows and columns that all images are brought to; unless set, they must have one size.</summary>
    public (int Height, int Width)? Size { get; init; }

    /// <summary>What bytes are multiplied by; unless set, 1/255 brings them to 0 to 1.</summary>
    public float Scale { get; init; } = 1f / 255;

    /// <summary>
    /// The folders of the classes, in the order of their ids: those of the training images for test images. Unless set, all folders, in the order of
    /// their names, as numbers if all of them are.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    internal void Validate()
    {
        if (Channels is not (null or 1 or 3))
            throw new ArgumentOutOfRangeException(nameof(Channels), Channels, "Images have 1 channel or 3.");
        if (Size is { } size && (size.Height < 1 || size.Width < 1))
            throw new ArgumentOutOfRangeException(nameof(Size), Size, "Rows and columns are at least 1.");
        if (ClassNames is { Count: 0 })
            throw new ArgumentException("There is at least one class.", nameof(ClassNames));
    }
}
