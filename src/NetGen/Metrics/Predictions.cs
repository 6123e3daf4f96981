namespace NetGen.Metrics;

/// <summary>What a network predicted for some samples, next to what it should have: what metrics are computed from.</summary>
public sealed class Predictions
{
    private int[]? _predictedClasses;

    /// <summary>Predictions of samples with class ids.</summary>
    /// <param name="outputs">The outputs, one sample after the other; kept, not copied.</param>
    /// <param name="outputLength">The floats of one sample's output: a score per class, or a single logit of class 1.</param>
    /// <param name="classes">The right class ids; kept, not copied.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or an id is no class.</exception>
    public Predictions(float[] outputs, int outputLength, int[] classes) : this(outputs, outputLength)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Length != Count)
            throw new ArgumentException($"{Count} outputs need as many class ids, found {classes.Length}.", nameof(classes));
        foreach (int id in classes)
        {
            if ((uint)id >= (uint)ClassCount)
                throw new ArgumentException($"Class ids go from 0 to {ClassCount - 1}, found {id}.", nameof(classes));
        }

        Classes = classes;
    }

    /// <summary>Predictions of samples with target values or class probabilities.</summary>
    /// <param name="outputs">The outputs, one sample after the other; kept, not copied.</param>
    /// <param name="outputLength">The floats of one sample's output.</param>
    /// <param name="targets">As many target values; kept, not copied.</param>
    /// <param name="kind">Whether the targets are values or class probabilities.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public Predictions(float[] outputs, int outputLength, float[] targets, TargetKind kind = TargetKind.Values)
        : this(outputs, outputLength)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Length != outputs.Length)
            throw new ArgumentException($"{outputs.Length} output floats need as many targets, found {targets.Length}.", nameof(targets));

        Targets = targets;
        if (kind == TargetKind.Classes)
            Classes = LargestOf(targets);
        else if (outputLength == 1)
            Classes = Array.ConvertAll(targets, target => target >= 0.5f ? 1 : 0);
    }

    private Predictions(float[] outputs, int outputLength)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputLength, 1);
        if (outputs.Length == 0 || outputs.Length % outputLength != 0)
            throw new ArgumentException($"{outputs.Length} floats are not one or more outputs of {outputLength}.", nameof(outputs));
        Outputs = outputs;
        OutputLength = outputLength;
        Count = outputs.Length / outputLength;
    }

    /// <summary>The number of samples, at least 1.</summary>
    public int Count { get; }

    /// <summary>The floats of one sample's output.</summary>
    public int OutputLength { get; }

    /// <summary>The number of classes: one per output, or two for a single output.</summary>
    public int ClassCount => Math.Max(2, OutputLength);

    /// <summary>The outputs, one sample after the other.</summary>
    public ReadOnlyMemory<float> Outputs { get; }

    /// <summary>The target values or probabilities; empty where targets are class ids.</summary>
    public ReadOnlyMemory<float> Targets { get; }

    /// <summary>
    /// The right classes; empty where targets are several values. A single target value means class 1 from 0.5 on.
    /// </summary>
    public ReadOnlyMemory<int> Classes { get; }

    /// <summary>
    /// The predicted classes: the first of the largest scores; for a single output, class 1 where the logit is positive.
    /// </summary>
    public ReadOnlyMemory<int> PredictedClasses => _predictedClasses ??= LargestOf(Outputs.Span);

    /// <summary>The scores of one sample.</summary>
    /// <param name="sample">The sample.</param>
    public ReadOnlySpan<float> Output(int sample) => Outputs.Span.Slice(sample * OutputLength, OutputLength);

    internal void RequireClasses(string metric)
    {
        if (Classes.IsEmpty)
            throw new InvalidOperationException($"{metric} needs classes; the targets are {OutputLength} values per sample.");
    }

    internal ReadOnlySpan<float> RequireTargets(string metric) => Targets.IsEmpty
        ? throw new InvalidOperationException($"{metric} needs target values; the targets are class ids.")
        : Targets.Span;

    private int[] LargestOf(ReadOnlySpan<float> rows)
    {
        var classes = new int[Count];
        for (int sample = 0; sample < Count; sample++)
        {
            ReadOnlySpan<float> row = rows.Slice(sample * OutputLength, OutputLength);
            classes[sample] = row.Length == 1 ? (row[0] > 0 ? 1 : 0) : Prediction.Classify(row);
        }

        return classes;
    }
}
