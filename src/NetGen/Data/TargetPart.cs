namespace NetGen.Data;

/// <summary>One of the targets of a data set's samples.</summary>
/// <param name="Kind">Values or classes.</param>
/// <param name="Length">The floats of one sample's; 0 where it is a class id.</param>
/// <param name="ClassCount">The number of classes; 0 where it is values.</param>
/// <param name="Steps">The class ids of one sample, one for each step of a sequence; 1 where a sample is judged as a whole, or by floats.</param>
public readonly record struct TargetPart(TargetKind Kind, int Length, int ClassCount, int Steps = 1)
{
    /// <summary>The id of steps and samples that have no target; null where each has one. It may be an id of a class, too.</summary>
    public int? IgnoreIndex { get; init; }

    /// <summary>Whether it is a class id, or one for each step.</summary>
    public bool IsClassId => Kind == TargetKind.Classes && Length == 0;

    internal bool IsConsistent => Kind switch
    {
        TargetKind.Values => Length >= 1 && ClassCount == 0 && Steps == 1,
        TargetKind.Classes => ClassCount >= 1 && Steps >= 1 && (Length == 0 || (Steps == 1 && Length % ClassCount == 0)),
        _ => false,
    };
}
