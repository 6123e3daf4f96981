using System.Buffers;

namespace NetGen.Data;

/// <summary>A data set whose images are changed at random as they are read.</summary>
internal sealed class AugmentedDataset : DatasetView
{
    private readonly ImageAugmentation[] _steps;
    private readonly ImageShape _shape;
    private readonly ulong _key;
    private ulong _epochKey;

    internal AugmentedDataset(Dataset source, ImageAugmentation[] steps, int seed)
        : base(source)
    {
        _steps = steps;
        _key = unchecked((ulong)seed);
        _shape = ShapeOf(source);
        _epochKey = EpochKey(_key, 0);
    }

    public override void BeginEpoch(int epoch)
    {
        base.BeginEpoch(epoch);
        _epochKey = EpochKey(_key, epoch);
    }

    protected internal override void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        base.ReadCore(indices, inputs, targets, classes);
        if (inputs.IsEmpty)
            return;

        float[] scratch = ArrayPool<float>.Shared.Rent(InputLength);
        for (int i = 0; i < indices.Length; i++)
        {
            // A stream for each sample, so that it does not matter who reads which samples in which order.
            var random = new RandomStream(_epochKey, (ulong)indices[i]);
            foreach (var step in _steps)
                step.Apply(inputs.Slice(i * InputLength, InputLength), _shape, scratch.AsSpan(0, InputLength), ref random);
        }

        ArrayPool<float>.Shared.Return(scratch);
    }

    /// <summary>Every epoch has draws of its own.</summary>
    internal static ulong EpochKey(ulong key, int epoch) => new RandomStream(key, (ulong)epoch).NextUInt64();

    /// <summary>What the shape of a data set's inputs is as an image.</summary>
    internal static ImageShape ShapeOf(Dataset data) => data.InputShape switch
    {
        _ when data.InputShapes.Count > 1 => throw new ArgumentException(
            $"The samples have {data.InputShapes.Count} inputs; change the images before they are joined to the others.", nameof(data)),
        [int channels, int height, int width] => new ImageShape(channels, height, width),
        [int height, int width] => new ImageShape(1, height, width),
        _ => throw new ArgumentException(
            $"Images have the shape [channels, height, width] or [height, width], found {Shapes.Format(data.InputShape)}.", nameof(data)),
    };
}
