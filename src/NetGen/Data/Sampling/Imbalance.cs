namespace NetGen.Data;

/// <summary>What to do where some classes have far more samples than others.</summary>
public static class Imbalance
{
    /// <summary>The number of samples of each class.</summary>
    /// <param name="data">Samples with class ids.</param>
    /// <exception cref="InvalidOperationException">The targets are not class ids.</exception>
    public static int[] CountClasses(this Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var counts = new int[data.ClassCount];
        foreach (int id in data.GetClasses())
            counts[id]++;

        return counts;
    }

    /// <summary>Weights for the loss under which all classes count alike: n / (k · nₖ) for nₖ of n samples and k classes.</summary>
    /// <remarks>
    /// G. King and L. Zeng, "Logistic Regression in Rare Events Data", 2001. The mean over all samples is 1. A class without
    /// a sample gets 0 and is not counted in k.
    /// </remarks>
    /// <param name="data">The training samples, with class ids.</param>
    /// <exception cref="InvalidOperationException">The targets are not class ids.</exception>
    public static float[] BalancedClassWeights(this Dataset data)
    {
        int[] counts = data.CountClasses();
        int present = counts.Count(count => count > 0);
        return Array.ConvertAll(counts, count => count == 0 ? 0 : (float)((double)data.Count / ((double)present * count)));
    }

    /// <summary>A view in which samples of small classes repeat until all classes are as large as the largest.</summary>
    /// <remarks>Every sample appears; repetitions are spread evenly, a class's samples differ by one repetition at most.</remarks>
    /// <param name="data">The training samples, with class ids; split before sampling, or copies reach the test samples.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <exception cref="InvalidOperationException">The targets are not class ids.</exception>
    public static Dataset OverSample(this Dataset data, int seed = 0) => Resample(data, seed, Enumerable.Max);

    /// <summary>A view in which samples of large classes are left out until all classes are as small as the smallest.</summary>
    /// <param name="data">The training samples, with class ids.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <exception cref="InvalidOperationException">The targets are not class ids.</exception>
    public static Dataset UnderSample(this Dataset data, int seed = 0) => Resample(data, seed, Enumerable.Min);

    /// <summary>The samples of each class, in the order of the data set; classes without any are empty.</summary>
    internal static int[][] Members(Dataset data)
    {
        int[] classes = data.GetClasses();
        var members = new int[data.ClassCount][];
        for (int id = 0; id < members.Length; id++)
            members[id] = [.. data.AllIndices().Where(index => classes[index] == id)];

        return members;
    }

    private static Dataset Resample(Dataset data, int seed, Func<IEnumerable<int>, int> choose)
    {
        ArgumentNullException.ThrowIfNull(data);
        int[][] members = [.. Members(data).Where(member => member.Length > 0)];
        if (members.Length == 0)
            return data;

        var random = new RandomStream(seed);
        int size = choose(members.Select(member => member.Length));
        var indices = new List<int>(size * members.Length);
        foreach (int[] member in members)
        {
            // Whole rounds first, then part of a shuffled one.
            for (int round = 0; round < size / member.Length; round++)
                indices.AddRange(member);
            random.Shuffle<int>(member);
            indices.AddRange(member.AsSpan(0, size % member.Length));
        }

        int[] order = [.. indices];
        random.Shuffle<int>(order);
        return data.Subset(order);
    }
}
