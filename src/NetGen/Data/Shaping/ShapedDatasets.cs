using System.Buffers;

namespace NetGen.Data;

/// <summary>A data set whose inputs have another shape of as many numbers.</summary>
internal sealed class ReshapedDataset(Dataset source, IReadOnlyList<int> shape) : DatasetView(source, shape)
{
    protected internal override bool TryGetRangeCore(int start, int count, out SampleRange samples) =>
        Source.TryGetRangeCore(start, count, out samples);
}

/// <summary>A data set whose inputs become other ones as they are read.</summary>
internal sealed class MappedInputsDataset(Dataset source, InputMap map, IReadOnlyList<int> shape) : DatasetView(source, shape)
{
    protected internal override void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        if (inputs.IsEmpty)
        {
            base.ReadCore(indices, inputs, targets, classes);
            return;
        }

        int length = Source.InputLength;
        float[] before = ArrayPool<float>.Shared.Rent(checked(indices.Length * length));
        try
        {
            base.ReadCore(indices, before.AsSpan(0, indices.Length * length), targets, classes);
            for (int i = 0; i < indices.Length; i++)
                map(before.AsSpan(i * length, length), inputs.Slice(i * InputLength, InputLength));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(before);
        }
    }
}

/// <summary>A data set whose one-hot targets are class ids.</summary>
internal sealed class ClassDataset : DatasetView
{
    private readonly int[] _classes;

    internal ClassDataset(Dataset source) : base(source, ClassCountOf(source)) => _classes = ReadClasses(source);

    protected internal override void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        if (!inputs.IsEmpty)
            base.ReadCore(indices, inputs, [], []);
        for (int i = 0; i < classes.Length; i++)
            classes[i] = _classes[indices[i]];
    }

    private static int ClassCountOf(Dataset source) => source.TargetLength switch
    {
        _ when source.TargetParts.Count > 1 => throw new InvalidOperationException(
            "The samples of this data set have several targets: make classes of one before it is put together with the others."),
        0 => throw new InvalidOperationException("The targets of this data set are class ids or none: there are no columns to make classes of."),
        1 => 2,
        int count => count,
    };

    private static int[] ReadClasses(Dataset data)
    {
        var classes = new int[data.Count];
        var target = new float[data.TargetLength];
        float? other = null;
        for (int index = 0; index < classes.Length; index++)
        {
            data.ReadCore([index], [], target, []);
            // Whoever writes 1 for one class writes the other in one way.
            bool isAnother = target.Length == 1 && target[0] != 1 && target[0] != (other ??= target[0]);
            classes[index] = !isAnother && ClassOf(target) is >= 0 and int id ? id : throw new ArgumentException(
                $"The targets of sample {index} are {string.Join(", ", target.Select(value => FormattableString.Invariant($"{value}")))}; "
                + (target.Length == 1
                    ? "those of two classes are 0 and 1, or -1 and 1, and not both."
                    : "one-hot targets are 1 for one class and 0 for the others."),
                nameof(data));
        }

        return classes;
    }

    private static int ClassOf(float[] target) => target.Length == 1
        ? target[0] switch
        {
            1 => 1,
            0 or -1 => 0,
            _ => -1,
        }
        : target.Count(value => value == 1) == 1 && target.Count(value => value == 0) == target.Length - 1 ? Array.IndexOf(target, 1f) : -1;
}
