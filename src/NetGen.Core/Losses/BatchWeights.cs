using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// How much each sample counts in the batch's mean. A sample weighs its own weight times its class's; the mean divides by
/// the sum of the weights, as PyTorch does for class weights, so that without weights each of n samples counts 1/n.
/// </summary>
/// <param name="term">The batch.</param>
/// <param name="classWeights">A weight per class, or nothing.</param>
internal readonly ref struct BatchWeights(LossTerm term, ReadOnlySpan<float> classWeights)
{
    private readonly LossTerm _term = term;
    private readonly ReadOnlySpan<float> _classWeights = classWeights;

    // In double precision and in the samples' order: every worker computes the same number.
    private readonly double _scale = term.Factor / Total(term, classWeights);

    /// <summary>The sample's weight divided by the sum of all, times the term's share of the loss; 0 if all weights are 0.</summary>
    internal float Of(int sample)
    {
        double weight = WeightOf(_term, _classWeights, sample);
        return weight == 0 ? 0 : (float)(weight * _scale);
    }

    /// <summary>The same without the weight of the sample's class.</summary>
    internal float OfSampleAlone(int sample)
    {
        double weight = WeightOf(_term, default, sample);
        return weight == 0 ? 0 : (float)(weight * _scale);
    }

    /// <summary>The class id of a sample, checked.</summary>
    /// <param name="term">The batch.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="ArgumentException">The id is no class.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ClassOf(LossTerm term, int sample, int classes)
    {
        int id = term.ClassOf(sample);
        if ((uint)id >= (uint)classes)
            ThrowNoClass(id, sample, classes);
        return id;
    }

    /// <summary>Checks that there is a weight for every class, or none at all.</summary>
    internal static void Check(ReadOnlySpan<float> classWeights, int classes)
    {
        if (!classWeights.IsEmpty && classWeights.Length != classes)
        {
            throw new ArgumentException(
                $"There are {classWeights.Length} class weights for {classes} classes; give one per class.",
                nameof(classWeights));
        }
    }

    /// <param name="id">What was found.</param>
    /// <param name="sample">Where it was found.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="output">The output that is told it, where there are several.</param>
    internal static void ThrowNoClass(int id, int sample, int classes, string? output = null) => throw new ArgumentException(
        $"classes holds {id} at sample {sample}{(output is null ? "" : $" for '{output}'")}; class ids run from 0 to {classes - 1}.",
        nameof(classes));

    private static double Total(LossTerm term, ReadOnlySpan<float> classWeights)
    {
        if (classWeights.IsEmpty && !term.HasSampleWeights)
            return term.Count;
        double total = 0;
        for (int sample = 0; sample < term.Count; sample++)
            total += WeightOf(term, classWeights, sample);
        return total;
    }

    private static double WeightOf(LossTerm term, ReadOnlySpan<float> classWeights, int sample)
    {
        double weight = term.HasSampleWeights ? Unsafe.Add(ref Unsafe.AsRef(in term.SampleWeights), sample) : 1;
        return classWeights.IsEmpty ? weight : weight * classWeights[ClassOf(term, sample, classWeights.Length)];
    }
}
