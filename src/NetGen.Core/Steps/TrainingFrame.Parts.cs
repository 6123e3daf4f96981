using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>Gradients that are applied part by part, while the rest is still to be computed.</content>
public sealed unsafe partial class TrainingFrame
{
    private readonly List<(int From, int To)> _applied = [];
    private AlignedBuffer?[] _parts = [];

    /// <summary>Who applies gradients part by part; null where the whole gradient is needed first.</summary>
    internal IPartUpdate? PartUpdate { get; private set; }

    /// <summary>
    /// The stretches of the block whose gradient was applied part by part, in the order of their places. Read behind the last barrier.
    /// </summary>
    internal ReadOnlySpan<(int From, int To)> Applied => CollectionsMarshal.AsSpan(_applied);

    /// <summary>The gradient of a tensor, part by part. Called by every worker behind the barrier at which the losses are known.</summary>
    /// <param name="gradient">Where it lies in the gradient's block.</param>
    /// <param name="length">Its floats.</param>
    /// <param name="partLength">The most floats from the beginning of a stretch, as a kernel is called with it, to the end of it.</param>
    /// <param name="worker">The calling worker.</param>
    public GradientParts PartsOf(ref float gradient, int length, int partLength, Worker worker)
    {
        if (PartUpdate is not { } update || !update.Begins())
            return default;
        // The first step makes room, whichever worker comes first.
        lock (_applied)
        {
            if (worker.Index == 0)
                NoteApplied(PlaceOf(ref gradient), length);
            if (_parts.Length < worker.Count)
                Array.Resize(ref _parts, worker.Count);
            ref AlignedBuffer? buffer = ref _parts[worker.Index];
            if (buffer is null || buffer.Length < partLength + GradientParts.Page)
                buffer = new AlignedBuffer(partLength + GradientParts.Page);
            return new GradientParts(this, buffer);
        }
    }

    private void NoteApplied(int from, int length)
    {
        int place = _applied.Count;
        while (place > 0 && _applied[place - 1].From > from)
            place--;
        _applied.Insert(place, (from, from + length));
    }
}
