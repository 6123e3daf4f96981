namespace NetGen.CompilerServices;

/// <summary>
/// How the targets of a batch lie: the values of each sample's judged outputs one after the other, in the order of the outputs, and in
/// memory of their own, in the same order, the class ids of those that are told by one.
/// </summary>
internal sealed class TargetRows
{
    private readonly int[] _offsets;
    private readonly bool[] _areClassIds;

    /// <param name="lengths">The floats of each output that has a loss.</param>
    /// <param name="steps">The steps of each that are judged for themselves, and have a class id each.</param>
    /// <param name="areClassIds">Of each, whether class ids say what it should be.</param>
    internal TargetRows(IReadOnlyList<int> lengths, IReadOnlyList<int> steps, IReadOnlyList<bool> areClassIds)
    {
        _areClassIds = [.. areClassIds];
        _offsets = new int[lengths.Count];
        for (int i = 0; i < _offsets.Length; i++)
        {
            _offsets[i] = areClassIds[i] ? ClassLength : ValueLength;
            if (areClassIds[i])
                ClassLength += steps[i];
            else
                ValueLength += lengths[i];
        }
    }

    /// <summary>The floats of a sample's targets.</summary>
    internal int ValueLength { get; }

    /// <summary>The class ids of a sample.</summary>
    internal int ClassLength { get; }

    /// <summary>Whether a term is told class ids.</summary>
    internal bool AreClassIds(int term) => _areClassIds[term];

    /// <summary>Where a term's target begins in a sample's values, or in its class ids.</summary>
    internal int OffsetOf(int term) => _offsets[term];
}
