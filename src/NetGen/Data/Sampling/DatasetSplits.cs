namespace NetGen.Data;

/// <summary>One round of a cross-validation.</summary>
/// <param name="Training">What to train on.</param>
/// <param name="Validation">What to measure on: a part that no other fold measures on.</param>
public sealed record Fold(Dataset Training, Dataset Validation)
{
    /// <summary>Its parts: <c>training on 120 samples, validation on 30</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"training on {Training.Count} samples, validation on {Validation.Count}");
}

/// <summary>Divides data sets into parts that share no sample.</summary>
public static class DatasetSplits
{
    /// <summary>Divides a data set in two, shuffled: into training and test samples, for example.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="fraction">The first part's share, 0 to 1.</param>
    /// <param name="seed">The seed of the shuffle.</param>
    /// <param name="stratify">Whether both parts keep the classes' shares.</param>
    /// <exception cref="ArgumentException">The fraction is not from 0 to 1.</exception>
    /// <exception cref="InvalidOperationException">Stratified, but the targets are not class ids.</exception>
    public static (Dataset First, Dataset Second) Split(
        this Dataset data, double fraction, int seed = 0, bool stratify = false)
    {
        var parts = data.Split([fraction, 1 - fraction], seed, stratify);
        return (parts[0], parts[1]);
    }

    /// <summary>Divides a data set, shuffled: into training, validation and test samples, for example.</summary>
    /// <remarks>
    /// Each part's size is its share of the samples, rounded to a whole number; stratified, that holds for each class to
    /// within two samples. Where classes are too small for every part, chance decides which part goes without.
    /// </remarks>
    /// <param name="data">The data set.</param>
    /// <param name="fractions">The parts' shares, which sum to 1.</param>
    /// <param name="seed">The seed of the shuffle.</param>
    /// <param name="stratify">Whether the parts keep the classes' shares.</param>
    /// <returns>As many parts as fractions; together they are the whole.</returns>
    /// <exception cref="ArgumentException">A fraction is negative, or they do not sum to 1.</exception>
    /// <exception cref="InvalidOperationException">Stratified, but the targets are not class ids.</exception>
    public static Dataset[] Split(
        this Dataset data, ReadOnlySpan<double> fractions, int seed = 0, bool stratify = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        double sum = 0;
        foreach (double fraction in fractions)
        {
            if (!(fraction >= 0))
                throw new ArgumentException($"Fractions are at least 0, found {fraction}.", nameof(fractions));
            sum += fraction;
        }

        if (!(Math.Abs(sum - 1) < 1e-6))
            throw new ArgumentException($"Fractions sum to 1, found {sum}.", nameof(fractions));

        var random = new RandomStream(seed);
        var parts = Deal(Order(data, ref random, stratify), fractions);
        return Views(data, parts, ref random);
    }

    /// <summary>Divides a data set for cross-validation, shuffled: each sample is measured on in exactly one fold.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="count">The number of folds, 2 to the number of samples.</param>
    /// <param name="seed">The seed of the shuffle.</param>
    /// <param name="stratify">Whether the folds keep the classes' shares.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of folds is out of range.</exception>
    /// <exception cref="InvalidOperationException">Stratified, but the targets are not class ids.</exception>
    public static IReadOnlyList<Fold> Folds(this Dataset data, int count, int seed = 0, bool stratify = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, data.Count);
        var random = new RandomStream(seed);
        int[] order = Order(data, ref random, stratify);

        // Dealt out like cards, the folds' sizes differ by one at most, and so do a class's samples in them.
        var parts = new int[count][];
        for (int fold = 0; fold < count; fold++)
            parts[fold] = [.. order.Where((_, position) => position % count == fold)];

        var folds = new Fold[count];
        for (int fold = 0; fold < count; fold++)
        {
            int[] training = [.. parts.Where((_, other) => other != fold).SelectMany(part => part)];
            var views = Views(data, [training, parts[fold]], ref random);
            folds[fold] = new Fold(views[0], views[1]);
        }

        return folds;
    }

    /// <summary>
    /// All samples in random order; stratified, class by class, the classes in random order too: those that come first must not always be
    /// the ones that are rounded up.
    /// </summary>
    private static int[] Order(Dataset data, ref RandomStream random, bool stratify)
    {
        int[] order = data.AllIndices();
        random.Shuffle<int>(order);
        if (!stratify)
            return order;

        int[] classes = data.GetClasses();
        int[] rank = [.. Enumerable.Range(0, data.ClassCount)];
        random.Shuffle<int>(rank);
        return [.. order.OrderBy(index => rank[classes[index]])];
    }

    /// <summary>
    /// Gives each sample in turn to the part that lacks most of its share. Along any stretch of the order the parts so keep
    /// their shares, which is what stratifying needs, class after class and whatever the sizes of the classes.
    /// </summary>
    private static int[][] Deal(int[] order, ReadOnlySpan<double> fractions)
    {
        var parts = new List<int>[fractions.Length];
        for (int part = 0; part < parts.Length; part++)
            parts[part] = [];

        for (int position = 0; position < order.Length; position++)
        {
            int neediest = 0;
            double largest = double.NegativeInfinity;
            for (int part = 0; part < parts.Length; part++)
            {
                double lack = fractions[part] * (position + 1) - parts[part].Count;
                if (fractions[part] > 0 && lack > largest)
                    (neediest, largest) = (part, lack);
            }

            parts[neediest].Add(order[position]);
        }

        return Array.ConvertAll(parts, part => part.ToArray());
    }

    private static Dataset[] Views(Dataset data, int[][] parts, ref RandomStream random)
    {
        var views = new Dataset[parts.Length];
        for (int part = 0; part < parts.Length; part++)
        {
            random.Shuffle<int>(parts[part]);
            views[part] = data.Subset(parts[part]);
        }

        return views;
    }
}
