namespace NetGen.Data;

/// <summary>Samples in flat arrays.</summary>
public sealed class MemoryDataset : Dataset
{
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly int[] _classes;
    private readonly float[] _weights = [];
    private readonly TargetScaler? _targetScaler;

    /// <summary>Samples without targets, to be predicted.</summary>
    /// <param name="inputs">The inputs, one after the other; kept, not copied.</param>
    /// <param name="inputShape">The shape of one input, channels first.</param>
    /// <exception cref="ArgumentException">The floats are no whole number of inputs.</exception>
    public MemoryDataset(float[] inputs, IReadOnlyList<int> inputShape)
        : base(inputShape, CountOf(inputs, inputShape), TargetKind.None, 0, 0)
    {
        _inputs = inputs;
        _targets = [];
        _classes = [];
    }

    /// <summary>Sequences of tokens without targets, to be predicted or to be given some (<see cref="DatasetViews.AddStepTargets"/>).</summary>
    /// <param name="tokens">The tokens, those of one sample after the other's; copied, because networks read floats.</param>
    /// <param name="steps">The tokens of one sample.</param>
    /// <exception cref="ArgumentException">
    /// The tokens are no whole number of samples, or one is negative or above 16,777,216, beyond which floats do not tell whole numbers apart.
    /// </exception>
    public MemoryDataset(int[] tokens, int steps) : this(Floats(tokens), [steps])
    {
    }

    /// <summary>Samples of classes.</summary>
    /// <param name="inputs">The inputs, one after the other; kept, not copied.</param>
    /// <param name="inputShape">The shape of one input, channels first.</param>
    /// <param name="classes">One class id per sample; kept, not copied.</param>
    /// <param name="classCount">The number of classes, or 0 for one more than the largest id.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or an id is out of range.</exception>
    public MemoryDataset(float[] inputs, IReadOnlyList<int> inputShape, int[] classes, int classCount = 0)
        : base(inputShape, CountOf(inputs, inputShape), TargetKind.Classes, 0, CountClasses(classes, classCount))
    {
        _inputs = inputs;
        _targets = [];
        _classes = classes;
        if (classes.Length != Count)
            throw new ArgumentException($"{Count} inputs need as many class ids, found {classes.Length}.", nameof(classes));
    }

    /// <summary>Samples with target values.</summary>
    /// <param name="inputs">The inputs, one after the other; kept, not copied.</param>
    /// <param name="inputShape">The shape of one input, channels first.</param>
    /// <param name="targets">The targets, one after the other; kept, not copied.</param>
    /// <param name="targetLength">The number of floats in one target.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public MemoryDataset(float[] inputs, IReadOnlyList<int> inputShape, float[] targets, int targetLength)
        : base(inputShape, CountOf(inputs, inputShape), TargetKind.Values, targetLength, 0)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _inputs = inputs;
        _targets = targets;
        _classes = [];
        if (targets.Length != (long)Count * targetLength)
        {
            throw new ArgumentException(
                $"{Count} inputs need targets of {(long)Count * targetLength} floats, found {targets.Length}.", nameof(targets));
        }
    }

    /// <summary>Samples with the shapes and kinds of another data set, and weights or none.</summary>
    internal MemoryDataset(Dataset like, float[] inputs, float[] targets, int[] classes, float[] weights)
        : base(like.InputShapes, inputs.Length / like.InputLength, like.TargetParts)
    {
        _inputs = inputs;
        _targets = targets;
        _classes = classes;
        _weights = weights;
        _targetScaler = like.TargetScaler;
    }

    /// <inheritdoc/>
    public override bool HasSampleWeights => _weights.Length > 0;

    /// <inheritdoc/>
    public override TargetScaler? TargetScaler => _targetScaler;

    /// <summary>One sample's input.</summary>
    /// <param name="index">The sample.</param>
    public ReadOnlySpan<float> Input(int index) => _inputs.AsSpan(index * InputLength, InputLength);

    /// <summary>One sample's target floats; empty where targets are class ids.</summary>
    /// <param name="index">The sample.</param>
    public ReadOnlySpan<float> Target(int index) => _targets.AsSpan(index * TargetLength, TargetLength);

    /// <summary>One sample's class id.</summary>
    /// <param name="index">The sample.</param>
    /// <exception cref="InvalidOperationException">The targets are not class ids.</exception>
    public int Class(int index)
    {
        RequireClassIds();
        return _classes[index];
    }

    /// <inheritdoc/>
    protected internal override void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            if (!inputs.IsEmpty)
                Input(indices[i]).CopyTo(inputs.Slice(i * InputLength, InputLength));
            if (!targets.IsEmpty)
                Target(indices[i]).CopyTo(targets.Slice(i * TargetLength, TargetLength));
            if (!classes.IsEmpty)
                _classes.AsSpan(indices[i] * ClassLength, ClassLength).CopyTo(classes[(i * ClassLength)..]);
        }
    }

    /// <inheritdoc/>
    protected internal override void ReadSampleWeightsCore(ReadOnlySpan<int> indices, Span<float> weights)
    {
        if (_weights.Length == 0)
        {
            weights.Fill(1);
            return;
        }

        for (int i = 0; i < indices.Length; i++)
            weights[i] = _weights[indices[i]];
    }

    /// <inheritdoc/>
    protected internal override bool TryGetRangeCore(int start, int count, out SampleRange samples)
    {
        samples = new SampleRange(
            _inputs.AsSpan(start * InputLength, count * InputLength),
            _targets.AsSpan(start * TargetLength, count * TargetLength),
            _classes.AsSpan(start * ClassLength, count * ClassLength));
        return true;
    }

    private static int CountOf(float[] inputs, IReadOnlyList<int> inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(inputShape);
        long length = inputShape.Aggregate(1L, (product, extent) => Math.Clamp(product * extent, 0, int.MaxValue));
        // A shape that makes no sense is the base class's to report.
        if (length < 1)
            return 0;
        if (inputs.Length % length != 0)
        {
            throw new ArgumentException(
                $"Inputs of shape {Shapes.Format(inputShape)} take {length} floats each, but {inputs.Length} floats are no whole number of them.",
                nameof(inputs));
        }

        return (int)(inputs.Length / length);
    }

    /// <summary>The largest number up to which floats are whole numbers without a gap.</summary>
    private const int LargestToken = 1 << 24;

    private static float[] Floats(int[] tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        int wrong = Array.FindIndex(tokens, token => token is < 0 or > LargestToken);
        return wrong < 0 ? Array.ConvertAll(tokens, token => (float)token)
            : throw new ArgumentException($"Tokens go from 0 to {LargestToken}, but tokens[{wrong}] is {tokens[wrong]}.", nameof(tokens));
    }

    /// <summary>The number of classes of checked ids.</summary>
    /// <param name="classes">The ids.</param>
    /// <param name="classCount">The number of classes, or 0 for one more than the largest id.</param>
    /// <param name="ignoreIndex">An id that stands for no class, or null.</param>
    /// <param name="steps">The ids of a sample.</param>
    internal static int CountClasses(int[] classes, int classCount, int? ignoreIndex = null, int steps = 1)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfNegative(classCount);
        int limit = classCount == 0 ? int.MaxValue : classCount;
        int largest = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] == ignoreIndex)
                continue;
            if ((uint)classes[i] >= (uint)limit)
            {
                throw new ArgumentException(
                    $"Class ids go from 0 to {limit - 1}, but sample {i / steps} has {classes[i]}{(steps == 1 ? "" : $" at step {i % steps}")}.",
                    nameof(classes));
            }

            largest = Math.Max(largest, classes[i]);
        }

        return classCount == 0 ? largest + 1 : classCount;
    }
}
