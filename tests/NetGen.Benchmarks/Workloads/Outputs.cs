namespace NetGen.Benchmarks.Workloads;

/// <summary>Compares what a contender computed with what it should have.</summary>
internal static class Outputs
{
    private const double Tolerance = 1e-4;

    /// <summary>Compares every output: none may be further off than 0.0001 times the larger of 1 and its size.</summary>
    /// <exception cref="WrongOutputException">One is.</exception>
    public static void Check(string what, ReadOnlySpan<float> found, ReadOnlySpan<double> expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(found[i] - expected[i]);
            if (!(error <= Tolerance * Math.Max(1, Math.Abs(expected[i]))))
                throw new WrongOutputException($"{what}: output {i} is {found[i]:G9}, expected {expected[i]:G9}.");
        }
    }

    /// <inheritdoc cref="Check(string, ReadOnlySpan{float}, ReadOnlySpan{double})"/>
    public static void Check(string what, ReadOnlySpan<float> found, ReadOnlySpan<float> expected) =>
        Check(what, found, Array.ConvertAll(expected.ToArray(), value => (double)value));
}
