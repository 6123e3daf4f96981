namespace NetGen.Data;

/// <summary>Views of data sets that are changed as they are read.</summary>
public static partial class DatasetViews
{
    /// <summary>A view with scaled inputs.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="scaler">The scaler, fitted on training samples.</param>
    /// <exception cref="ArgumentException">The scaler is for inputs of another length.</exception>
    public static Dataset Scale(this Dataset data, FeatureScaler scaler)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(scaler);
        if (scaler.InputLength != data.InputLength)
        {
            throw new ArgumentException(
                $"The scaler is for inputs of {scaler.InputLength} floats, the data set has {data.InputLength}.", nameof(scaler));
        }

        return new ScaledDataset(data, scaler);
    }

    /// <summary>
    /// A view of a regression with scaled targets. Views of this view carry the scaler, and whoever evaluates it sees predictions, targets
    /// and metrics in the targets' own units; the loss is that of the scaled ones.
    /// </summary>
    /// <param name="data">The data set, with target values that are not scaled yet.</param>
    /// <param name="scaler">The scaler, fitted on training samples.</param>
    /// <exception cref="ArgumentException">The scaler is for targets of another length.</exception>
    /// <exception cref="InvalidOperationException">The targets are no values, or scaled already.</exception>
    public static Dataset ScaleTargets(this Dataset data, TargetScaler scaler)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(scaler);
        if (data.Targets != TargetKind.Values || data.TargetScaler is not null)
            throw new InvalidOperationException(data.TargetScaler is null ? "Only target values have a scale." : "The targets are scaled already.");
        if (scaler.TargetLength != data.TargetLength)
        {
            throw new ArgumentException(
                $"The scaler is for targets of {scaler.TargetLength} floats, those of the data set have {data.TargetLength}.", nameof(scaler));
        }

        return new ScaledTargetsDataset(data, scaler);
    }

    /// <summary>A view whose inputs have another shape: rows of 256 numbers as images of [1, 16, 16], to be augmented.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="shape">The shape, channels first, of as many numbers.</param>
    /// <exception cref="ArgumentException">The shape is of more or fewer numbers.</exception>
    public static Dataset Reshape(this Dataset data, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Aggregate(1L, (product, extent) => extent < 1 || product > int.MaxValue ? -1 : product * extent) == data.InputLength
            ? new ReshapedDataset(data, [.. shape])
            : throw new ArgumentException(
                $"Inputs of shape {Shapes.Format(data.InputShape)} have {data.InputLength} numbers, those of shape {Shapes.Format(shape)} would have "
                + "others.",
                nameof(shape));
    }

    /// <summary>A view whose inputs are what a function makes of them, whenever they are read.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="map">The function, of each input alone; several threads may call it at once.</param>
    /// <param name="shape">The shape of its results; that of the inputs if left out.</param>
    public static Dataset Map(this Dataset data, InputMap map, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Any(extent => extent < 1))
            throw new ArgumentException($"A shape has extents of at least 1, found {Shapes.Format(shape)}.", nameof(shape));
        return new MappedInputsDataset(data, map, shape.Length == 0 ? data.InputShape : [.. shape]);
    }

    /// <summary>A view whose inputs' numbers are each what a function makes of them: <c>data.Map(x => x / 255)</c>.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="map">The function; several threads may call it at once.</param>
    public static Dataset Map(this Dataset data, Func<float, float> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return data.Map((input, result) =>
        {
            for (int i = 0; i < result.Length; i++)
                result[i] = map(input[i]);
        });
    }

    /// <summary>
    /// A view whose targets are class ids: of one-hot columns, 1 for the sample's class and 0 for the others, or of a single column of
    /// 0 and 1, or −1 and 1.
    /// </summary>
    /// <param name="data">The data set.</param>
    /// <exception cref="ArgumentException">A sample's targets are no class; the message says which.</exception>
    /// <exception cref="InvalidOperationException">The targets are class ids already, or there are none.</exception>
    public static Dataset ToClasses(this Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new ClassDataset(data);
    }

    /// <summary>
    /// A view whose samples weigh differently: the loss, of a batch in training as of all samples in evaluation, is
    /// Σ wᵢ·lossᵢ / Σ wᵢ. Views of this view, such as splits, keep the weights. Metrics count each sample once.
    /// </summary>
    /// <param name="data">The data set; weights it has already are replaced.</param>
    /// <param name="weights">A weight per sample, finite and at least 0; kept, not copied.</param>
    /// <exception cref="ArgumentException">There are more or fewer weights than samples, or one is not finite or negative.</exception>
    public static Dataset Weight(this Dataset data, float[] weights)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Length != data.Count)
            throw new ArgumentException($"{data.Count} samples need as many weights, found {weights.Length}.", nameof(weights));
        int bad = Array.FindIndex(weights, weight => !(weight >= 0 && float.IsFinite(weight)));
        if (bad >= 0)
            throw new ArgumentException($"The weight of sample {bad} is {weights[bad]}; weights are finite and at least 0.", nameof(weights));

        return new WeightedDataset(data, weights);
    }

    /// <summary>
    /// A view whose samples weigh what their classes do, as with weights in the loss, but with numbers that are computed from the data:
    /// <c>train.WeightClasses(train.BalancedClassWeights())</c>. Weights that the samples have already are multiplied.
    /// </summary>
    /// <param name="data">The data set, with class ids.</param>
    /// <param name="classWeights">A weight per class, finite and at least 0.</param>
    /// <exception cref="ArgumentException">There are more or fewer weights than classes, or one is not finite or negative.</exception>
    /// <exception cref="InvalidOperationException">The targets are not class ids.</exception>
    public static Dataset WeightClasses(this Dataset data, ReadOnlySpan<float> classWeights)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.RequireClassIds();
        if (classWeights.Length != data.ClassCount)
        {
            throw new ArgumentException(
                $"{data.ClassCount} classes need as many weights, found {classWeights.Length}.", nameof(classWeights));
        }

        int[] classes = data.GetClasses();
        var weights = new float[classes.Length];
        data.ReadSampleWeightsCore(data.AllIndices(), weights);
        for (int i = 0; i < weights.Length; i++)
            weights[i] *= classWeights[classes[i]];
        return data.Weight(weights);
    }

    /// <summary>
    /// A view whose samples have the inputs of several data sets, one after the other, and their targets: sample i those of each sample i. For
    /// networks with several inputs; whatever scales or augments one of them is applied before.
    /// </summary>
    /// <param name="data">The first data set.</param>
    /// <param name="others">The others, with as many samples each. Where several have weights, these are multiplied.</param>
    /// <exception cref="ArgumentException">The data sets have different numbers of samples.</exception>
    public static Dataset Join(this Dataset data, params ReadOnlySpan<Dataset> others)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (Dataset other in others)
            ArgumentNullException.ThrowIfNull(other, nameof(others));
        return new JoinedDataset(data, others);
    }

    /// <summary>A view whose samples have a further target of values, for networks whose outputs are judged one by one.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="targets">The values, one sample's after the other; kept, not copied.</param>
    /// <param name="targetLength">The floats of one sample's.</param>
    /// <exception cref="ArgumentException">The values are not those of as many samples.</exception>
    public static Dataset AddTargets(this Dataset data, float[] targets, int targetLength)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetLength, 1);
        if (targets.Length != (long)data.Count * targetLength)
        {
            throw new ArgumentException(
                $"{data.Count} samples need targets of {(long)data.Count * targetLength} floats, found {targets.Length}.", nameof(targets));
        }

        return data.Join(new TargetsDataset(data.Count, new TargetPart(TargetKind.Values, targetLength, 0), targets, []));
    }

    /// <summary>A view whose samples have a class id as a further target, for networks whose outputs are judged one by one.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="classes">One class id per sample; kept, not copied.</param>
    /// <param name="classCount">The number of classes, or 0 for one more than the largest id.</param>
    /// <exception cref="ArgumentException">There are more or fewer ids than samples, or an id is out of range.</exception>
    public static Dataset AddTargets(this Dataset data, int[] classes, int classCount = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        int count = MemoryDataset.CountClasses(classes, classCount);
        if (classes.Length != data.Count)
            throw new ArgumentException($"{data.Count} samples need as many class ids, found {classes.Length}.", nameof(classes));
        return data.Join(new TargetsDataset(data.Count, new TargetPart(TargetKind.Classes, 0, count), [], classes));
    }

    /// <summary>A view whose images are changed at random, anew in every epoch.</summary>
    /// <remarks>What becomes of an image depends on the seed, the epoch and the image's index alone.</remarks>
    /// <param name="data">Images: inputs of the shape [channels, height, width] or [height, width].</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="steps">The changes, one after the other.</param>
    /// <exception cref="ArgumentException">The inputs are no images.</exception>
    public static Dataset Augment(this Dataset data, int seed, params ImageAugmentation[] steps)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(steps);
        return new AugmentedDataset(data, [.. steps], seed);
    }

    /// <summary>
    /// A view in which each sample is blended with another one: x = λ·x₁ + (1 − λ)·x₂, and the targets alike, with λ from
    /// Beta(α, α). Class ids become class probabilities.
    /// </summary>
    /// <remarks>H. Zhang, M. Cisse, Y. Dauphin and D. Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2018.</remarks>
    /// <param name="data">The training samples.</param>
    /// <param name="alpha">How much is mixed, above 0: 0.2 a little, 1 evenly.</param>
    /// <param name="seed">The seed of the draws, which are made anew in every epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not above 0.</exception>
    public static Dataset Mixup(this Dataset data, double alpha = 0.2, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new MixedDataset(data, alpha, seed, patches: null);
    }

    /// <summary>
    /// A view in which a rectangle of each image comes from another one, and targets are mixed by area. Class ids become
    /// class probabilities.
    /// </summary>
    /// <remarks>
    /// S. Yun et al., "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features", 2019.
    /// </remarks>
    /// <param name="data">The training images.</param>
    /// <param name="alpha">The parameter of Beta(α, α), from which the share of the image that stays is drawn.</param>
    /// <param name="seed">The seed of the draws, which are made anew in every epoch.</param>
    /// <exception cref="ArgumentException">The inputs are no images, or <paramref name="alpha"/> is not above 0.</exception>
    public static Dataset CutMix(this Dataset data, double alpha = 1, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new MixedDataset(data, alpha, seed, AugmentedDataset.ShapeOf(data));
    }
}

/// <summary>A data set whose samples have weights.</summary>
internal sealed class WeightedDataset(Dataset source, float[] sampleWeights) : DatasetView(source)
{
    public override bool HasSampleWeights => true;

    protected internal override bool TryGetRangeCore(int start, int count, out SampleRange samples) =>
        Source.TryGetRangeCore(start, count, out samples);

    protected internal override void ReadSampleWeightsCore(ReadOnlySpan<int> indices, Span<float> weights)
    {
        for (int i = 0; i < indices.Length; i++)
            weights[i] = sampleWeights[indices[i]];
    }
}
