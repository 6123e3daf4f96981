namespace NetGen.Data;

/// <summary>Rows of numbers to fit a scale on.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Length">The numbers of a row.</param>
/// <param name="What">What a number of a row is called in messages.</param>
/// <param name="Read">Reads a row.</param>
/// <param name="Parameter">The name of the argument that they come from.</param>
internal sealed record ScaledRows(int Count, int Length, string What, Action<int, float[]> Read, string Parameter)
{
    /// <summary>The inputs of samples.</summary>
    internal static ScaledRows Inputs(Dataset data, string parameter) =>
        new(data.Count, data.InputLength, "input", (index, row) => data.ReadCore([index], row, [], []), parameter);

    /// <summary>The target values of samples.</summary>
    internal static ScaledRows Targets(Dataset data, string parameter) =>
        new(data.Count, data.TargetLength, "target", (index, row) => data.ReadCore([index], [], row, []), parameter);


    /// <summary>Refuses rows that hold what is no finite number.</summary>
    internal void RequireFinite() => ForEach(_ => { });

    /// <summary>Looks at every row.</summary>
    /// <exception cref="ArgumentException">There are none, or one holds what is no finite number.</exception>
    internal void ForEach(Action<float[]> action)
    {
        if (Count == 0)
            throw new ArgumentException("A scaler is fitted on at least one sample.", Parameter);
        var row = new float[Length];
        for (int index = 0; index < Count; index++)
        {
            Read(index, row);
            int bad = Array.FindIndex(row, value => !float.IsFinite(value));
            if (bad >= 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Sample {index} has {row[bad]} as {What} {bad}: finite numbers are needed; leave such samples out or fill them in."),
                    Parameter);
            }

            action(row);
        }
    }
}

/// <summary>Finds scales: of each number of a row by itself, or of groups of neighbours together.</summary>
internal static class ScalingFit
{
    /// <summary>Finds the scale that gives each group the mean 0 and the variance 1; one that never changes becomes 0.</summary>
    internal static Scaling Standardize(ScaledRows rows, int groups)
    {
        var mean = new double[groups];
        var squares = new double[groups];
        long seen = 0;
        int run = rows.Length / groups;
        // Welford's update (1962): sums of squares would cancel for features far from zero.
        rows.ForEach(row =>
        {
            for (int i = 0; i < row.Length; i++)
            {
                int group = i / run;
                long count = seen * run + i % run + 1;
                double difference = row[i] - mean[group];
                mean[group] += difference / count;
                squares[group] += difference * (row[i] - mean[group]);
            }

            seen++;
        });

        var scale = new float[groups];
        for (int group = 0; group < groups; group++)
        {
            double deviation = Math.Sqrt(squares[group] / (seen * run));
            // Rounding noise is not a variance: below it a feature counts as constant.
            scale[group] = deviation > 1e-7 * Math.Abs(mean[group]) ? (float)(1 / deviation) : 0;
        }

        return new Scaling(Array.ConvertAll(mean, value => (float)value), Finite(scale), rows.Length);
    }

    /// <summary>Finds the scale that brings each group's smallest number to 0 and its largest to 1; one that never changes becomes 0.</summary>
    internal static Scaling MinMax(ScaledRows rows, int groups)
    {
        var smallest = new float[groups];
        var largest = new float[groups];
        Array.Fill(smallest, float.PositiveInfinity);
        Array.Fill(largest, float.NegativeInfinity);
        int run = rows.Length / groups;
        rows.ForEach(row =>
        {
            for (int i = 0; i < row.Length; i++)
            {
                smallest[i / run] = Math.Min(smallest[i / run], row[i]);
                largest[i / run] = Math.Max(largest[i / run], row[i]);
            }
        });

        var scale = new float[groups];
        for (int group = 0; group < groups; group++)
            scale[group] = largest[group] > smallest[group] ? (float)(1 / ((double)largest[group] - smallest[group])) : 0;

        return new Scaling(smallest, Finite(scale), rows.Length);
    }

    // The scale of a feature with a subnormal spread would be infinite, and give NaN for the value in its middle.
    private static float[] Finite(float[] scale) => Array.ConvertAll(scale, value => Math.Min(value, float.MaxValue));
}
