using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// How much each sample counts in the batch's mean. A sample weighs its own weight times its class's; the mean divides by
/// the sum of the weights, as PyTorch does for class weights, so that without weights each of n samples counts 1/n.
/// </summary>
/// <param name="frame">The batch.</param>
/// <param name="classWeights">A weight per class, or nothing.</param>
internal readonly ref struct BatchWeights(TrainingFrame frame, ReadOnlySpan<float> classWeights)
{
    private readonly TrainingFrame _frame = frame;
    private readonly ReadOnlySpan<float> _classWeights = classWeights;

    // In double precision and in the samples' order: every worker computes the same number.
    private readonly double _scale = 1 / Total(frame, classWeights);

    /// <summary>The sample's weight divided by the sum of all; 0 if all weights are 0.</summary>
    internal float Of(int sample)
    {
        double weight = WeightOf(_frame, _classWeights, sample);
        return weight == 0 ? 0 : (float)(weight * _scale);
    }

    /// <summary>The same without the weight of the sample's class.</summary>
    internal float OfSampleAlone(int sample)
    {
        double weight = WeightOf(_frame, default, sample);
        return weight == 0 ? 0 : (float)(weight * _scale);
    }

    /// <summary>The class id of a sample, checked.</summary>
    /// <param name="frame">The batch.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="ArgumentException">The id is no class.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ClassOf(TrainingFrame frame, int sample, int classes)
    {
        int id = Unsafe.Add(ref Unsafe.AsRef(in frame.Classes), sample);
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

    internal static void ThrowNoClass(int id, int sample, int classes) => throw new ArgumentException(
        $"classes holds {id} at sample {sample}; class ids run from 0 to {classes - 1}.", nameof(classes));

    private static double Total(TrainingFrame frame, ReadOnlySpan<float> classWeights)
    {
        if (classWeights.IsEmpty && !frame.HasSampleWeights)
            return frame.Count;
        double total = 0;
        for (int sample = 0; sample < frame.Count; sample++)
            total += WeightOf(frame, classWeights, sample);
        return total;
    }

    private static double WeightOf(TrainingFrame frame, ReadOnlySpan<float> classWeights, int sample)
    {
        double weight = frame.HasSampleWeights ? Unsafe.Add(ref Unsafe.AsRef(in frame.SampleWeights), sample) : 1;
        return classWeights.IsEmpty ? weight : weight * classWeights[ClassOf(frame, sample, classWeights.Length)];
    }
}
