namespace NetGen.Data;

/// <summary>
/// Samples with their targets, read by index into memory of the caller: arrays, mapped files, and views that split,
/// scale or augment them.
/// </summary>
/// <remarks>
/// Targets are class ids (<see cref="HasClassIds"/>), class probabilities (<see cref="TargetKind.Classes"/> with a
/// <see cref="TargetLength"/> of one float per class), or values. Reading allocates nothing once warm, and any number of
/// threads may read at once.
/// </remarks>
public abstract class Dataset
{
    /// <summary>Describes a data set.</summary>
    /// <param name="inputShape">The shape of one sample's input, channels first; every extent at least 1.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="targets">What the targets are.</param>
    /// <param name="targetLength">The floats of one sample's target; 0 where targets are class ids.</param>
    /// <param name="classCount">The number of classes; 0 where targets are values.</param>
    /// <exception cref="ArgumentException">The numbers contradict each other.</exception>
    protected Dataset(IReadOnlyList<int> inputShape, int count, TargetKind targets, int targetLength, int classCount)
        : this([inputShape], count, PartsOf(targets, targetLength, classCount))
    {
    }

    /// <summary>Describes a data set whose samples have several inputs or several targets.</summary>
    /// <param name="inputShapes">The shapes of one sample's inputs, channels first; every extent at least 1.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="targets">One sample's targets.</param>
    /// <exception cref="ArgumentException">The numbers contradict each other.</exception>
    protected Dataset(IReadOnlyList<IReadOnlyList<int>> inputShapes, int count, IReadOnlyList<TargetPart> targets)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long length = inputShapes.Sum(LengthOf);
        if (length > int.MaxValue)
            throw new ArgumentException($"One sample's inputs would take {length} floats.", nameof(inputShapes));
        foreach (TargetPart target in targets)
        {
            if (!target.IsConsistent)
            {
                throw new ArgumentException(
                    $"Targets of kind {target.Kind} do not have {target.Length} floats per sample and {target.ClassCount} classes.", nameof(targets));
            }
        }

        InputShapes = [.. inputShapes.Select(shape => (IReadOnlyList<int>)[.. shape])];
        InputLength = (int)length;
        InputShape = InputShapes.Count == 1 ? InputShapes[0] : [InputLength];
        Count = count;
        TargetParts = [.. targets];
        Targets = targets.Count switch
        {
            0 => TargetKind.None,
            1 => targets[0].Kind,
            _ => TargetKind.Several,
        };
        TargetLength = targets.Sum(target => target.Length);
        ClassLength = targets.Sum(target => target.IsClassId ? target.Steps : 0);
        ClassCount = targets.Count == 1 ? targets[0].ClassCount : 0;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The shape of one sample's input, channels first; of several inputs, one after the other, all their floats.</summary>
    public IReadOnlyList<int> InputShape { get; }

    /// <summary>The shapes of one sample's inputs, which lie one after the other.</summary>
    public IReadOnlyList<IReadOnlyList<int>> InputShapes { get; }

    /// <summary>The number of floats in one sample's input, or in all of several.</summary>
    public int InputLength { get; }

    /// <summary>What the targets are; see <see cref="TargetParts"/> for several.</summary>
    public TargetKind Targets { get; }

    /// <summary>One sample's targets: none, one or several. Their floats lie one after the other, and so do their class ids.</summary>
    public IReadOnlyList<TargetPart> TargetParts { get; }

    /// <summary>The number of floats in one sample's targets; 0 where targets are class ids.</summary>
    public int TargetLength { get; }

    /// <summary>The number of class ids in one sample's targets: one for each step of a sequence, else 1; 0 where they are floats.</summary>
    public int ClassLength { get; }

    /// <summary>The number of classes; 0 where targets are values, or several.</summary>
    public int ClassCount { get; }

    /// <summary>Whether the only target is a class id, 0 to <see cref="ClassCount"/> − 1: one for each sample.</summary>
    public bool HasClassIds => Targets == TargetKind.Classes && ClassLength == 1 && TargetParts[0].IgnoreIndex is null;

    /// <summary>
    /// Whether samples weigh differently in the mean loss, see <see cref="DatasetViews.Weight"/>. Views and copies of such
    /// samples have their weights.
    /// </summary>
    public virtual bool HasSampleWeights => false;

    /// <summary>
    /// What the targets were scaled by, see <see cref="DatasetViews.ScaleTargets"/>, or null. Views and copies have it too.
    /// </summary>
    public virtual TargetScaler? TargetScaler => null;

    /// <summary>Reads the weights of samples: 1 each where <see cref="HasSampleWeights"/> is false.</summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="weights">Exactly one weight per index, overwritten.</param>
    /// <exception cref="ArgumentException">The span has another length, or an index is out of range.</exception>
    public void ReadSampleWeights(ReadOnlySpan<int> indices, Span<float> weights)
    {
        CheckIndices(indices);
        CheckLength(weights.Length, indices.Length, 1, nameof(weights));
        ReadSampleWeightsCore(indices, weights);
    }

    /// <summary>Reads samples whose targets are class ids.</summary>
    /// <param name="indices">Which samples, in any order, repeated or not.</param>
    /// <param name="inputs">Exactly <see cref="InputLength"/> floats per index, overwritten.</param>
    /// <param name="classes">Exactly <see cref="ClassLength"/> ids per index, overwritten.</param>
    /// <exception cref="ArgumentException">A span has another length, or an index is out of range.</exception>
    /// <exception cref="InvalidOperationException">The targets are not class ids.</exception>
    public void Read(ReadOnlySpan<int> indices, Span<float> inputs, Span<int> classes)
    {
        if (ClassLength == 0 || TargetLength > 0)
            RequireClassIds();
        CheckIndices(indices);
        CheckLength(inputs.Length, indices.Length, InputLength, nameof(inputs));
        CheckLength(classes.Length, indices.Length, ClassLength, nameof(classes));
        ReadCore(indices, inputs, [], classes);
    }

    /// <summary>Reads samples whose targets are values or class probabilities.</summary>
    /// <param name="indices">Which samples, in any order, repeated or not.</param>
    /// <param name="inputs">Exactly <see cref="InputLength"/> floats per index, overwritten.</param>
    /// <param name="targets">Exactly <see cref="TargetLength"/> floats per index, overwritten.</param>
    /// <exception cref="ArgumentException">A span has another length, or an index is out of range.</exception>
    /// <exception cref="InvalidOperationException">The targets are class ids.</exception>
    public void Read(ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets)
    {
        if (ClassLength > 0 && TargetLength == 0)
            throw new InvalidOperationException("The targets of this data set are class ids: read them into a span of int.");
        if (ClassLength > 0)
            throw new InvalidOperationException(
                "Some of the targets of this data set are class ids: read them into a span of int, beside those that are floats.");

        Read(indices, inputs, targets, []);
    }

    /// <summary>Reads samples with several targets, some of which may be class ids.</summary>
    /// <param name="indices">Which samples, in any order, repeated or not.</param>
    /// <param name="inputs">Exactly <see cref="InputLength"/> floats per index, overwritten.</param>
    /// <param name="targets">Exactly <see cref="TargetLength"/> floats per index, overwritten.</param>
    /// <param name="classes">Exactly <see cref="ClassLength"/> ids per index, overwritten.</param>
    /// <exception cref="ArgumentException">A span has another length, or an index is out of range.</exception>
    public void Read(ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        CheckIndices(indices);
        CheckLength(inputs.Length, indices.Length, InputLength, nameof(inputs));
        CheckLength(targets.Length, indices.Length, TargetLength, nameof(targets));
        CheckLength(classes.Length, indices.Length, ClassLength, nameof(classes));
        ReadCore(indices, inputs, targets, classes);
    }

    /// <summary>Reads class ids alone.</summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="classes">Exactly one id per index, overwritten.</param>
    /// <exception cref="ArgumentException">The span has another length, or an index is out of range.</exception>
    /// <exception cref="InvalidOperationException">The targets are not class ids.</exception>
    public void ReadClasses(ReadOnlySpan<int> indices, Span<int> classes)
    {
        RequireClassIds();
        CheckIndices(indices);
        CheckLength(classes.Length, indices.Length, 1, nameof(classes));
        ReadCore(indices, [], [], classes);
    }

    /// <summary>Every sample's class id.</summary>
    /// <exception cref="InvalidOperationException">The targets are not class ids.</exception>
    public int[] GetClasses()
    {
        RequireClassIds();
        var classes = new int[Count];
        ReadCore(AllIndices(), [], [], classes);
        return classes;
    }

    /// <summary>Looks at consecutive samples where they lie, without copying, if they lie one after the other.</summary>
    /// <param name="start">The first sample.</param>
    /// <param name="count">How many.</param>
    /// <param name="samples">The samples' inputs and targets.</param>
    /// <returns>Whether this data set can do that.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such samples.</exception>
    public bool TryGetRange(int start, int count, out SampleRange samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return TryGetRangeCore(start, count, out samples);
    }

    /// <summary>
    /// Says which epoch the next reads belong to. Data sets that change samples at random draw anew for each epoch; the
    /// draws depend on seed, epoch and index alone, not on the order of reads.
    /// </summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public virtual void BeginEpoch(int epoch)
    {
    }

    /// <summary>A view of some samples, in the order given.</summary>
    /// <param name="indices">Which samples; they may repeat.</param>
    /// <exception cref="ArgumentException">An index is out of range.</exception>
    public Dataset Subset(ReadOnlySpan<int> indices)
    {
        CheckIndices(indices);
        return new SubsetDataset(this, indices.ToArray());
    }

    /// <summary>A view of consecutive samples.</summary>
    /// <param name="start">The first sample.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such samples.</exception>
    public Dataset Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return new SubsetDataset(this, [.. Enumerable.Range(start, count)]);
    }

    /// <summary>A copy of all samples in memory, with their weights if they have any.</summary>
    public MemoryDataset ToMemory()
    {
        var inputs = new float[checked(Count * InputLength)];
        var targets = new float[checked(Count * TargetLength)];
        var classes = new int[checked(Count * ClassLength)];
        var weights = new float[HasSampleWeights ? Count : 0];
        ReadCore(AllIndices(), inputs, targets, classes);
        if (weights.Length > 0)
            ReadSampleWeightsCore(AllIndices(), weights);
        return new MemoryDataset(this, inputs, targets, classes, weights);
    }

    /// <summary>Reads samples; indices and lengths have been checked.</summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="inputs">Room for all inputs, or empty where they are not wanted.</param>
    /// <param name="targets">Room for all target floats, or empty.</param>
    /// <param name="classes">Room for all class ids, or empty.</param>
    protected internal abstract void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes);

    /// <summary>Reads weights; indices and lengths have been checked.</summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="weights">A weight per index, overwritten.</param>
    protected internal virtual void ReadSampleWeightsCore(ReadOnlySpan<int> indices, Span<float> weights) => weights.Fill(1);

    /// <summary>Looks at consecutive samples where they lie; the range has been checked.</summary>
    /// <param name="start">The first sample.</param>
    /// <param name="count">How many.</param>
    /// <param name="samples">The samples.</param>
    protected internal virtual bool TryGetRangeCore(int start, int count, out SampleRange samples)
    {
        samples = default;
        return false;
    }

    internal int[] AllIndices() => [.. Enumerable.Range(0, Count)];

    internal void RequireClassIds()
    {
        if (!HasClassIds)
        {
            throw new InvalidOperationException(Targets switch
            {
                TargetKind.None => "This data set has no targets.",
                TargetKind.Several => "The targets of this data set are several, not class ids.",
                _ when ClassLength > 1 => $"The targets of this data set are {ClassLength} class ids for each sample, not one.",
                _ when ClassLength == 1 => "Some samples of this data set have no class.",
                _ => $"The targets of this data set are {(Targets == TargetKind.Classes ? "class probabilities" : "values")}, not class ids; "
                    + $"{nameof(DatasetViews.ToClasses)}() makes them ids where they are one-hot.",
            });
        }
    }

    private static TargetPart[] PartsOf(TargetKind targets, int targetLength, int classCount)
    {
        var part = new TargetPart(targets, targetLength, classCount);
        return targets == TargetKind.None && targetLength == 0 && classCount == 0 ? [] : [part];
    }

    private static long LengthOf(IReadOnlyList<int> inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        long length = inputShape.Aggregate(1L, (product, extent) => extent < 1 ? -1 : Math.Min(product * extent, int.MaxValue + 1L));
        return inputShape.Count > 0 && length is >= 1 and <= int.MaxValue ? length
            : throw new ArgumentException($"An input shape has extents of at least 1, found {Shapes.Format(inputShape)}.", nameof(inputShape));
    }

    private void CheckIndices(ReadOnlySpan<int> indices)
    {
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"The data set has the samples 0 to {Count - 1}.");
        }
    }

    private static void CheckLength(int found, int count, int each, string parameter)
    {
        if (found != (long)count * each)
            throw new ArgumentException($"{count} samples take {(long)count * each} elements, found {found}.", parameter);
    }
}

/// <summary>Consecutive samples where they lie.</summary>
/// <param name="inputs">The inputs, one after the other.</param>
/// <param name="targets">The target floats; empty where targets are class ids.</param>
/// <param name="classes">The class ids; empty where targets are floats.</param>
public readonly ref struct SampleRange(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> classes)
{
    /// <summary>The inputs, one after the other.</summary>
    public ReadOnlySpan<float> Inputs { get; } = inputs;

    /// <summary>The target floats; empty where targets are class ids.</summary>
    public ReadOnlySpan<float> Targets { get; } = targets;

    /// <summary>The class ids; empty where targets are floats.</summary>
    public ReadOnlySpan<int> Classes { get; } = classes;
}
