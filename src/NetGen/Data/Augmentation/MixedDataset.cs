using System.Buffers;

namespace NetGen.Data;

/// <summary>A data set each of whose samples is mixed with another one, its target likewise.</summary>
internal sealed class MixedDataset : Dataset
{
    // Its own family of streams: with the seed of an augmentation, mixing would repeat that one's draws.
    private const ulong Family = 0x4D495849;

    private readonly Dataset _source;
    private readonly double _alpha;
    private readonly ulong _key;
    private readonly ImageShape? _patches;
    private ulong _epochKey;

    /// <param name="source">What is mixed.</param>
    /// <param name="alpha">The parameter of the distribution of shares.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="patches">The shape of images that exchange rectangles; null to blend all of the inputs.</param>
    internal MixedDataset(Dataset source, double alpha, int seed, ImageShape? patches)
        : base(source.InputShapes, source.Count, MixedTargets(source))
    {
        if (!(alpha > 0 && double.IsFinite(alpha)))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The distribution of shares needs a parameter above 0.");
        _source = source;
        _alpha = alpha;
        _key = unchecked((ulong)seed) ^ Family;
        _patches = patches;
        _epochKey = AugmentedDataset.EpochKey(_key, 0);
    }

    /// <summary>Targets as shares of classes: a class id becomes the probability of each.</summary>
    private static TargetPart[] MixedTargets(Dataset data)
    {
        if (data.ClassLength > 0 && data.TargetParts.Count > 1)
        {
            throw new ArgumentException(
                "Samples with several targets, some of them class ids, cannot be mixed: make those probabilities per class.", nameof(data));
        }

        if (data.ClassLength > 1)
            throw new ArgumentException("Samples with a class id at each step cannot be mixed: make those probabilities per class.", nameof(data));
        if (data.HasSampleWeights)
            throw new ArgumentException("Samples that have weights cannot be mixed: mix them first and give the mixed ones weights.", nameof(data));
        return [.. data.TargetParts.Select(part => part with { Length = part.IsClassId ? part.ClassCount : part.Length })];
    }

    public override TargetScaler? TargetScaler => _source.TargetScaler;

    public override void BeginEpoch(int epoch)
    {
        _source.BeginEpoch(epoch);
        _epochKey = AugmentedDataset.EpochKey(_key, epoch);
    }

    protected internal override void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        float[] other = ArrayPool<float>.Shared.Rent(InputLength + TargetLength);
        var otherInput = inputs.IsEmpty ? [] : other.AsSpan(0, InputLength);
        var otherTarget = targets.IsEmpty ? [] : other.AsSpan(InputLength, TargetLength);
        for (int i = 0; i < indices.Length; i++)
        {
            var random = new RandomStream(_epochKey, (ulong)indices[i]);
            int partner = random.NextInt(Count);
            float share = (float)BetaDistribution.Draw(_alpha, ref random);
            var input = inputs.IsEmpty ? inputs : inputs.Slice(i * InputLength, InputLength);
            var target = targets.IsEmpty ? targets : targets.Slice(i * TargetLength, TargetLength);
            ReadSample(indices[i], input, target);
            ReadSample(partner, otherInput, otherTarget);

            if (_patches is { } shape)
                share = Patch(input, otherInput, shape, share, ref random);
            else
                Blend(input, otherInput, share);
            Blend(target, otherTarget, share);
        }

        ArrayPool<float>.Shared.Return(other);
    }

    private void ReadSample(int index, Span<float> input, Span<float> target)
    {
        if (!_source.HasClassIds)
        {
            _source.ReadCore([index], input, target, []);
            return;
        }

        Span<int> id = stackalloc int[1];
        _source.ReadCore([index], input, [], id);
        if (!target.IsEmpty)
        {
            target.Clear();
            target[id[0]] = 1;
        }
    }

    private static void Blend(Span<float> own, ReadOnlySpan<float> other, float share)
    {
        for (int i = 0; i < own.Length; i++)
            own[i] = share * own[i] + (1 - share) * other[i];
    }

    /// <summary>Puts a rectangle of the other image into this one; returns the share that is left of this one.</summary>
    private static float Patch(Span<float> own, ReadOnlySpan<float> other, ImageShape shape, float share, ref RandomStream random)
    {
        double side = Math.Sqrt(1 - share);
        int height = (int)(shape.Height * side);
        int width = (int)(shape.Width * side);
        int centreY = random.NextInt(shape.Height);
        int centreX = random.NextInt(shape.Width);
        int top = Math.Clamp(centreY - height / 2, 0, shape.Height);
        int left = Math.Clamp(centreX - width / 2, 0, shape.Width);
        int bottom = Math.Clamp(centreY - height / 2 + height, 0, shape.Height);
        int right = Math.Clamp(centreX - width / 2 + width, 0, shape.Width);
        if (!own.IsEmpty)
        {
            for (int channel = 0; channel < shape.Channels; channel++)
            {
                for (int y = top; y < bottom; y++)
                {
                    int start = channel * shape.PlaneLength + y * shape.Width + left;
                    other.Slice(start, right - left).CopyTo(own[start..]);
                }
            }
        }

        // What was cut off at the edges counts for the image that is still there.
        return 1 - (float)((bottom - top) * (right - left)) / shape.PlaneLength;
    }
}
