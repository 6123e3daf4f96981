namespace NetGen;

/// <summary>
/// Gradients from differences of values: slow, and good for checking gradients that were derived.
/// </summary>
public static class NumericGradient
{
    // The fifth root of the precision of double, where the error left over, h⁴, is as small as the rounding of f, 2⁻⁵² / h.
    private const double DefaultStep = 7.4e-4;

    /// <summary>Computes the gradient of a function at a point.</summary>
    /// <remarks>
    /// Central differences D(h) = (f(x + h) − f(x − h)) / 2h in each direction, extrapolated to h = 0 as (4 D(h/2) − D(h)) / 3
    /// (L. F. Richardson, 1911): four evaluations per element. For smooth functions of magnitude 1 the error is about 10⁻¹².
    /// Across a kink, as that of ReLU, it gives the mean of the slopes on both sides, weighted by distance.
    /// </remarks>
    /// <param name="function">The function. It is called with points near <paramref name="point"/>, and must not keep the span.</param>
    /// <param name="point">Where the gradient is wanted.</param>
    /// <param name="gradient">As many elements as the point has, overwritten.</param>
    /// <param name="step">The distance h, times the element's magnitude where that is above 1; positive.</param>
    /// <exception cref="ArgumentException">The gradient has another length than the point, or the step is not positive.</exception>
    public static void Compute(
        Func<ReadOnlySpan<double>, double> function, ReadOnlySpan<double> point, Span<double> gradient, double step = DefaultStep)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (gradient.Length != point.Length)
        {
            throw new ArgumentException(
                $"The gradient at a point of {point.Length} elements has {point.Length}, found room for {gradient.Length}.", nameof(gradient));
        }

        if (!(step > 0 && double.IsFinite(step)))
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step must be positive and finite.");

        double[] near = point.ToArray();
        for (int i = 0; i < near.Length; i++)
        {
            double at = point[i];
            double h = step * Math.Max(1, Math.Abs(at));
            double wide = Difference(function, near, i, at, h);
            double narrow = Difference(function, near, i, at, h / 2);
            near[i] = at;
            gradient[i] = (4 * narrow - wide) / 3;
        }
    }

    /// <summary>Computes the gradient of a function at a point, as a new array.</summary>
    /// <inheritdoc cref="Compute"/>
    public static double[] Of(Func<ReadOnlySpan<double>, double> function, ReadOnlySpan<double> point, double step = DefaultStep)
    {
        var gradient = new double[point.Length];
        Compute(function, point, gradient, step);
        return gradient;
    }

    /// <summary>How far a gradient is from the right one: the largest |found − expected| / max(1, |expected|).</summary>
    /// <param name="found">The gradient that was derived.</param>
    /// <param name="expected">The numeric one, as long.</param>
    /// <returns>0 for equal gradients; NaN if a NaN is among the numbers.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double LargestError(ReadOnlySpan<double> found, ReadOnlySpan<double> expected)
    {
        if (found.Length != expected.Length)
            throw new ArgumentException($"Gradients of {expected.Length} and {found.Length} elements cannot be compared.", nameof(found));

        double largest = 0;
        for (int i = 0; i < found.Length; i++)
            largest = Math.Max(largest, Math.Abs(found[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i])));
        return largest;
    }

    private static double Difference(Func<ReadOnlySpan<double>, double> function, double[] point, int index, double at, double h)
    {
        // The distance that is really there once both ends are rounded.
        double above = at + h;
        double below = at - h;
        point[index] = above;
        double value = function(point);
        point[index] = below;
        return (value - function(point)) / (above - below);
    }
}
