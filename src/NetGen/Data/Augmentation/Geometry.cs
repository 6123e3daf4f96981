namespace NetGen.Data;

/// <summary>
/// Moves an image by whole pixels, each distance equally likely. Moving by up to p is the same as padding by p on every side
/// and cropping at random.
/// </summary>
/// <param name="rows">The largest distance up and down.</param>
/// <param name="columns">The largest distance left and right.</param>
/// <param name="fill">What comes in from outside.</param>
public sealed class Shift(int rows, int columns, float fill = 0) : ImageAugmentation
{
    private readonly int _rows = InRange(rows, 0, int.MaxValue / 4, nameof(rows));
    private readonly int _columns = InRange(columns, 0, int.MaxValue / 4, nameof(columns));

    /// <inheritdoc/>
    public override void Apply(Span<float> image, ImageShape shape, Span<float> scratch, ref RandomStream random)
    {
        int down = random.NextInt(2 * _rows + 1) - _rows;
        int right = random.NextInt(2 * _columns + 1) - _columns;
        image.CopyTo(scratch);
        image.Fill(fill);
        int height = shape.Height - Math.Abs(down);
        int width = shape.Width - Math.Abs(right);
        if (height <= 0 || width <= 0)
            return;

        for (int channel = 0; channel < shape.Channels; channel++)
        {
            for (int row = 0; row < height; row++)
            {
                int plane = channel * shape.PlaneLength;
                int source = plane + (row + Math.Max(-down, 0)) * shape.Width + Math.Max(-right, 0);
                int target = plane + (row + Math.Max(down, 0)) * shape.Width + Math.Max(right, 0);
                scratch.Slice(source, width).CopyTo(image.Slice(target, width));
            }
        }
    }
}

/// <summary>Turns an image about its centre, each angle equally likely; pixels are interpolated linearly.</summary>
/// <param name="degrees">The largest angle in either direction, 0 to 180.</param>
/// <param name="fill">What comes in from outside.</param>
public sealed class Rotate(float degrees, float fill = 0) : ImageAugmentation
{
    private readonly float _degrees = InRange(degrees, 0, 180, nameof(degrees));

    /// <inheritdoc/>
    public override void Apply(Span<float> image, ImageShape shape, Span<float> scratch, ref RandomStream random)
    {
        double angle = Uniform(ref random, -_degrees, _degrees) * (Math.PI / 180);
        var (sin, cos) = PortableMath.SinCos(angle);
        Resampling.AboutCentre(image, shape, scratch, (float)cos, (float)sin, fill);
    }
}

/// <summary>Enlarges or shrinks an image about its centre; pixels are interpolated linearly.</summary>
/// <param name="smallest">The smallest factor, at least 0.001: 0.9 shrinks by a tenth.</param>
/// <param name="largest">The largest factor, at most 1000.</param>
/// <param name="fill">What comes in from outside.</param>
public sealed class Zoom(float smallest, float largest, float fill = 0) : ImageAugmentation
{
    private readonly float _smallest = InRange(smallest, 1e-3f, 1e3f, nameof(smallest));
    private readonly float _largest = InRange(largest, smallest, 1e3f, nameof(largest));

    /// <inheritdoc/>
    public override void Apply(Span<float> image, ImageShape shape, Span<float> scratch, ref RandomStream random) =>
        Resampling.AboutCentre(image, shape, scratch, 1 / Uniform(ref random, _smallest, _largest), 0, fill);
}

/// <summary>Cuts out a part at random and enlarges it to the whole; pixels are interpolated linearly.</summary>
/// <param name="smallest">The smallest part of height and of width that is kept, 0.001 to 1.</param>
public sealed class CropAndResize(float smallest) : ImageAugmentation
{
    private readonly float _smallest = InRange(smallest, 1e-3f, 1, nameof(smallest));

    /// <inheritdoc/>
    public override void Apply(Span<float> image, ImageShape shape, Span<float> scratch, ref RandomStream random)
    {
        float share = Uniform(ref random, _smallest, 1);
        float top = random.NextSingle() * (1 - share) * (shape.Height - 1);
        float left = random.NextSingle() * (1 - share) * (shape.Width - 1);
        Resampling.Apply(image, shape, scratch, new Resampling.Map(share, 0, top, 0, share, left), 0);
    }
}
