namespace NetGen.CompilerServices;

/// <summary>What a term of a loss counts for.</summary>
/// <param name="Share">Its share of the loss, which is the weighted sum of all.</param>
/// <param name="OfTarget">What a sample counts for by its target, where classes have weights; null where all count alike.</param>
internal sealed record TermWeighting(double Share, Func<float, double>? OfTarget);
