namespace NetGen;

/// <summary>
/// The stretches of a network's block that hold states. A step leaves a state's next value in the gradient's block, where the gradient of a
/// parameter would be; from there it goes to the states themselves, and zeros are left for whatever looks at the gradient.
/// </summary>
internal sealed class StateSlots
{
    private readonly (int Offset, int Length)[] _slots;
    private readonly float[] _before;

    internal StateSlots(NetworkDescription network)
    {
        var tensors = network.Parameters.OrderBy(tensor => tensor.Layout.Offset).ToArray();
        // A tensor's padding belongs to it.
        _slots = [.. tensors
            .Zip(tensors.Skip(1).Select(next => next.Layout.Offset).Append(network.ParameterBlockLength), (tensor, end) => (tensor, end))
            .Where(pair => pair.tensor.IsState)
            .Select(pair => (pair.tensor.Layout.Offset, pair.end - pair.tensor.Layout.Offset))];
        _before = new float[_slots.Sum(slot => slot.Length)];
    }

    /// <summary>Whether there are none.</summary>
    internal bool IsEmpty => _slots.Length == 0;

    /// <summary>Remembers the states within a stretch of the block.</summary>
    internal void Remember(ReadOnlySpan<float> parameters, int from, int to)
    {
        int kept = 0;
        foreach ((int offset, int length) in _slots)
        {
            (int start, int end) = (Math.Max(offset, from), Math.Min(offset + length, to));
            if (start < end)
                parameters[start..end].CopyTo(_before.AsSpan(kept + start - offset));
            kept += length;
        }
    }

    /// <summary>Brings those within a stretch of the block back.</summary>
    internal void Restore(Span<float> parameters, int from, int to)
    {
        int kept = 0;
        foreach ((int offset, int length) in _slots)
        {
            (int start, int end) = (Math.Max(offset, from), Math.Min(offset + length, to));
            if (start < end)
                _before.AsSpan(kept + start - offset, end - start).CopyTo(parameters[start..]);
            kept += length;
        }
    }

    /// <summary>Takes the next values within a stretch of the block out of the gradient.</summary>
    /// <param name="gradient">The gradient's block.</param>
    /// <param name="parameters">The parameters' block.</param>
    /// <param name="from">Where the stretch begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="take">Whether the states become what was found, or stay as they are.</param>
    internal void Take(Span<float> gradient, Span<float> parameters, int from, int to, bool take)
    {
        foreach ((int offset, int length) in _slots)
        {
            (int start, int end) = (Math.Max(offset, from), Math.Min(offset + length, to));
            if (start >= end)
                continue;
            if (take)
                gradient[start..end].CopyTo(parameters[start..]);
            gradient[start..end].Clear();
        }
    }
}
