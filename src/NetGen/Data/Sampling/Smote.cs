namespace NetGen.Data;

/// <summary>
/// Synthetic samples for small classes: each lies at a random point between a sample and one of its nearest neighbours of
/// the same class.
/// </summary>
/// <remarks>
/// N. Chawla, K. Bowyer, L. Hall and W. Kegelmeyer, "SMOTE: Synthetic Minority Over-sampling Technique", 2002. Distances are
/// Euclidean, so scale the features first. It is meant for tables; what lies between two images is rarely one.
/// </remarks>
public static class Smote
{
    /// <summary>Adds synthetic samples until all classes are as large as the largest.</summary>
    /// <param name="data">The training samples, with class ids.</param>
    /// <param name="seed">The seed of the choices.</param>
    /// <param name="neighbours">From how many nearest neighbours the other end is chosen, at least 1.</param>
    /// <returns>
    /// All samples in their order, then the synthetic ones, class by class. Where samples have weights, a synthetic one's lies
    /// between those of its two ends as its features do.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A class has a single sample, which has no neighbour, a sample holds NaN or an infinity, or <paramref name="neighbours"/> is below 1.
    /// </exception>
    /// <exception cref="InvalidOperationException">The targets are not class ids.</exception>
    public static MemoryDataset Apply(Dataset data, int seed = 0, int neighbours = 5)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        int[][] members = Imbalance.Members(data);
        int largest = members.Max(member => member.Length);
        int alone = Array.FindIndex(members, member => member.Length == 1 && largest > 1);
        if (alone >= 0)
            throw new ArgumentException($"Class {alone} has a single sample: there is nothing between it and itself.", nameof(data));

        // To what is no number nothing is near.
        ScaledRows.Inputs(data, nameof(data)).RequireFinite();
        int length = data.InputLength;
        var source = data.ToMemory();
        int added = members.Where(member => member.Length > 0).Sum(member => largest - member.Length);
        var inputs = new float[checked((data.Count + added) * length)];
        var classes = new int[data.Count + added];
        var weights = new float[data.HasSampleWeights ? classes.Length : 0];
        if (weights.Length > 0)
            source.ReadSampleWeightsCore(source.AllIndices(), weights.AsSpan(0, data.Count));
        if (source.TryGetRange(0, data.Count, out var all))
        {
            all.Inputs.CopyTo(inputs);
            all.Classes.CopyTo(classes);
        }

        var random = new RandomStream(seed);
        int next = data.Count;
        for (int id = 0; id < members.Length; id++)
        {
            int[] member = members[id];
            if (member.Length == 0 || member.Length == largest)
                continue;

            int[][] nearest = Nearest(source, member, Math.Min(neighbours, member.Length - 1));
            for (int i = 0; i < largest - member.Length; i++, next++)
            {
                // Every sample is a starting point equally often.
                int start = i % member.Length;
                int end = nearest[start][random.NextInt(nearest[start].Length)];
                float share = random.NextSingle();
                Interpolate(source.Input(member[start]), source.Input(end), share, inputs.AsSpan(next * length, length));
                if (weights.Length > 0)
                    weights[next] = weights[member[start]] + share * (weights[end] - weights[member[start]]);
                classes[next] = id;
            }
        }

        return new MemoryDataset(data, inputs, [], classes, weights);
    }

    private static void Interpolate(ReadOnlySpan<float> start, ReadOnlySpan<float> end, float share, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
            result[i] = start[i] + share * (end[i] - start[i]);
    }

    /// <summary>For each sample of a class the samples of the class that are nearest to it, itself left out.</summary>
    private static int[][] Nearest(MemoryDataset data, int[] member, int count)
    {
        var nearest = new int[member.Length][];
        for (int i = 0; i < member.Length; i++)
        {
            var centre = data.Input(member[i]);
            var distances = new float[member.Length];
            for (int j = 0; j < member.Length; j++)
                distances[j] = j == i ? float.PositiveInfinity : SquaredDistance(centre, data.Input(member[j]));

            // Equal distances keep the order of the samples, so that the result does not depend on the sorting.
            nearest[i] = [.. Enumerable.Range(0, member.Length).OrderBy(j => distances[j]).Take(count).Select(j => member[j])];
        }

        return nearest;
    }

    private static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);

        return sum;
    }
}
