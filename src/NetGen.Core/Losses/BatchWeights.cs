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

    private readonly double _scale = term.Factor / Total(term, classWeights);

    /// <summary>
    /// What a mean is divided by: the sum of the weights of all steps that count, each times its class's. In double precision and in the samples'
    /// order, so that whoever asks gets the same number.
    /// </summary>
    /// <param name="term">The batch.</param>
    /// <param name="classWeights">A weight per class, or nothing.</param>
    internal static double Total(LossTerm term, ReadOnlySpan<float> classWeights)
    {
        if (classWeights.IsEmpty && !term.MayIgnore)
            return term.WeightSum;
        double total = 0;
        for (int sample = 0; sample < term.Count; sample++)
        {
            int length = term.LengthOf(sample);
            for (int step = 0; step < length; step++)
            {
                var row = new LossRow(sample, step);
                if (term.HasTarget(row))
                    total += term.WeightOf(row) * (classWeights.IsEmpty ? 1 : classWeights[ClassOf(term, row, classWeights.Length)]);
            }
        }

        return total;
    }

    /// <summary>The weight of a step that counts divided by the sum of all, times the term's share of the loss; 0 if all weights are 0.</summary>
    internal float Of(LossRow row)
    {
        double weight = _term.WeightOf(row);
        if (!_classWeights.IsEmpty)
            weight *= _classWeights[ClassOf(_term, row, _classWeights.Length)];
        return weight == 0 ? 0 : (float)(weight * _scale);
    }

    /// <summary>The same without the weight of its class.</summary>
    internal float OfSampleAlone(LossRow row)
    {
        double weight = _term.WeightOf(row);
        return weight == 0 ? 0 : (float)(weight * _scale);
    }

    /// <summary>The class id of a step, checked.</summary>
    /// <param name="term">The batch.</param>
    /// <param name="row">The step of a sample.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="ArgumentException">The id is no class.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ClassOf(LossTerm term, LossRow row, int classes)
    {
        int id = term.ClassOf(row);
        if ((uint)id >= (uint)classes)
            ThrowNoClass(id, row, term.Steps, classes);
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
    /// <param name="row">Where it was found.</param>
    /// <param name="steps">The steps of a sample that have an id each.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="output">The output that is told it, where there are several.</param>
    internal static void ThrowNoClass(int id, LossRow row, int steps, int classes, string? output = null) => throw new ArgumentException(
        $"classes holds {id} at sample {row.Sample}{(steps == 1 ? "" : $", step {row.Step}")}{(output is null ? "" : $" for '{output}'")}; "
        + $"class ids run from 0 to {classes - 1}.",
        nameof(classes));
}
