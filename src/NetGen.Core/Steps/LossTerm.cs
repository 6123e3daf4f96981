using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// What a loss is told about a batch: the targets of the output that it judges, how much each sample counts, and where its losses go. A
/// network's loss is the sum of its terms; where one output alone is judged, the <see cref="TrainingFrame"/> is its only term.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe class LossTerm
{
    private readonly AlignedBuffer _sampleLosses;
    private float* _targets;
    private int* _classes;
    private float* _sampleWeights;
    private float* _lengths;
    private int _lengthStride;
    private readonly TermWeighting _weighting;

    internal LossTerm(TermWeighting weighting, int capacity)
    {
        _weighting = weighting;
        _sampleLosses = new AlignedBuffer(capacity);
    }

    /// <summary>The number of samples in this batch.</summary>
    public int Count { get; private set; }

    /// <summary>Room for each sample's share of the loss, which sum to the batch's mean loss.</summary>
    public ref float SampleLosses => ref _sampleLosses.Start;

    /// <summary>The first sample's target values; a null reference where targets are class ids.</summary>
    public ref readonly float Targets => ref Unsafe.AsRef<float>(_targets);

    /// <summary>The first sample's target values, or null.</summary>
    private protected float* TargetPointer => _targets;

    /// <summary>Floats from one sample's target values to the next: those of other terms may lie between them.</summary>
    public int TargetStride { get; private set; }

    /// <summary>The class ids; a null reference where targets are values.</summary>
    public ref readonly int Classes => ref Unsafe.AsRef<int>(_classes);

    /// <summary>Ids from one sample's class to the next.</summary>
    public int ClassStride { get; private set; }

    /// <summary>Whether targets are class ids.</summary>
    public bool HasClasses => _classes != null;

    /// <summary>A weight per sample; a null reference where all weigh the same.</summary>
    public ref readonly float SampleWeights => ref Unsafe.AsRef<float>(_sampleWeights);

    /// <summary>Whether samples have weights.</summary>
    public bool HasSampleWeights => _sampleWeights != null;

    /// <summary>
    /// The steps of a sample, each of which is judged for itself and counts in the mean alike; 1 where a sample is judged as a whole.
    /// </summary>
    public int Steps => _weighting.Steps;

    /// <summary>
    /// The term's share of the network's loss: its output's weight, times the batch's part of a larger one of which it is a piece.
    /// </summary>
    internal double Factor { get; set; } = 1;

    /// <summary>The losses of the samples.</summary>
    internal ReadOnlySpan<float> Losses => _sampleLosses.Span[..Count];

    /// <summary>
    /// A sample's share of the batch's mean: its weight divided by the sum of all, 1 / count where all weigh the same; 0 if
    /// all weights are 0. Times the term's share of the loss. Of a sample with several steps, the share of each that counts.
    /// </summary>
    /// <param name="sample">The sample's number in the batch.</param>
    public float ShareOf(int sample)
    {
        double weight = HasSampleWeights ? _sampleWeights[sample] : 1;
        return weight == 0 ? 0f : (float)(Factor * weight / WeightSum);
    }

    /// <summary>The steps of a sample up to its end; those behind it count for nothing.</summary>
    /// <param name="sample">The sample's number in the batch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LengthOf(int sample) => _lengths == null ? Steps : (int)_lengths[(nint)sample * _lengthStride];

    /// <summary>The target values of a step.</summary>
    /// <param name="row">The step of a sample.</param>
    /// <param name="length">The floats of one step.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref float TargetsOf(LossRow row, int length) =>
        ref Unsafe.AsRef<float>(_targets + (nint)row.Sample * TargetStride + (nint)row.Step * length);

    /// <summary>The class of a step, which has not been checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ClassOf(LossRow row) => _classes[(nint)row.Sample * ClassStride + row.Step];

    /// <summary>Whether a step within its sample's length has a target, and not an id that stands for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool HasTarget(LossRow row) => _weighting.IgnoreIndex is not { } ignored || !HasClasses || ClassOf(row) != ignored;

    /// <summary>What a step that counts weighs in the mean, but for the weight of its class.</summary>
    internal double WeightOf(LossRow row) => HasSampleWeights ? _sampleWeights[row.Sample] : 1;

    /// <summary>The sum of the weights of all steps up to the ends of their samples, whether they have a target or not.</summary>
    internal double WeightSum { get; private set; }

    /// <summary>Whether some steps may have no target.</summary>
    internal bool MayIgnore => _weighting.IgnoreIndex is not null && HasClasses;

    /// <summary>Tells the term of its batch.</summary>
    /// <param name="targets">The first sample's target values, or null.</param>
    /// <param name="targetStride">Floats from one sample's to the next.</param>
    /// <param name="classes">The first sample's class id, or null.</param>
    /// <param name="classStride">Ids from one sample's to the next.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <param name="count">The samples.</param>
    internal void Begin(float* targets, int targetStride, int* classes, int classStride, float* sampleWeights, int count)
    {
        _targets = targets;
        TargetStride = targetStride;
        _classes = classes;
        ClassStride = classStride;
        _sampleWeights = sampleWeights;
        Count = count;
        WeightSum = 0;
        for (int sample = 0; sample < count; sample++)
            WeightSum += (sampleWeights == null ? 1.0 : sampleWeights[sample]) * LengthOf(sample);
    }

    /// <summary>Tells the term, before its batch, where the lengths of samples stand.</summary>
    /// <param name="lengths">Those of the first sample, of which the term's is one; null where all samples have all steps.</param>
    /// <param name="stride">Floats from one sample's to the next.</param>
    internal void UseLengths(float* lengths, int stride)
    {
        _lengths = _weighting.LengthAt is { } at && lengths != null ? lengths + at : null;
        _lengthStride = stride;
    }
}

/// <summary>One step of a sample; of a sample that is judged as a whole, its only one.</summary>
/// <param name="Sample">The sample's number in the batch.</param>
/// <param name="Step">The step, from 0.</param>
internal readonly record struct LossRow(int Sample, int Step);
