namespace NetGen.Metrics;

/// <summary>What a network predicted for some samples, next to what it should have: what metrics are computed from.</summary>
public sealed class Predictions
{
    private readonly TargetReading _reading = new([], HasLabels: false, WhyNot: "");
    private int[]? _predictedClasses;
    private double[]? _values;

    /// <summary>Predictions of samples with class ids.</summary>
    /// <param name="outputs">The outputs, one sample after the other; kept, not copied.</param>
    /// <param name="outputLength">The floats of one sample's output.</param>
    /// <param name="classes">The right class ids; kept, not copied.</param>
    /// <param name="meaning">What the outputs are: a logit per class, or a single one of class 1, unless said otherwise.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit each other, an id is no class, or such outputs do not decide between classes.
    /// </exception>
    public Predictions(float[] outputs, int outputLength, int[] classes, OutputMeaning meaning = OutputMeaning.Unknown)
        : this(outputs, outputLength, meaning == OutputMeaning.Unknown ? LogitsOf(outputLength) : meaning)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Length != Count)
            throw new ArgumentException($"{Count} outputs need as many class ids, found {classes.Length}.", nameof(classes));
        int classCount = OutputDescription.ClassCountOf(Meaning, outputLength);
        if (classCount == 0)
            throw new ArgumentException($"{Meaning} of {outputLength} outputs do not decide between classes.", nameof(meaning));
        foreach (int id in classes)
        {
            if ((uint)id >= (uint)classCount)
                throw new ArgumentException($"Class ids go from 0 to {classCount - 1}, found {id}.", nameof(classes));
        }

        _reading = new TargetReading(classes, HasLabels: false, WhyNot: "");
        ClassCount = classCount;
    }

    /// <summary>Predictions of samples with target values or class probabilities.</summary>
    /// <param name="outputs">The outputs, one sample after the other; kept, not copied.</param>
    /// <param name="outputLength">The floats of one sample's output.</param>
    /// <param name="targets">As many target values; kept, not copied.</param>
    /// <param name="kind">Whether the targets are values or class probabilities.</param>
    /// <param name="meaning">What the outputs are. Unless it is said, values have no classes, and class probabilities belong to logits.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public Predictions(
        float[] outputs, int outputLength, float[] targets, TargetKind kind = TargetKind.Values, OutputMeaning meaning = OutputMeaning.Unknown)
        : this(outputs, outputLength, meaning == OutputMeaning.Unknown && kind == TargetKind.Classes ? LogitsOf(outputLength) : meaning)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Length != outputs.Length)
            throw new ArgumentException($"{outputs.Length} output floats need as many targets, found {targets.Length}.", nameof(targets));

        Targets = targets;
        _reading = TargetReading.Of(targets, outputLength, Meaning);
        ClassCount = Classes.IsEmpty ? 0 : OutputDescription.ClassCountOf(Meaning, outputLength);
    }

    private Predictions(float[] outputs, int outputLength, OutputMeaning meaning)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputLength, 1);
        if (outputs.Length == 0 || outputs.Length % outputLength != 0)
            throw new ArgumentException($"{outputs.Length} floats are not one or more outputs of {outputLength}.", nameof(outputs));
        Outputs = outputs;
        OutputLength = outputLength;
        Count = outputs.Length / outputLength;
        Meaning = meaning;
        HasNaN = outputs.AsSpan().ContainsAnyNaN();
    }

    /// <summary>The number of samples, at least 1.</summary>
    public int Count { get; }

    /// <summary>The floats of one sample's output.</summary>
    public int OutputLength { get; }

    /// <summary>What the outputs are.</summary>
    public OutputMeaning Meaning { get; }

    /// <summary>The number of classes: one per output, or two for a single output; 0 where targets are no classes.</summary>
    public int ClassCount { get; }

    /// <summary>The outputs, one sample after the other.</summary>
    public ReadOnlyMemory<float> Outputs { get; }

    /// <summary>The target values or probabilities; empty where targets are class ids.</summary>
    public ReadOnlyMemory<float> Targets { get; }

    /// <summary>Whether an output is not a number; what is computed from such predictions is no number either.</summary>
    public bool HasNaN { get; }

    /// <summary>
    /// The right classes; empty where there are none, as in a regression. The largest of several target probabilities is the right class, the
    /// first of equals; a single one means class 1 from 0.5 on.
    /// </summary>
    public ReadOnlyMemory<int> Classes => _reading.Classes;

    /// <summary>
    /// The predicted classes: the first of the largest scores; for a single output, class 1 where the logit or score is positive or
    /// the probability above 0.5. −1 where a score is NaN.
    /// </summary>
    public ReadOnlyMemory<int> PredictedClasses => _predictedClasses ??= Read();

    /// <summary>The scores of one sample.</summary>
    /// <param name="sample">The sample.</param>
    public ReadOnlySpan<float> Output(int sample) => Outputs.Span.Slice(sample * OutputLength, OutputLength);

    /// <summary>Whether a sample is of a class, or has the label of an output of its own.</summary>
    internal bool IsOf(int sample, int id) => Classes.IsEmpty ? Targets.Span[sample * OutputLength + id] == 1 : Classes.Span[sample] == id;

    internal void RequireClasses(string metric)
    {
        if (Classes.IsEmpty)
            throw new InvalidOperationException($"{metric} needs classes, but {_reading.WhyNot}.");
    }

    /// <summary>Asks for what can be ranked: classes, or labels of 0 and 1 for outputs of their own.</summary>
    internal void RequireLabels(string metric)
    {
        if (!_reading.HasLabels)
            RequireClasses(metric);
    }

    /// <summary>Whether outputs can be compared with targets as numbers.</summary>
    internal bool HasValues => !Targets.IsEmpty && Meaning is not (OutputMeaning.Margins or OutputMeaning.ClassScores);

    /// <summary>What the outputs say in the terms of the targets.</summary>
    internal ReadOnlySpan<double> RequireValues(string metric)
    {
        if (Targets.IsEmpty)
            throw new InvalidOperationException($"{metric} needs target values; the targets are class ids: use accuracy, f1 or auc.");
        if (!HasValues)
        {
            throw new InvalidOperationException(
                $"{metric} compares outputs with targets, but the outputs are scores, of which only signs and order count: use accuracy, f1 or auc.");
        }

        if (_values is null)
        {
            _values = new double[Outputs.Length];
            for (int sample = 0; sample < Count; sample++)
                OutputReading.Values(Output(sample), Meaning, _values.AsSpan(sample * OutputLength, OutputLength));
        }

        return _values;
    }

    private static OutputMeaning LogitsOf(int outputLength) => outputLength == 1 ? OutputMeaning.Logits : OutputMeaning.ClassLogits;

    private int[] Read()
    {
        var classes = new int[Count];
        for (int sample = 0; sample < Count; sample++)
            classes[sample] = OutputReading.ClassOf(Output(sample), Meaning);
        return classes;
    }
}
