namespace NetGen.CompilerServices;

/// <summary>What a term of a loss counts for.</summary>
/// <param name="Share">Its share of the loss, which is the weighted sum of all.</param>
/// <param name="OfTarget">What a sample counts for by its target, where classes have weights; null where all count alike.</param>
internal sealed record TermWeighting(double Share, Func<float, double>? OfTarget)
{
    /// <summary>The steps of a sample, each judged for itself; 1 where a sample is judged as a whole.</summary>
    internal int Steps { get; init; } = 1;

    /// <summary>The class id of steps without a target, or null where each has one.</summary>
    internal int? IgnoreIndex { get; init; }

    /// <summary>Where in a sample's inputs the number of its steps stands, or null where all samples have all.</summary>
    internal int? LengthAt { get; init; }
}
