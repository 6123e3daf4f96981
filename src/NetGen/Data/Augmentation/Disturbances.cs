namespace NetGen.Data;

/// <summary>Adds normally distributed noise to every pixel of every channel.</summary>
/// <param name="deviation">The standard deviation.</param>
/// <param name="low">The smallest value a pixel may have: 0 where pixels are from 0 to 1; none unless given.</param>
/// <param name="high">The largest value a pixel may have: 1 where pixels are from 0 to 1; none unless given.</param>
public sealed class Noise(float deviation, float low = float.NegativeInfinity, float high = float.PositiveInfinity) : ImageAugmentation
{
    private readonly float _deviation = InRange(deviation, 0, float.MaxValue, nameof(deviation));
    private readonly float _high = InRange(high, low, float.PositiveInfinity, nameof(high));

    /// <inheritdoc/>
    public override void Apply(Span<float> image, ImageShape shape, Span<float> scratch, ref RandomStream random)
    {
        foreach (ref float value in image)
            value = Math.Clamp(value + _deviation * (float)random.NextGaussian(), low, _high);
    }
}

/// <summary>
/// Covers a square whose centre is anywhere in the image, so that it may reach over the edge (T. DeVries and G. Taylor,
/// "Improved Regularization of Convolutional Neural Networks with Cutout", 2017).
/// </summary>
/// <param name="size">The square's side in pixels, at least 1.</param>
/// <param name="fill">What it is covered with.</param>
public sealed class Cutout(int size, float fill = 0) : ImageAugmentation
{
    private readonly int _size = InRange(size, 1, int.MaxValue / 4, nameof(size));

    /// <inheritdoc/>
    public override void Apply(Span<float> image, ImageShape shape, Span<float> scratch, ref RandomStream random)
    {
        int top = random.NextInt(shape.Height) - _size / 2;
        int left = random.NextInt(shape.Width) - _size / 2;
        int fromX = Math.Max(left, 0);
        int width = Math.Min(left + _size, shape.Width) - fromX;
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            for (int y = Math.Max(top, 0); y < Math.Min(top + _size, shape.Height) && width > 0; y++)
                image.Slice(channel * shape.PlaneLength + y * shape.Width + fromX, width).Fill(fill);
        }
    }
}
