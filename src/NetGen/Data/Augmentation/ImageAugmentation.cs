namespace NetGen.Data;

/// <summary>The shape of an image: planes of rows of pixels.</summary>
/// <param name="Channels">The number of planes.</param>
/// <param name="Height">The number of rows.</param>
/// <param name="Width">The number of columns.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>The number of floats.</summary>
    public int Length => Channels * Height * Width;

    /// <summary>The number of pixels of one channel.</summary>
    public int PlaneLength => Height * Width;
}

/// <summary>
/// A random change of an image that leaves its meaning alone. Steps hold no state: all they draw comes from the stream they
/// are given, so one step may serve many threads.
/// </summary>
public abstract class ImageAugmentation
{
    /// <summary>Changes an image in place. Allocates nothing.</summary>
    /// <param name="image">The image, channels first.</param>
    /// <param name="shape">Its shape, which stays.</param>
    /// <param name="scratch">As much memory as the image takes, with anything in it.</param>
    /// <param name="random">Where random numbers come from.</param>
    public abstract void Apply(Span<float> image, ImageShape shape, Span<float> scratch, ref RandomStream random);

    private protected static T InRange<T>(T value, T low, T high, string name) where T : IComparable<T> =>
        value.CompareTo(low) >= 0 && value.CompareTo(high) <= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"Expected a number from {low} to {high}.");

    private protected static float Uniform(ref RandomStream random, float low, float high) =>
        low + (high - low) * random.NextSingle();
}
