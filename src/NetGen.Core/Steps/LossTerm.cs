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
    private double _weightSum;

    internal LossTerm(int capacity) => _sampleLosses = new AlignedBuffer(capacity);

    /// <summary>The number of samples in this batch.</summary>
    public int Count { get; private set; }

    /// <summary>Room for each sample's share of the loss, which sum to the batch's mean loss.</summary>
    public ref float SampleLosses => ref _sampleLosses.Start;

    /// <summary>The first sample's target values; a null reference where targets are class ids.</summary>
    public ref readonly float Targets => ref Unsafe.AsRef<float>(_targets);

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
    /// The term's share of the network's loss: its output's weight, times the batch's part of a larger one of which it is a piece.
    /// </summary>
    internal double Factor { get; set; } = 1;

    /// <summary>The losses of the samples.</summary>
    internal ReadOnlySpan<float> Losses => _sampleLosses.Span[..Count];

    /// <summary>
    /// A sample's share of the batch's mean: its weight divided by the sum of all, 1 / count where all weigh the same; 0 if
    /// all weights are 0. Times the term's share of the loss.
    /// </summary>
    /// <param name="sample">The sample's number in the batch.</param>
    public float ShareOf(int sample)
    {
        double weight = HasSampleWeights ? _sampleWeights[sample] : 1;
        return weight == 0 ? 0f : (float)(Factor * weight / _weightSum);
    }

    /// <summary>A sample's target values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref float TargetsOf(int sample) => ref Unsafe.AsRef<float>(_targets + (nint)sample * TargetStride);

    /// <summary>A sample's class, which has not been checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ClassOf(int sample) => _classes[(nint)sample * ClassStride];

    /// <summary>Tells the term of its batch.</summary>
    /// <param name="targets">The first sample's target values, or null.</param>
    /// <param name="targetStride">Floats from one sample's to the next.</param>
    /// <param name="classes">The first sample's class id, or null.</param>
    /// <param name="classStride">Ids from one sample's to the next.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <param name="weightSum">The sum of the weights, or the number of samples without them.</param>
    /// <param name="count">The samples.</param>
    internal void Begin(
        float* targets, int targetStride, int* classes, int classStride, float* sampleWeights, double weightSum, int count)
    {
        _targets = targets;
        TargetStride = targetStride;
        _classes = classes;
        ClassStride = classStride;
        _sampleWeights = sampleWeights;
        _weightSum = weightSum;
        Count = count;
    }
}
