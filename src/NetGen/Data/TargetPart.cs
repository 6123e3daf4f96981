namespace NetGen.Data;

/// <summary>One of the targets of a data set's samples.</summary>
/// <param name="Kind">Values or classes.</param>
/// <param name="Length">The floats of one sample's; 0 where it is a class id.</param>
/// <param name="ClassCount">The number of classes; 0 where it is values.</param>
public readonly record struct TargetPart(TargetKind Kind, int Length, int ClassCount)
{
    /// <summary>Whether it is a class id.</summary>
    public bool IsClassId => Kind == TargetKind.Classes && Length == 0;

    internal bool IsConsistent => Kind switch
    {
        TargetKind.Values => Length >= 1 && ClassCount == 0,
        TargetKind.Classes => ClassCount >= 1 && (Length == 0 || Length == ClassCount),
        _ => false,
    };
}
