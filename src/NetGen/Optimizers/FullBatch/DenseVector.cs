namespace NetGen.Optimizers;

/// <summary>The few operations on vectors of double precision that full-batch methods need, summed in order.</summary>
internal static class DenseVector
{
    internal static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    internal static double Norm(ReadOnlySpan<double> vector) => Math.Sqrt(Dot(vector, vector));

    internal static double LargestMagnitude(ReadOnlySpan<double> vector)
    {
        double largest = 0;
        foreach (double value in vector)
        {
            // A NaN shall be seen.
            if (!(Math.Abs(value) <= largest))
                largest = Math.Abs(value);
        }

        return largest;
    }

    /// <summary>result = start + factor · direction.</summary>
    internal static void Add(ReadOnlySpan<double> start, double factor, ReadOnlySpan<double> direction, Span<double> result)
    {
        for (int i = 0; i < result.Length; i++)
            result[i] = start[i] + factor * direction[i];
    }

    internal static void Negate(ReadOnlySpan<double> source, Span<double> result)
    {
        for (int i = 0; i < result.Length; i++)
            result[i] = -source[i];
    }
}
