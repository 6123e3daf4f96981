namespace NetGen.Data;

public static partial class DatasetViews
{
    /// <summary>
    /// A view whose samples have a further input, the number of steps of the sequence before it: for networks whose input has a
    /// <see cref="InputAttribute.VariableLength"/>.
    /// </summary>
    /// <param name="data">The sequences, each with room for all steps; those behind its end do not matter.</param>
    /// <param name="lengths">How many steps each sample has, at least 1.</param>
    /// <exception cref="ArgumentException">There are more or fewer lengths than samples, or one is below 1.</exception>
    public static Dataset AddLengths(this Dataset data, int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(lengths);
        if (lengths.Length != data.Count)
            throw new ArgumentException($"{data.Count} samples need as many lengths, found {lengths.Length}.", nameof(lengths));
        int wrong = Array.FindIndex(lengths, length => length < 1);
        if (wrong >= 0)
            throw new ArgumentException($"A sequence has at least 1 step, but lengths[{wrong}] is {lengths[wrong]}.", nameof(lengths));
        return data.Join(new MemoryDataset(Array.ConvertAll(lengths, length => (float)length), [1]));
    }

    /// <summary>A view whose samples have a class id at each step as a further target, for networks whose output is a sequence.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="classes">The ids, those of one sample's steps after the other's; kept, not copied.</param>
    /// <param name="steps">The ids of a sample, at least 1.</param>
    /// <param name="classCount">The number of classes, or 0 for one more than the largest id.</param>
    /// <param name="ignoreIndex">
    /// An id that stands for no target, the <c>IgnoreIndex</c> of the network's loss; null if every step has one. Behind a sequence's end any id
    /// will do.
    /// </param>
    /// <exception cref="ArgumentException">There are more or fewer ids than steps of all samples, or an id is out of range.</exception>
    public static Dataset AddStepTargets(this Dataset data, int[] classes, int steps, int classCount = 0, int? ignoreIndex = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        int count = MemoryDataset.CountClasses(classes, classCount, ignoreIndex, steps);
        if (classes.Length != (long)data.Count * steps)
            throw new ArgumentException(
                $"{data.Count} samples of {steps} steps need {(long)data.Count * steps} class ids, found {classes.Length}.", nameof(classes));
        return data.Join(
            new TargetsDataset(data.Count, new TargetPart(TargetKind.Classes, 0, count, steps) { IgnoreIndex = ignoreIndex }, [], classes));
    }
}
