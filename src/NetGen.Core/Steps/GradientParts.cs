using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// The gradient of one tensor as a worker computes it, part by part. Where nothing needs the whole of it, each part is applied while the cache has
/// it, and takes the place of the one before it instead of a place in memory.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct GradientParts
{
    // Parameters, gradients and what optimizers remember begin on pages: parts lie as far behind one as the parameters do.
    internal const int Page = 1024;

    private readonly TrainingFrame? _frame;
    private readonly AlignedBuffer? _buffer;

    internal GradientParts(TrainingFrame frame, AlignedBuffer buffer)
    {
        _frame = frame;
        _buffer = buffer;
    }

    /// <summary>Where a stretch of the gradient is to be computed.</summary>
    /// <param name="gradient">Where it lies in the gradient's block.</param>
    public ref float PlaceOf(ref float gradient) => ref _buffer is null ? ref gradient : ref _buffer.Span[_frame!.PlaceOf(ref gradient) % Page];

    /// <summary>Applies what has been computed, where parts are applied.</summary>
    /// <param name="gradient">Where the stretch lies in the gradient's block.</param>
    /// <param name="from">The first of its floats that is applied.</param>
    /// <param name="to">The end of those.</param>
    public void Apply(ref float gradient, int from, int to)
    {
        if (_buffer is null)
            return;
        int place = _frame!.PlaceOf(ref gradient);
        _frame.PartUpdate!.Apply(_buffer.Span.Slice((place % Page) + from, to - from), place + from);
    }
}

/// <summary>Whoever applies gradients part by part.</summary>
internal interface IPartUpdate
{
    /// <summary>
    /// Asked by each worker behind the barrier at which the losses are known: whether parts are applied. All get the same answer.
    /// </summary>
    bool Begins();

    /// <summary>Applies a part of the gradient.</summary>
    /// <param name="gradient">The part.</param>
    /// <param name="from">The place of its first float in the block.</param>
    void Apply(ReadOnlySpan<float> gradient, int from);
}
