using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// What one training step works on: the batch, the parameters, the gradient and the workspace. Generated code reads it;
/// the trainer fills it.
/// </summary>
/// <remarks>
/// The references point into pinned memory for as long as a step runs, so that every worker can use them.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class TrainingFrame
{
    private float* _inputs;
    private float* _targets;
    private int* _classes;
    private float* _sampleWeights;
    private float* _inputGradient;
    private double _weightSum;
    private float[] _parameters = [];
    private float[] _gradient = [];
    private int _parameterCount;
    private readonly AlignedBuffer _workspace;
    private readonly AlignedBuffer _sampleLosses;

    internal TrainingFrame(AlignedBuffer workspace, int capacity)
    {
        _workspace = workspace;
        _sampleLosses = new AlignedBuffer(capacity);
        Capacity = capacity;
    }

    /// <summary>The largest batch the workspace has room for.</summary>
    public int Capacity { get; }

    /// <summary>The number of samples in this batch.</summary>
    public int Count { get; private set; }

    /// <summary>The seed of this step's random draws (dropout masks).</summary>
    public ulong Seed { get; private set; }

    /// <summary>The start of the parameter block.</summary>
    public ref float Parameters => ref AlignedBuffer.StartOf(_parameters);

    /// <summary>The start of the gradient block, laid out as the parameters, overwritten by the step.</summary>
    public ref float Gradient => ref AlignedBuffer.StartOf(_gradient);

    /// <summary>The start of the workspace: zero at first, kept from step to step.</summary>
    public ref float Workspace => ref _workspace.Start;

    /// <summary>Room for each sample's share of the loss, which sum to the batch's mean loss.</summary>
    public ref float SampleLosses => ref _sampleLosses.Start;

    /// <summary>The first sample's input.</summary>
    public ref readonly float Inputs => ref Unsafe.AsRef<float>(_inputs);

    /// <summary>The first sample's target values; a null reference where targets are class ids.</summary>
    public ref readonly float Targets => ref Unsafe.AsRef<float>(_targets);

    /// <summary>The class ids; a null reference where targets are values.</summary>
    public ref readonly int Classes => ref Unsafe.AsRef<int>(_classes);

    /// <summary>Whether targets are class ids.</summary>
    public bool HasClasses => _classes != null;

    /// <summary>A weight per sample; a null reference where all weigh the same.</summary>
    public ref readonly float SampleWeights => ref Unsafe.AsRef<float>(_sampleWeights);

    /// <summary>Whether samples have weights.</summary>
    public bool HasSampleWeights => _sampleWeights != null;

    /// <summary>Where the gradient with respect to the inputs goes; a null reference where nobody asks for it.</summary>
    public ref float InputGradient => ref Unsafe.AsRef<float>(_inputGradient);

    /// <summary>Whether the gradient with respect to the inputs is wanted.</summary>
    public bool WantsInputGradient => _inputGradient != null;

    /// <summary>
    /// A sample's share of the batch's mean: its weight divided by the sum of all, 1 / count where all weigh the same; 0 if
    /// all weights are 0.
    /// </summary>
    /// <param name="sample">The sample's number in the batch.</param>
    public float ShareOf(int sample)
    {
        double weight = HasSampleWeights ? _sampleWeights[sample] : 1;
        return weight == 0 ? 0f : (float)(weight / _weightSum);
    }

    /// <summary>The parameters of this step; values that are loaded meanwhile lie elsewhere.</summary>
    internal Span<float> ParameterSpan => AlignedBuffer.SpanOf(_parameters, _parameterCount);

    /// <summary>The gradient of this step.</summary>
    internal Span<float> GradientSpan => AlignedBuffer.SpanOf(_gradient, _parameterCount);

    internal ReadOnlySpan<float> Losses => _sampleLosses.Span[..Count];

    /// <summary>Names the memory of the step that is about to run.</summary>
    internal void Use(float[] parameters, float[] gradient, int parameterCount) =>
        (_parameters, _gradient, _parameterCount) = (parameters, gradient, parameterCount);

    internal void Begin(
        float* inputs, float* targets, int* classes, float* sampleWeights, float* inputGradient, int count, ulong seed)
    {
        _inputs = inputs;
        _targets = targets;
        _classes = classes;
        _sampleWeights = sampleWeights;
        _inputGradient = inputGradient;
        Count = count;
        Seed = seed;
        _weightSum = count;
        if (sampleWeights == null)
            return;
        // Once per batch, in double precision and in the samples' order.
        _weightSum = 0;
        for (int sample = 0; sample < count; sample++)
            _weightSum += sampleWeights[sample];
    }
}
