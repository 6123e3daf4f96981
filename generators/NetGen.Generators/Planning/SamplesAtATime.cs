using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>
/// How many samples go through layers together before the next ones: as many as the second cache holds what one layer hands to the next of; more,
/// where the weights are more than it holds, and would come from beyond it again for every few samples.
/// </summary>
internal static class SamplesAtATime
{
    /// <summary>Of 32 samples of less than this the second cache of most processors holds all.</summary>
    public const int LeastBeyondCache = 8192;

    // Rows of a tile that goes along samples.
    private const int Most = 8;

    // The floats of a tensor of which the second cache of most processors holds a few; and of weights that it holds beside those.
    private const int CachedLength = 1 << 16;
    private const int CachedWeights = 1 << 18;

    // What more samples must save of what comes from beyond the cache.
    private const double WorthMore = 0.75;

    /// <param name="steps">The steps that they go through.</param>
    /// <param name="tensors">What is made of a sample and lies in the cache meanwhile.</param>
    /// <param name="layouts">Where things lie.</param>
    public static int Of(IEnumerable<Step> steps, IEnumerable<Value> tensors, Layouts layouts)
    {
        long[] sizes = [.. tensors.Select(layouts.RootOf).Distinct().Select(tensor => (long)layouts.Of(tensor).Size)];
        int few = Fitting(sizes.DefaultIfEmpty().Max());
        long weights = steps.SelectMany(step => step.Reads).Where(value => !value.IsPerSample).Select(layouts.RootOf).Distinct()
            .Sum(weight => (long)weight.Shape.Length);
        if (weights <= CachedWeights)
            return few;
        int more = few;
        for (int samples = 2 * few; samples <= Most; samples *= 2)
            more = Traffic(samples) < WorthMore * Traffic(more) ? samples : more;
        return more;

        // For each sample.
        double Traffic(int samples) => (double)weights / samples + sizes.Where(size => samples * size > CachedLength).Sum();
    }

    /// <summary>How many samples the second cache holds of which the largest tensor has so many floats.</summary>
    public static int Fitting(long largest)
    {
        int few = Most;
        while (few > 1 && few * largest > CachedLength)
            few /= 2;
        return few;
    }
}
