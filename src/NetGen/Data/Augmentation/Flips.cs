namespace NetGen.Data;

/// <summary>Mirrors an image left to right, or leaves it alone.</summary>
/// <param name="probability">How often it is mirrored.</param>
public sealed class HorizontalFlip(float probability = 0.5f) : ImageAugmentation
{
    private readonly float _probability = InRange(probability, 0, 1, nameof(probability));

    /// <inheritdoc/>
    public override void Apply(Span<float> image, ImageShape shape, Span<float> scratch, ref RandomStream random)
    {
        if (random.NextSingle() >= _probability)
            return;

        for (int row = 0; row < shape.Length; row += shape.Width)
            image.Slice(row, shape.Width).Reverse();
    }
}

/// <summary>Mirrors an image top to bottom, or leaves it alone.</summary>
/// <param name="probability">How often it is mirrored.</param>
public sealed class VerticalFlip(float probability = 0.5f) : ImageAugmentation
{
    private readonly float _probability = InRange(probability, 0, 1, nameof(probability));

    /// <inheritdoc/>
    public override void Apply(Span<float> image, ImageShape shape, Span<float> scratch, ref RandomStream random)
    {
        if (random.NextSingle() >= _probability)
            return;

        for (int channel = 0; channel < shape.Channels; channel++)
        {
            // Turning the plane round and then each row back leaves the rows in opposite order.
            var plane = image.Slice(channel * shape.PlaneLength, shape.PlaneLength);
            plane.Reverse();
            for (int row = 0; row < plane.Length; row += shape.Width)
                plane.Slice(row, shape.Width).Reverse();
        }
    }
}
