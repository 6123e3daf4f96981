namespace NetGen.Data;

/// <summary>What the records of a file like CIFAR's are: bytes of labels, then an image's bytes, plane by plane.</summary>
public sealed record CifarFormat
{
    /// <summary>CIFAR-10: one label of ten classes.</summary>
    public static CifarFormat Cifar10 { get; } = new(10);

    /// <summary>CIFAR-100 with its hundred classes: the second of two labels.</summary>
    public static CifarFormat Cifar100 { get; } = new(100) { LabelBytes = 2, Label = 1 };

    /// <summary>CIFAR-100 with its twenty coarse classes: the first of two labels.</summary>
    public static CifarFormat Cifar100Coarse { get; } = new(20) { LabelBytes = 2 };

    /// <summary>Records of one label and an image of 3 x 32 x 32.</summary>
    /// <param name="classCount">The number of classes, 1 to 256.</param>
    public CifarFormat(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, 256);
        ClassCount = classCount;
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The labels in front of each image, at least 1.</summary>
    public int LabelBytes { get; init; } = 1;

    /// <summary>Which of the labels is the class, from 0.</summary>
    public int Label { get; init; }

    /// <summary>The shape of an image, channels first.</summary>
    public IReadOnlyList<int> ImageShape { get; init; } = [3, 32, 32];

    /// <summary>The records: <c>1 label of 10 classes, images of [3, 32, 32]</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{LabelBytes} {(LabelBytes == 1 ? "label" : "labels")} of {ClassCount} classes, images of {Shapes.Format(ImageShape)}");

    internal int ImageLength => checked(ImageShape.Aggregate(1, (product, extent) => product * extent));

    internal int RecordLength => checked(LabelBytes + ImageLength);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LabelBytes, 1);
        if ((uint)Label >= (uint)LabelBytes)
            throw new ArgumentOutOfRangeException(nameof(Label), Label, $"There are the labels 0 to {LabelBytes - 1}.");
        if (ImageShape.Count == 0 || ImageShape.Any(extent => extent < 1))
            throw new ArgumentException($"An image's extents are at least 1, found {Shapes.Format(ImageShape)}.", nameof(ImageShape));
    }
}
